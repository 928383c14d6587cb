"""What the team works on: tickets, their notes and their history."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.ticketing.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Ticket(InWorkspace, Versioned, Base):
    """A delegated conversation.

    `terms` is the promise as it stood at the opening; `clock_at` is the last fact that the clocks
    took in, `due_at` what is due next.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        CheckConstraint(
            "state IN ('open', 'pending', 'on_hold', 'resolved', 'closed')", name="state"
        ),
        CheckConstraint("priority IN ('low', 'normal', 'high', 'urgent')", name="priority"),
        Index(
            "uq_tickets_conversation",
            "workspace_id",
            "conversation_id",
            unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_tickets_newest", "workspace_id", "opened_at", "id"),
        Index("ix_tickets_by_state", "workspace_id", "state", "opened_at", "id"),
        Index("ix_tickets_by_assignee", "workspace_id", "assignee_id", "state", "opened_at", "id"),
        Index("ix_tickets_by_team", "workspace_id", "team_id", "state", "opened_at", "id"),
        Index("ix_tickets_by_conversation", "workspace_id", "conversation_id", "opened_at"),
        Index(
            "ix_tickets_due",
            "workspace_id",
            "due_at",
            "id",
            postgresql_where=text("due_at IS NOT NULL"),
        ),
    )

    conversation_id: Mapped[UUID]
    profile_id: Mapped[UUID]
    subject: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, default="open")
    priority: Mapped[str] = mapped_column(Text)
    assignee_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    tags: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    watcher_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    opened_at: Mapped[datetime]
    opened_by: Mapped[UUID]
    updated_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    clock_at: Mapped[datetime]
    policy_id: Mapped[UUID | None]
    terms: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Note(InWorkspace, Base):
    """Something for colleagues only."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_by_ticket", "workspace_id", "ticket_id", "id"),)

    ticket_id: Mapped[UUID]
    author_id: Mapped[UUID]
    body: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    created_at: Mapped[datetime]


class Activity(InWorkspace, Base):
    """One line of a ticket's history: who changed what, from what to what.

    `version` is the one that the change gave the ticket. The clocks are the fold of these lines.
    """

    __tablename__ = "activities"
    __table_args__ = (Index("ix_activities_by_ticket", "workspace_id", "ticket_id", "version"),)

    ticket_id: Mapped[UUID]
    version: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(Text)
    before: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
