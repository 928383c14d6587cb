"""The relay: sends what transactions left in the outbox, in order, and repairs a bus that forgot.

One relay is active per service (advisory lock on its own connection); one that falls silent loses
the connection, and with it the lock and its only way to stamp. It takes unsent rows in id order,
never 'greater than the last seen id', because ids become visible out of order. It stamps each row
with the place where it landed; when the log disagrees with a stamp, the log has lost something, and
everything kept of that partition is sent again. Consumers drop what they have seen.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.db.database import Database, is_transient
from shared.db.kernel_tables import outbox
from shared.db.silence import end_silent
from shared.db.transaction import Tx
from shared.db.work import LEASE
from shared.messaging.bus import Bus, Message, Position, TopicPartition

log = structlog.get_logger()

_BATCH = 500
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 1.0
_CHECK_SECONDS = 10.0
_KEY = text("SELECT hashtextextended(:name, 0)")
_LOCK = text("SELECT pg_try_advisory_lock(:key)")
_SPEAK = text("SELECT 1")

T = TypeVar("T")

_UNSENT = (
    select(outbox.c.id, outbox.c.topic, outbox.c.key, outbox.c.headers, outbox.c.body)
    .where(outbox.c.sent_at.is_(None))
    .order_by(outbox.c.id)
    .limit(_BATCH)
)
_STAMP = text(
    'UPDATE outbox SET sent_at = now(), partition = s.partition, "offset" = s.position '
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:partitions AS integer[]), "
    "CAST(:offsets AS bigint[])) AS s(id, partition, position) WHERE outbox.id = s.id"
)
_LAST_STAMPS = (
    select(outbox.c.topic, outbox.c.partition, func.max(outbox.c.offset))
    .where(outbox.c.sent_at.is_not(None))
    .group_by(outbox.c.topic, outbox.c.partition)
)
_EVENT_AT = select(outbox.c.event_id).where(
    outbox.c.topic == bindparam("topic"),
    outbox.c.partition == bindparam("partition"),
    outbox.c.offset == bindparam("offset"),
)


class Relay:
    def __init__(self, database: Database, bus: Bus, lease: timedelta = LEASE) -> None:
        self._database = database
        self._lease = lease
        self._breath = lease.total_seconds() / 3
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._bus = bus
        self._wake = asyncio.Event()
        self._last: dict[TopicPartition, int] = {}
        database.on_commit(self._notice)

    def _notice(self, tx: Tx) -> None:
        if tx.published:
            self._wake.set()

    async def run(self) -> None:
        """Hold the lock and send until cancelled; whoever does not get the lock waits for it."""
        while True:
            try:
                async with self._engine.connect() as connection:
                    try:
                        if await self._lock(connection):
                            await self._send_for_ever(connection)
                    finally:
                        # The lock belongs to the connection, so it must not go back to the pool.
                        await connection.invalidate()
            except Exception as error:
                if not is_transient(error):
                    raise
                log.warning("relay.waiting", reason=str(error))
            await asyncio.sleep(_RETRY_SECONDS)

    async def _lock(self, connection: AsyncConnection) -> bool:
        name = f"relay.{self._database.producer}"
        key = (await connection.execute(_KEY, {"name": name})).scalar_one()
        held = bool((await connection.execute(_LOCK, {"key": key})).scalar())
        if not held:
            raw = await connection.get_raw_connection()
            if await end_silent(raw.driver_connection, [key], self._lease):
                log.warning("relay.taken_from_a_silent_process")
        return held

    async def _speaking(self, connection: AsyncConnection, call: Coroutine[Any, Any, T]) -> T:
        """Let Postgres hear of us while the bus takes its time; who is halted is not heard of."""
        task = asyncio.create_task(call)
        try:
            while not (await asyncio.wait((task,), timeout=self._breath))[0]:
                await connection.execute(_SPEAK)
            return task.result()
        finally:
            task.cancel()

    async def _send_for_ever(self, connection: AsyncConnection) -> None:
        await self.verify(connection)
        clock = asyncio.get_running_loop().time
        checked_at = clock()
        while True:
            self._wake.clear()
            if clock() - checked_at >= _CHECK_SECONDS:
                await self.check(connection)
                checked_at = clock()
            if not await self.send_batch(connection):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), min(_POLL_SECONDS, self._breath))

    async def drain(self) -> int:
        """Send everything that waits now; the number of events sent. For tests and shutdown."""
        sent = 0
        async with self._engine.connect() as connection:
            while batch := await self.send_batch(connection):
                sent += batch
        return sent

    async def send_batch(self, connection: AsyncConnection) -> int:
        """Send the oldest unsent rows and stamp them; how many there were."""
        rows = (await connection.execute(_UNSENT)).all()
        if not rows:
            return 0
        messages = [Message(row.topic, row.key, row.headers, row.body) for row in rows]
        positions = await self._speaking(connection, self._bus.publish(messages))
        await self._note_positions(connection, rows, positions)
        return len(rows)

    async def _note_positions(
        self, connection: AsyncConnection, rows: Sequence[Any], positions: Sequence[Position]
    ) -> None:
        shrunk = self._advance(
            (TopicPartition(row.topic, position.partition), position.offset)
            for row, position in zip(rows, positions, strict=True)
        )
        # Forget before stamping: what has just been sent must not be sent again.
        await self._forget(connection, shrunk)
        await connection.execute(
            _STAMP,
            {
                "ids": [row.id for row in rows],
                "partitions": [position.partition for position in positions],
                "offsets": [position.offset for position in positions],
            },
        )

    def _advance(self, places: Iterable[tuple[TopicPartition, int]]) -> set[TopicPartition]:
        """Remember the newest offset of each partition; those whose log went back are returned."""
        shrunk = set()
        newest: dict[TopicPartition, int] = {}
        for place, offset in places:
            if place not in newest and offset <= self._last.get(place, -1):
                shrunk.add(place)
            newest[place] = max(offset, newest.get(place, -1))
        self._last.update(newest)
        return shrunk

    async def check(self, connection: AsyncConnection) -> None:
        """Notice that the log went back where nothing new is sent; that is sent again."""
        ends = await self._speaking(
            connection, self._bus.ends({place.topic for place in self._last})
        )
        lost = [place for place, last in self._last.items() if ends.get(place, 0) <= last]
        await self._forget(connection, lost)

    async def verify(self, connection: AsyncConnection) -> None:
        """Compare the last stamps with the log; what the log does not hold is sent again."""
        stamps = (await connection.execute(_LAST_STAMPS)).all()
        lost = set()
        for topic, partition, offset in stamps:
            place = TopicPartition(topic, partition)
            self._last[place] = offset
            event_ids = (
                await connection.execute(
                    _EVENT_AT, {"topic": topic, "partition": partition, "offset": offset}
                )
            ).scalars()
            record = await self._speaking(connection, self._bus.peek(place, offset))
            known = {str(event_id) for event_id in event_ids}
            if record is None or record.headers.get("ce_id") not in known:
                lost.add(place)
        await self._forget(connection, lost)

    async def _forget(self, connection: AsyncConnection, places: Iterable[TopicPartition]) -> None:
        for place in places:
            forgotten = await connection.execute(
                update(outbox)
                .where(outbox.c.topic == place.topic, outbox.c.partition == place.partition)
                .values(sent_at=None, partition=None, offset=None)
            )
            self._last.pop(place, None)
            log.error(
                "relay.log_lost_records",
                topic=place.topic,
                partition=place.partition,
                sent_again=forgotten.rowcount,
            )
