"""Building blocks for migrations: the kernel's tables and the isolation of a table by workspace.

Revisions are history and must not change when a model does, so they spell out their own tables; the
kernel's tables are spelled out once here, in numbered versions, for all five services.
"""

from alembic import op

# Whoever waits for a table to change it holds up all who come after, readers too.
LOCK_TIMEOUT = "1s"

_KERNEL_1 = (
    """CREATE TABLE outbox (
        id bigint GENERATED ALWAYS AS IDENTITY,
        event_id uuid NOT NULL,
        topic text NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        body bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        sent_at timestamptz,
        partition integer,
        "offset" bigint,
        CONSTRAINT pk_outbox PRIMARY KEY (id)
    )""",
    "CREATE INDEX ix_outbox_unsent ON outbox (id) WHERE sent_at IS NULL",
    'CREATE INDEX ix_outbox_place ON outbox (topic, partition, "offset")',
    """CREATE TABLE processed_events (
        consumer text NOT NULL,
        event_id uuid NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_processed_events PRIMARY KEY (consumer, event_id)
    )""",
    "CREATE INDEX ix_processed_events_at ON processed_events (at)",
    """CREATE TABLE dead_letters (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        consumer text NOT NULL,
        topic text NOT NULL,
        partition integer NOT NULL,
        "offset" bigint NOT NULL,
        key text NOT NULL,
        headers jsonb NOT NULL,
        body bytea NOT NULL,
        code text NOT NULL,
        detail text NOT NULL,
        state text NOT NULL DEFAULT 'open',
        at timestamptz NOT NULL DEFAULT now(),
        settled_at timestamptz,
        CONSTRAINT pk_dead_letters PRIMARY KEY (workspace_id, id)
    )""",
    "CREATE INDEX ix_dead_letters_open ON dead_letters (workspace_id, at) WHERE state = 'open'",
    """CREATE TABLE work_items (
        kind text NOT NULL,
        workspace_id uuid NOT NULL,
        key text NOT NULL,
        priority smallint NOT NULL DEFAULT 0,
        due_at timestamptz NOT NULL,
        leased_until timestamptz,
        fence bigint NOT NULL DEFAULT 0,
        attempts integer NOT NULL DEFAULT 0,
        CONSTRAINT pk_work_items PRIMARY KEY (kind, workspace_id, key)
    )""",
    "CREATE INDEX ix_work_items_due ON work_items (kind, due_at)",
    """CREATE TABLE idempotency_keys (
        workspace_id uuid NOT NULL,
        actor_id uuid NOT NULL,
        key text NOT NULL,
        fingerprint text NOT NULL,
        status integer NOT NULL,
        body bytea NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT pk_idempotency_keys PRIMARY KEY (workspace_id, actor_id, key)
    )""",
    "CREATE INDEX ix_idempotency_keys_at ON idempotency_keys (at)",
)

_KERNEL_1_TABLES = ("outbox", "processed_events", "dead_letters", "work_items", "idempotency_keys")


def create_kernel_1() -> None:
    """The technical tables of a service, first version."""
    for statement in _KERNEL_1:
        op.execute(statement)
    isolate_by_workspace("dead_letters", "idempotency_keys")


def drop_kernel_1() -> None:
    for table in _KERNEL_1_TABLES:
        op.execute(f"DROP TABLE {table}")


# What `shared/db/retention.py` may delete. The outbox has no index by time, but its rows are as old
# as their ids say.
_KERNEL_2 = {
    "outbox": """SELECT ctid
        FROM (SELECT ctid, sent_at FROM outbox ORDER BY id LIMIT most) AS oldest
        WHERE sent_at < before""",
    "processed_events": """SELECT ctid FROM processed_events
        WHERE at < before ORDER BY at LIMIT most""",
    "dead_letters": "SELECT ctid FROM dead_letters WHERE settled_at < before LIMIT most",
    "idempotency_keys": """SELECT ctid FROM idempotency_keys
        WHERE at < before ORDER BY at LIMIT most""",
}


_SWEEP = """CREATE FUNCTION sweep_{table}(before timestamptz, most integer) RETURNS bigint
    LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $body$
    WITH gone AS (DELETE FROM {table} WHERE ctid = ANY (ARRAY({expired})) RETURNING 1)
    SELECT count(*) FROM gone $body$"""


def create_kernel_2() -> None:
    """Lets the technical tables be cleaned of what is old."""
    for table, expired in _KERNEL_2.items():
        create_sweep(table, expired)


def drop_kernel_2() -> None:
    for table in _KERNEL_2:
        drop_sweep(table)


def create_kernel_3() -> None:
    """Lets a worker find the most urgent of much that is due without sorting all of it."""
    add_index("ix_work_items_next", "work_items (kind, priority DESC, due_at)")


def drop_kernel_3() -> None:
    op.execute("DROP INDEX ix_work_items_next")


def create_sweep(table: str, expired: str) -> None:
    """A function that deletes `most` of the rows that `expired` selects (their ctid, by `before`).

    It runs as the owner, because what is old is old in every workspace, and the run-time role sees
    only one at a time. It gives nothing back but a number.
    """
    op.execute(_SWEEP.format(table=table, expired=expired))


def drop_sweep(table: str) -> None:
    op.execute(f"DROP FUNCTION sweep_{table}(timestamptz, integer)")


def isolate_by_workspace(*tables: str) -> None:
    """Let the run-time role see and write only rows of the workspace that its transaction has set.

    The owner, which only `migrate` uses, keeps its sight, so that a migration can move data.
    """
    for table in tables:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(
            f"CREATE POLICY by_workspace ON {table} USING (workspace_id = "
            "nullif(current_setting('parley.workspace_id', true), '')::uuid)"
        )
        op.execute(f"CREATE POLICY by_owner ON {table} TO CURRENT_USER USING (true)")


def add_index(name: str, on: str, *, unique: bool = False) -> None:
    """An index on a table that has rows already, made without stopping those who write to it.

    `on` is what follows ON: the table and its columns. It is outside of the revision's transaction,
    so it comes last; what a migrator left that was killed here is made anew.
    """
    with op.get_context().autocommit_block():
        # Postgres waits for those who work on the table, and holds up nobody meanwhile.
        op.execute("SET lock_timeout = 0")
        op.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}")
        op.execute(f"CREATE {'UNIQUE ' if unique else ''}INDEX CONCURRENTLY {name} ON {on}")
        op.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")


def restate(kind: str, workspaces: str) -> None:
    """Have work of this kind done once in each workspace that a query gives.

    That is how an owner tells what stands to a reader of the same release that is new to a topic.
    """
    op.execute(
        "INSERT INTO work_items (kind, workspace_id, key, due_at)"  # noqa: S608 -- Names of our own.
        f" SELECT '{kind}', w.workspace_id, 'all', now() FROM ({workspaces}) AS w"
        " ON CONFLICT (kind, workspace_id, key) DO UPDATE"
        " SET due_at = now(), leased_until = NULL, fence = work_items.fence + 1"
    )


def restate_no_more(kind: str) -> None:
    op.execute(f"DELETE FROM work_items WHERE kind = '{kind}'")  # noqa: S608 -- As above.
