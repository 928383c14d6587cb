"""The technical tables that every service keeps in its own schema.

`outbox`, `processed_events` and `work_items` are read across workspaces by the relay, the
consumers and the workers and hold nothing that an API shows; they alone are not isolated by row.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Uuid,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.db.model import NAMING

kernel_metadata = MetaData(naming_convention=NAMING)


def _moment(name: str, *, nullable: bool = False, stamped: bool = False) -> Column[object]:
    return Column(
        name,
        DateTime(timezone=True),
        nullable=nullable,
        server_default=func.now() if stamped else None,
    )


outbox = Table(
    "outbox",
    kernel_metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _moment("created_at", stamped=True),
    _moment("sent_at", nullable=True),
    Column("partition", Integer),
    Column("offset", BigInteger),
    Index("ix_outbox_unsent", "id", postgresql_where=text("sent_at IS NULL")),
    Index("ix_outbox_place", "topic", "partition", "offset"),
)

processed_events = Table(
    "processed_events",
    kernel_metadata,
    Column("consumer", Text, nullable=False),
    Column("event_id", Uuid, nullable=False),
    _moment("at", stamped=True),
    PrimaryKeyConstraint("consumer", "event_id"),
    Index("ix_processed_events_at", "at"),
)

dead_letters = Table(
    "dead_letters",
    kernel_metadata,
    Column("workspace_id", Uuid, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("consumer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("key", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="open"),
    _moment("at", stamped=True),
    _moment("settled_at", nullable=True),
    PrimaryKeyConstraint("workspace_id", "id"),
    Index("ix_dead_letters_open", "workspace_id", "at", postgresql_where=text("state = 'open'")),
)

work_items = Table(
    "work_items",
    kernel_metadata,
    Column("kind", Text, nullable=False),
    Column("workspace_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("priority", SmallInteger, nullable=False, server_default="0"),
    _moment("due_at"),
    _moment("leased_until", nullable=True),
    Column("fence", BigInteger, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    PrimaryKeyConstraint("kind", "workspace_id", "key"),
    Index("ix_work_items_due", "kind", "due_at"),
    Index("ix_work_items_next", "kind", text("priority DESC"), "due_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    kernel_metadata,
    Column("workspace_id", Uuid, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    _moment("at", stamped=True),
    PrimaryKeyConstraint("workspace_id", "actor_id", "key"),
    Index("ix_idempotency_keys_at", "at"),
)

NOT_ISOLATED = frozenset({"outbox", "processed_events", "work_items"})
