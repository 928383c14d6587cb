"""What the team works on: conversations, their notes, tags and history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Conversation(InWorkspace, Versioned, Base):
    """What one contact and one of our profiles have to do with each other in one place.

    `thread_key` names that place (a DM thread, a review, a person below a post). `waiting_since` is
    the oldest inbound that nobody has answered; `last_at` orders the lists. What was received up to
    `settled_until` needs no answer, because somebody marked it as handled.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("workspace_id", "profile_id", "thread_key"),
        CheckConstraint("state IN ('open', 'snoozed', 'handled')", name="state"),
        Index("ix_conversations_newest", "workspace_id", "last_at", "id"),
        Index("ix_conversations_by_state", "workspace_id", "state", "last_at", "id"),
        Index(
            "ix_conversations_by_assignee", "workspace_id", "assignee_id", "state", "last_at", "id"
        ),
        Index("ix_conversations_by_team", "workspace_id", "team_id", "state", "last_at", "id"),
        Index("ix_conversations_by_profile", "workspace_id", "profile_id", "last_at", "id"),
        Index("ix_conversations_by_contact", "workspace_id", "contact_id", "last_at"),
        Index("ix_conversations_by_thread", "workspace_id", "profile_id", "thread_id"),
        Index(
            "ix_conversations_waiting",
            "workspace_id",
            "waiting_since",
            "id",
            postgresql_where=text("waiting_since IS NOT NULL"),
        ),
        Index("ix_conversations_tags", "tag_ids", postgresql_using="gin"),
    )

    profile_id: Mapped[UUID]
    network: Mapped[str] = mapped_column(Text)
    thread_id: Mapped[str] = mapped_column(Text)
    thread_key: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    contact_id: Mapped[UUID]
    excerpt: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="open")
    snoozed_until: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    priority: Mapped[int] = mapped_column(default=0)
    tag_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    opened_at: Mapped[datetime]
    last_at: Mapped[datetime]
    last_inbound_at: Mapped[datetime | None]
    last_outbound_at: Mapped[datetime | None]
    waiting_since: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[UUID | None]
    settled_until: Mapped[datetime | None]


class Note(InWorkspace, Versioned, Base):
    """Something for colleagues only."""

    __tablename__ = "notes"
    __table_args__ = (
        Index("ix_notes_by_conversation", "workspace_id", "conversation_id", "created_at"),
    )

    conversation_id: Mapped[UUID]
    author_id: Mapped[UUID]
    body: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]


class Tag(InWorkspace, Base):
    """A word for conversations or for contacts; `scope` says for which."""

    __tablename__ = "tags"
    __table_args__ = (
        Index("uq_tags_name", "workspace_id", "scope", text("lower(name)"), unique=True),
        CheckConstraint("scope IN ('conversation', 'contact')", name="scope"),
    )

    scope: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    color: Mapped[str] = mapped_column(Text)


class Activity(InWorkspace, Base):
    """One line of a conversation's history: who changed what, from what to what.

    `version` is the one that the change gave the conversation.
    """

    __tablename__ = "activities"
    __table_args__ = (
        Index("ix_activities_by_conversation", "workspace_id", "conversation_id", "id"),
    )

    conversation_id: Mapped[UUID]
    version: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
