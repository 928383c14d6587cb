"""Deleting what is old from the Postgres log, a little at a time."""

import asyncio
from datetime import timedelta
from typing import Any

import structlog

from shared.messaging.postgres_group import lock_key
from shared.messaging.postgres_schema import UNREACHABLE

log = structlog.get_logger(__name__)

_ROUND_SECONDS = 3600.0
_BATCH = 2000

# The oldest records of a partition, as far as every group has read them; a group that committed
# nothing for the whole retention holds nothing back.
_DELETE = """
with floor as (
    select coalesce(min(next_offset), 9223372036854775807) as keep_from
    from bus.commits
    where partition_id = $1 and committed_at > clock_timestamp() - $2::interval
), oldest as (
    select record_offset, published_at
    from bus.records, floor
    where partition_id = $1 and record_offset < floor.keep_from
    order by record_offset
    limit $3
)
delete from bus.records
where partition_id = $1 and record_offset in (
    select record_offset from oldest where published_at < clock_timestamp() - $2::interval
)
"""


async def keep_clean(pool: Any, retention: timedelta) -> None:
    """Until cancelled: one round now and then; only one process does it at a time."""
    while True:
        try:
            async with pool.acquire() as connection:
                await delete_expired(connection, retention)
        except UNREACHABLE as error:
            log.warning("bus.retention_postponed", error=repr(error))
        await asyncio.sleep(_ROUND_SECONDS)


async def delete_expired(connection: Any, retention: timedelta) -> int:
    """How many records were deleted; none when another process is at it."""
    key = lock_key("retention")
    if not await connection.fetchval("select pg_try_advisory_lock($1)", key):
        return 0
    try:
        deleted = 0
        for row in await connection.fetch("select id from bus.partitions order by id"):
            deleted += await _delete_from(connection, row["id"], retention)
    finally:
        await connection.execute("select pg_advisory_unlock($1)", key)
    if deleted:
        log.info("bus.records_expired", count=deleted)
    return deleted


async def _delete_from(connection: Any, partition: int, retention: timedelta) -> int:
    total = 0
    while True:
        tag = await connection.execute(_DELETE, partition, retention, _BATCH)
        deleted = int(tag.removeprefix("DELETE "))
        total += deleted
        if deleted < _BATCH:
            return total
