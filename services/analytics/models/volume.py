"""What the version before this one counted; only that one still writes it."""

from datetime import date
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from services.analytics.models.base import Base


class DailyVolume(Base):
    """How many interactions of a kind a profile had on a day (UTC)."""

    __tablename__ = "daily_volume"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    direction: Mapped[str] = mapped_column(Text, primary_key=True)
    count: Mapped[int]
