"""Partner webhooks: endpoints and their secrets, what is to be told, and how telling went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace, Versioned


class WebhookEndpoint(InWorkspace, Versioned, Base):
    """Where a partner listens. `modules` are those of its types: whoever sees them, sees it.

    What it was told before `log_from` may be about more than that, and stays out of sight.
    """

    __tablename__ = "webhook_endpoints"

    url: Mapped[str] = mapped_column(Text)
    description: Mapped[str] = mapped_column(Text)
    event_types: Mapped[list[str]] = mapped_column(ARRAY(Text))
    modules: Mapped[list[str]] = mapped_column(ARRAY(Text))
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text, default=None)
    state_changed_at: Mapped[datetime]
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None] = mapped_column(default=None)
    failed_at: Mapped[datetime | None] = mapped_column(default=None)
    failed_rounds: Mapped[int] = mapped_column(default=0)
    rest_until: Mapped[datetime | None] = mapped_column(default=None)
    log_from: Mapped[datetime | None] = mapped_column(default=None)


class WebhookSecret(InWorkspace, Base):
    """What an endpoint's messages are signed with (encrypted); after a change also the old one."""

    __tablename__ = "webhook_secrets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "endpoint_id"],
            ["webhook_endpoints.workspace_id", "webhook_endpoints.id"],
            ondelete="CASCADE",
        ),
        Index(None, "workspace_id", "endpoint_id"),
    )

    endpoint_id: Mapped[UUID]
    ciphertext: Mapped[bytes]
    key_id: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(default=None)


class WebhookMessage(InWorkspace, Base):
    """One public event, in the bytes that every attempt sends; its id is that of the event."""

    __tablename__ = "webhook_messages"
    __table_args__ = (Index(None, "created_at"),)

    type: Mapped[str] = mapped_column(Text)
    body: Mapped[bytes]
    created_at: Mapped[datetime]


class WebhookDelivery(InWorkspace, Base):
    """A message on its way to one endpoint; `tries` counts since it was last begun anew.

    Nothing ties it to the endpoint: removing one must not wait for a month of deliveries to go,
    which the sweep removes with their messages.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "message_id"],
            ["webhook_messages.workspace_id", "webhook_messages.id"],
            ondelete="CASCADE",
        ),
        UniqueConstraint("workspace_id", "endpoint_id", "message_id"),
        Index(None, "workspace_id", "message_id"),
        Index(
            "ix_webhook_deliveries_waiting",
            "workspace_id",
            "endpoint_id",
            "next_at",
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_webhook_deliveries_log", "workspace_id", "endpoint_id", "id"),
        Index("ix_webhook_deliveries_by_state", "workspace_id", "endpoint_id", "state", "id"),
    )

    endpoint_id: Mapped[UUID]
    message_id: Mapped[UUID]
    type: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
    last_status: Mapped[int | None] = mapped_column(default=None)
    last_code: Mapped[str | None] = mapped_column(Text, default=None)


class WebhookAttempt(InWorkspace, Base):
    """One call of an endpoint, with the beginning of what it answered."""

    __tablename__ = "webhook_attempts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "delivery_id"],
            ["webhook_deliveries.workspace_id", "webhook_deliveries.id"],
            ondelete="CASCADE",
        ),
        Index(None, "workspace_id", "delivery_id"),
    )

    delivery_id: Mapped[UUID]
    at: Mapped[datetime]
    millis: Mapped[int]
    status: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(Text)
    excerpt: Mapped[str] = mapped_column(Text)
