"""The tables of the Postgres bus, which it makes itself, and how to reach them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import asyncpg

from shared.errors import UnavailableError

RECORDS_CHANNEL = "bus_records"
GROUPS_CHANNEL = "bus_groups"

# Errors after which the connection, or the whole server, is not to be counted on.
UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    # How asyncpg words a server that was killed while two statements waited their turn.
    asyncpg.InternalClientError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
)

_TABLES = """
select pg_advisory_xact_lock(hashtextextended('parley.bus.schema', 0));

create table if not exists bus.topics (
    name text primary key,
    partitions int not null
);

-- The row of a partition is the lock under which its offsets are handed out.
create table if not exists bus.partitions (
    id int generated always as identity primary key,
    topic text not null references bus.topics,
    number int not null,
    next_offset bigint not null default 0,
    unique (topic, number)
);

create table if not exists bus.records (
    partition_id int not null,
    record_offset bigint not null,
    key text not null,
    headers jsonb not null,
    body bytea not null,
    published_at timestamptz not null default clock_timestamp(),
    primary key (partition_id, record_offset)
);

create table if not exists bus.commits (
    group_name text not null,
    partition_id int not null,
    next_offset bigint not null,
    committed_at timestamptz not null default clock_timestamp(),
    primary key (group_name, partition_id)
);
"""


async def connect(url: str, *, durable: bool = False) -> Any:
    """A connection of its own; `durable` commits wait for the disk whatever the role's default."""
    return await asyncpg.connect(url, **options(durable=durable))


def options(*, durable: bool) -> dict[str, Any]:
    """What each connection of the bus is opened with."""
    return {
        "timeout": 10,
        "command_timeout": 30,
        "server_settings": {
            "application_name": "parley-bus",
            "default_transaction_isolation": "read committed",
            "synchronous_commit": "on" if durable else "off",
            # A plan is kept as long as its connection: one that was made while the log was small
            # must not scan and sort the log when it is large.
            "enable_seqscan": "off",
            "enable_bitmapscan": "off",
        },
    }


async def make_tables(connection: Any) -> None:
    """Idempotent, and safe when several processes start at once."""
    async with connection.transaction():
        await connection.execute(_TABLES)


@contextmanager
def reachable() -> Iterator[None]:
    """Tell a database that does not answer in the words of the platform."""
    try:
        yield
    except ValueError:
        raise  # asyncpg counts an address that it cannot read among its interface errors.
    except UNREACHABLE as error:
        raise UnavailableError("The database of the bus does not answer.") from error
