"""The inbound ledger: what a network handed over, raw, before anybody looked at it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace


class Delivery(InWorkspace, Base):
    """Stored once per profile and external id, then handled once.

    `source` is how it came first: webhook, stream, poll, thread or back_fill.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("workspace_id", "profile_id", "external_id"),
        CheckConstraint("state IN ('stored', 'handled', 'failed', 'discarded')", name="state"),
        Index(
            "ix_deliveries_waiting",
            "workspace_id",
            "profile_id",
            "id",
            postgresql_where=text("state = 'stored'"),
        ),
        Index("ix_deliveries_received", "received_at", postgresql_using="brin"),
        Index(
            "ix_deliveries_failed",
            "workspace_id",
            "id",
            postgresql_where=text("state = 'failed'"),
        ),
    )

    profile_id: Mapped[UUID]
    external_id: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)
    received_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(Text, default="stored")
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(Text)
    error_detail: Mapped[str | None] = mapped_column(Text)


class Ledger(Base):
    """The counters of a profile: everything received is stored, everything stored is handled.

    `repeated` counts what came again and was known; `gaps_filled` what only a read-back brought.
    `failed` and `discarded` say where deliveries are now, so they also go down. `health` is what
    was last told to the others.
    """

    __tablename__ = "ledgers"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    repeated: Mapped[int] = mapped_column(BigInteger, default=0)
    stored: Mapped[int] = mapped_column(BigInteger, default=0)
    handled: Mapped[int] = mapped_column(BigInteger, default=0)
    failed: Mapped[int] = mapped_column(BigInteger, default=0)
    discarded: Mapped[int] = mapped_column(BigInteger, default=0)
    gaps_filled: Mapped[int] = mapped_column(BigInteger, default=0)
    last_event_at: Mapped[datetime | None]
    last_reconciled_at: Mapped[datetime | None]
    health: Mapped[str] = mapped_column(Text, default="healthy")


class Reader(Base):
    """Where reading one stream of a profile stands; `stream` is what the connector calls it.

    The stream `push` is the connection that the network writes to.
    """

    __tablename__ = "readers"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    stream: Mapped[str] = mapped_column(Text, primary_key=True)
    cursor: Mapped[str | None] = mapped_column(Text)
    back_filled: Mapped[bool] = mapped_column(default=False)
    read_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    error_code: Mapped[str | None] = mapped_column(Text)
    error_detail: Mapped[str | None] = mapped_column(Text)


class Orphan(Base):
    """Our own writing that belongs to no conversation yet; `awaits` names what would tell where.

    When that arrives, the delivery is handled once more.
    """

    __tablename__ = "orphans"
    __table_args__ = (Index("ix_orphans_awaits", "workspace_id", "profile_id", "awaits"),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    external_id: Mapped[str] = mapped_column(Text, primary_key=True)
    delivery_id: Mapped[UUID] = mapped_column(primary_key=True)
    awaits: Mapped[str] = mapped_column(Text)


class Thread(Base):
    """A thread of the network that is read back from time to time, from `target` on.

    `post` is what it started with, when that was published and not written to us.
    """

    __tablename__ = "threads"
    __table_args__ = (Index("ix_threads_active", "workspace_id", "profile_id", "active_at"),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    thread_id: Mapped[str] = mapped_column(Text, primary_key=True)
    target: Mapped[dict[str, Any]] = mapped_column(JSONB)
    post: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    active_at: Mapped[datetime]
    reconciled_at: Mapped[datetime | None]


class HookAddress(Base):
    """To which workspace a webhook address leads; looked up before any workspace is known."""

    __tablename__ = "hook_addresses"

    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    workspace_id: Mapped[UUID]
    network: Mapped[str] = mapped_column(Text)
