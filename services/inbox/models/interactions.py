"""What was written: comments, replies, mentions, quotes, DMs, reviews, comments under ads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, SmallInteger, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace


class Interaction(InWorkspace, Base):
    """One piece of writing, as it stands on the network now.

    `item_version` orders its states, so that an old one never overwrites a new one. `origin` is
    `customer`, `parley` (sent from here, `action_id` says by which action) or `native` (written by
    our account in the network's own app). `words` and `grams` are what search looks into: words as
    the language writes them, and pairs of characters for scripts without spaces.
    """

    __tablename__ = "interactions"
    __table_args__ = (
        UniqueConstraint("workspace_id", "profile_id", "external_id"),
        Index("ix_interactions_by_conversation", "workspace_id", "conversation_id", "written_at"),
        Index("ix_interactions_newest", "workspace_id", "written_at", "id"),
        Index("ix_interactions_by_contact", "workspace_id", "contact_id", "written_at"),
        Index("ix_interactions_words", "words", postgresql_using="gin"),
        Index("ix_interactions_grams", "grams", postgresql_using="gin"),
    )

    profile_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    contact_id: Mapped[UUID]
    external_id: Mapped[str] = mapped_column(Text)
    parent_external_id: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    direction: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(Text)
    visibility: Mapped[str] = mapped_column(Text)
    author: Mapped[dict[str, Any]] = mapped_column(JSONB)
    text: Mapped[str] = mapped_column(Text)
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    language: Mapped[str | None] = mapped_column(Text)
    rating: Mapped[int | None] = mapped_column(SmallInteger)
    ad_id: Mapped[str | None] = mapped_column(Text)
    permalink: Mapped[str | None] = mapped_column(Text)
    handle: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    item_version: Mapped[int] = mapped_column(BigInteger)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    received_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    liked_at: Mapped[datetime | None]
    action_id: Mapped[UUID | None]
    words: Mapped[str | None] = mapped_column(TSVECTOR)
    grams: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)


class InteractionVersion(Base):
    """What an interaction said before it was edited."""

    __tablename__ = "interaction_versions"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    interaction_id: Mapped[UUID] = mapped_column(primary_key=True)
    item_version: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    media: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    seen_at: Mapped[datetime]


class RemovedItem(Base):
    """A tombstone: what was removed must not be brought back by something that arrives late."""

    __tablename__ = "removed_items"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    removed_at: Mapped[datetime]
