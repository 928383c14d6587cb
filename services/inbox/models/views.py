"""What people save of the list of conversations."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace, Versioned


class SavedView(InWorkspace, Versioned, Base):
    """Filters under a name; `filters` is a `ConversationFilters`, a shared one is everybody's."""

    __tablename__ = "saved_views"
    __table_args__ = (Index("ix_saved_views_by_owner", "workspace_id", "owner_id"),)

    owner_id: Mapped[UUID]
    shared: Mapped[bool]
    name: Mapped[str] = mapped_column(Text)
    filters: Mapped[dict[str, Any]] = mapped_column(JSONB)
