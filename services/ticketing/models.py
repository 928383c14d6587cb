"""The tables of ticketing."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.model import InWorkspace, Row, service_metadata


class Base(Row):
    __abstract__ = True
    metadata = service_metadata()


class Member(InWorkspace, Base):
    """Ticketing's copy of a person who can be given a ticket."""

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
