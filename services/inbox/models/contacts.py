"""The people who write to a brand, across networks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Contact(InWorkspace, Versioned, Base):
    """One person; may have an identity on several networks."""

    __tablename__ = "contacts"

    name: Mapped[str] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    tag_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    attributes: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]


class ContactIdentity(Base):
    """An account of a contact on a network; the network's id makes it unique."""

    __tablename__ = "contact_identities"
    __table_args__ = (Index("ix_contact_identities_contact", "workspace_id", "contact_id"),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(Text, primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    contact_id: Mapped[UUID]
    handle: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    profile_url: Mapped[str | None] = mapped_column(Text)
    blocked_at: Mapped[datetime | None]
