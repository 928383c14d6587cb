"""What people and teams are called, for tables that leave the product."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from services.analytics.models.base import Base
from shared.db.model import InWorkspace


class Name(InWorkspace, Base):
    """The name of a person or a team; it stays when they leave, because old numbers name them."""

    __tablename__ = "names"

    name: Mapped[str] = mapped_column(Text)
