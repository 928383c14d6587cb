"""Deleting what nobody asks for any more: every table that only grows has an end here."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy import text

from shared.db.database import Database, is_transient

log = structlog.get_logger()

_EVERY_SECONDS = 3600.0
_BATCH = 2000

# As long as a lost bus can be filled again from what was sent.
_OUTBOX = timedelta(days=7)
_DEAD_LETTERS = timedelta(days=90)
IDEMPOTENCY_KEYS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of `table` are deleted when they are older than `age`; its migration says which."""

    table: str
    age: timedelta


def kept_by_every_service(bus_retention: timedelta) -> tuple[Kept, ...]:
    return (
        Kept("outbox", _OUTBOX),
        # What the outbox or the bus can bring again must be known as handled. Kafka deletes whole
        # segments, the last of which may have been begun a retention time earlier.
        Kept("processed_events", 2 * bus_retention + _OUTBOX),
        Kept("dead_letters", _DEAD_LETTERS),
        Kept("idempotency_keys", IDEMPOTENCY_KEYS),
    )


class Retention:
    """Sweeps the tables of one service now and then; several processes do not hinder each other."""

    def __init__(self, database: Database, kept: Sequence[Kept]) -> None:
        self._database = database
        self._kept = kept

    async def run(self) -> None:
        while True:
            try:
                await self.sweep()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("retention.postponed", reason=str(error))
            await asyncio.sleep(_EVERY_SECONDS)

    async def sweep(self) -> None:
        """One round over all tables, a little at a time so that nobody waits for long."""
        for kept in self._kept:
            deleted = 0
            while batch := await self._sweep_some(kept):
                deleted += batch
            if deleted:
                log.info("retention.swept", table=kept.table, rows=deleted)

    async def _sweep_some(self, kept: Kept) -> int:
        async with self._database.begin() as tx:
            found = await tx.session.scalar(
                text(f"SELECT sweep_{kept.table}(:before, :most)"),
                {"before": tx.now - kept.age, "most": _BATCH},
            )
        return int(found or 0)
