"""The least that publishing does: find what is due, write that it leaves, write that it stands."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

import asyncpg

from benchmarks.contest import Turned
from benchmarks.world import Urls

_KIND = "scheduler.publish"
_CLAIM = (
    "UPDATE bare.work_items SET leased_until = now() + interval '15 seconds', fence = fence + 1"
    " WHERE ctid = ANY (ARRAY(SELECT ctid FROM bare.work_items WHERE kind = $1"
    " AND due_at <= now() AND (leased_until IS NULL OR leased_until <= now())"
    " ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED))"
    " RETURNING workspace_id, key"
)
_RELEASE = "UPDATE bare.work_items SET leased_until = NULL WHERE leased_until IS NOT NULL"
_LEAVES = (
    "UPDATE bare.publications SET state = 'sending', attempts = attempts + 1, last_sent_at = now()"
    " WHERE workspace_id = $1 AND id = $2::text::uuid"
)
_STANDS = (
    "UPDATE bare.publications SET state = 'published', published_at = now()"
    " WHERE workspace_id = $1 AND id = $2::text::uuid"
)
_DONE = "DELETE FROM bare.work_items WHERE kind = $1 AND workspace_id = $2 AND key = $3"


@dataclass(frozen=True, slots=True)
class BareCalendar:
    pool: asyncpg.Pool

    async def look(self, times: int) -> Turned:
        """Claim eight so many times, and let them go again."""
        latencies = []
        for _ in range(times):
            started = perf_counter()
            await self.pool.fetch(_CLAIM, _KIND, 8)
            latencies.append(perf_counter() - started)
        await self.pool.execute(_RELEASE)
        return Turned(times, latencies)

    async def publish_all(self, patience: float, at_once: int) -> float:
        """Publications a second; it ends when nothing is due, or patience does."""
        started, left = perf_counter(), 0
        while perf_counter() - started < patience:
            due = await self.pool.fetch(_CLAIM, _KIND, at_once)
            if not due:
                break
            await asyncio.gather(*(self._publish(row["workspace_id"], row["key"]) for row in due))
            left += len(due)
        return left / (perf_counter() - started)

    async def _publish(self, workspace_id: object, key: str) -> None:
        async with self.pool.acquire() as connection:
            await connection.execute(_LEAVES, workspace_id, key)
            async with connection.transaction():
                await connection.execute(_STANDS, workspace_id, key)
                await connection.execute(_DONE, _KIND, workspace_id, key)


@asynccontextmanager
async def bare_calendar(urls: Urls) -> AsyncIterator[BareCalendar]:
    """Over copies of the tables that the service publishes from."""
    async with asyncpg.create_pool(urls["admin"], min_size=10, max_size=10) as pool:
        yield BareCalendar(pool)
