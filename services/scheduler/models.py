"""The tables of scheduler."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.model import InWorkspace, Row, service_metadata


class Base(Row):
    __abstract__ = True
    metadata = service_metadata()


class Profile(InWorkspace, Base):
    """Scheduler's copy of a connected profile: the few fields that a calendar shows."""

    __tablename__ = "profiles"

    network: Mapped[str] = mapped_column(Text)
    handle: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
