"""The outbound ledger: everything that Parley does on a network on somebody's behalf."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, SmallInteger, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Action(InWorkspace, Versioned, Base):
    """One reply, like, hide, delete or block; its id is the key that keeps it single.

    `automated`: no person but a rule or a program wanted it. `result_id` is the interaction that a
    reply became. `first_sent_at` is set before the network is called for the first time: from then
    on a silence is `unknown` and is settled by reading back, never by sending again.
    """

    __tablename__ = "actions"
    __table_args__ = (
        CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'failed', 'unknown', 'cancelled')",
            name="state",
        ),
        Index("ix_actions_by_conversation", "workspace_id", "conversation_id", "requested_at"),
        Index("ix_actions_by_state", "workspace_id", "state", "requested_at"),
        Index("ix_actions_by_external_id", "workspace_id", "profile_id", "external_id"),
    )

    profile_id: Mapped[UUID]
    conversation_id: Mapped[UUID]
    interaction_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(Text, default="pending")
    priority: Mapped[int] = mapped_column(SmallInteger, default=0)
    requested_by: Mapped[UUID | None]
    automated: Mapped[bool] = mapped_column(default=False, server_default=false())
    requested_at: Mapped[datetime]
    first_sent_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    deadline: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    external_id: Mapped[str | None] = mapped_column(Text)
    permalink: Mapped[str | None] = mapped_column(Text)
    result_id: Mapped[UUID | None]
    error_code: Mapped[str | None] = mapped_column(Text)
    error_detail: Mapped[str | None] = mapped_column(Text)


class RateBudget(Base):
    """What a network last said about how much a profile may still do."""

    __tablename__ = "rate_budgets"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    bucket: Mapped[str] = mapped_column(Text, primary_key=True)
    limit: Mapped[int]
    remaining: Mapped[int]
    reset_at: Mapped[datetime]
