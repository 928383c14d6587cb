"""What the tables of every service have in common."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def service_metadata() -> MetaData:
    """Metadata of one service; its tables carry no schema, the role's search path decides."""
    return MetaData(naming_convention=NAMING)


class Row(DeclarativeBase):
    """Base of all tables; a service derives its own `Base` with its own metadata."""

    __abstract__ = True

    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
    }


class InWorkspace:
    """A row that belongs to a workspace; the id leads the key, so tables can be distributed by it.

    The migration that makes the table calls `isolate_by_workspace`.
    """

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-1)


class Versioned:
    """A row that two people may change: every write names the version that it has seen."""

    version: Mapped[int] = mapped_column(default=1)
