"""One member of a group on the Postgres bus: its connection, its partitions, its commits.

Everything that depends on owning a partition runs on the connection that holds its lock, one thing
at a time. So a member that lost its connection cannot commit, and nothing is committed for a
partition that was given back.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from typing import Any

import stamina
import structlog

from shared.messaging.bus import Record, TopicPartition
from shared.messaging.postgres_group import Seats
from shared.messaging.postgres_reader import Partition, Reader
from shared.messaging.postgres_schema import (
    GROUPS_CHANNEL,
    RECORDS_CHANNEL,
    UNREACHABLE,
    connect,
    reachable,
)

log = structlog.get_logger(__name__)

# A member that died sends no NOTIFY; this is how long its partitions may wait for another.
_SURVEY_SECONDS = 2.0
# Only for a NOTIFY that went missing, which should not happen on a connection that lives.
_SURVEYS_A_POLL = 8

_COMMITTED = """
with known as (
    insert into bus.commits (group_name, partition_id, next_offset)
    select $1, id, 0 from unnest($2::int[]) as id
    on conflict do nothing
)
select partition_id, next_offset from bus.commits
where group_name = $1 and partition_id = any($2::int[])
"""

_COMMIT = """
insert into bus.commits (group_name, partition_id, next_offset)
select $1, id, next_offset from unnest($2::int[], $3::bigint[]) as moved (id, next_offset)
on conflict (group_name, partition_id)
do update set next_offset = excluded.next_offset, committed_at = excluded.committed_at
"""

_LAG = """
select p.id, p.next_offset - greatest(c.next_offset, kept.first_offset, 0) as lag
from bus.partitions p
left join bus.commits c on c.partition_id = p.id and c.group_name = $1
cross join lateral (
    select coalesce(min(record_offset), p.next_offset) as first_offset
    from bus.records where partition_id = p.id
) as kept
where p.id = any($2::int[])
"""

OnRevoked = Callable[[Collection[TopicPartition]], None]


class PostgresConsumer:
    def __init__(
        self,
        url: str,
        group: str,
        partitions: Collection[Partition],
        lease: timedelta,
        on_revoked: OnRevoked | None,
    ) -> None:
        self._url = url
        # A look at the others is a sign of life as well.
        self._survey_seconds = min(_SURVEY_SECONDS, lease.total_seconds() / 3)
        self._group = group
        self._partitions = {partition.place: partition for partition in partitions}
        self._on_revoked = on_revoked
        self._seats = Seats(group, partitions, lease)
        self._reader = Reader()
        self._owned: dict[TopicPartition, int] = {}  # The offset at which the assignment began.
        self._connection: Any = None
        self._turn = asyncio.Lock()  # asyncpg runs one statement a connection at a time.
        self._changed = asyncio.Event()
        self._joined = asyncio.Event()
        self._sharing: asyncio.Task[None] | None = None

    async def fetch(self, limit: int, wait: float) -> Mapping[TopicPartition, Sequence[Record]]:
        clock = asyncio.get_running_loop()
        deadline = clock.time() + wait
        while True:
            records = await self._read(limit)
            remaining = deadline - clock.time()
            if records or remaining <= 0:
                return records
            await self._reader.wait(remaining)

    async def _read(self, limit: int) -> dict[TopicPartition, list[Record]]:
        if self._sharing is not None and self._sharing.done():
            self._sharing.result()  # It ends only by an unforeseen error, the caller's now.
        records: dict[TopicPartition, list[Record]] = {}
        async with self._turn:
            with self._survive():
                records = await self._reader.read(self._connection, limit)
        return records

    async def commit(self, next_offsets: Mapping[TopicPartition, int]) -> None:
        async with self._turn:
            moved = {
                self._partitions[place].id: offset
                for place, offset in next_offsets.items()
                # Below its start lies what an earlier assignment fetched: another member has gone
                # past it meanwhile.
                if place in self._owned and offset >= self._owned[place]
            }
            if moved:
                with self._survive():
                    await self._connection.execute(
                        _COMMIT, self._group, list(moved), list(moved.values())
                    )

    def seek(self, place: TopicPartition, offset: int) -> None:
        self._reader.seek(place, offset)

    def pause(self, place: TopicPartition) -> None:
        self._reader.pause(place)

    def resume(self, place: TopicPartition) -> None:
        self._reader.resume(place)

    async def lag(self) -> Mapping[TopicPartition, int]:
        async with self._turn:
            owned = {self._partitions[place].id: place for place in self._owned}
            if not owned:
                return {}
            with reachable():
                rows = await self._connection.fetch(_LAG, self._group, list(owned))
        return {owned[row["id"]]: row["lag"] for row in rows}

    async def join(self) -> None:
        """Return when the first partitions were shared out; an outage makes that later."""
        self._sharing = asyncio.create_task(self._share(), name=f"bus-member-{self._group}")
        joined = asyncio.create_task(self._joined.wait())
        try:
            await asyncio.wait((self._sharing, joined), return_when=asyncio.FIRST_COMPLETED)
        finally:
            joined.cancel()
        if self._sharing.done():
            self._sharing.result()

    async def _share(self) -> None:
        while True:
            await self._join()
            with self._survive():
                await self._stay()

    @contextmanager
    def _survive(self) -> Iterator[None]:
        """An error of the connection costs the membership and is not raised."""
        connection = self._connection
        try:
            yield
        except UNREACHABLE as error:
            if connection is self._connection:
                self._lose(error)

    async def leave(self) -> None:
        """Give everything back at once, so that the others need not notice a death."""
        if self._sharing is not None:
            self._sharing.cancel()
            await asyncio.wait((self._sharing,))
        self._reader.close(self._owned)
        self._owned.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*UNREACHABLE):
                await connection.execute("select pg_advisory_unlock_all()")
                await self._seats.tell(connection)
                await connection.close(timeout=5)

    async def _join(self) -> None:
        async for attempt in stamina.retry_context(on=UNREACHABLE, attempts=None, timeout=None):
            with attempt:
                connection = await connect(self._url)
                try:
                    connection.add_termination_listener(self._on_termination)
                    await connection.add_listener(RECORDS_CHANNEL, self._on_records)
                    await connection.add_listener(GROUPS_CHANNEL, self._on_group)
                    await self._seats.join(connection)
                except BaseException:
                    connection.terminate()
                    raise
                self._connection = connection

    async def _stay(self) -> None:
        """Take part in the sharing until the connection is gone."""
        surveys = 0
        while self._connection is not None:
            self._changed.clear()
            await self._rebalance()
            self._joined.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._survey_seconds):
                    await self._changed.wait()
                    continue
            surveys += 1
            if surveys % _SURVEYS_A_POLL == 0:
                self._reader.look_everywhere()

    async def _rebalance(self) -> None:
        async with self._turn:
            while self._connection is not None:
                plan = await self._seats.plan(self._connection, self._owned)
                if plan.surplus:
                    await self._give_back([partition.place for partition in plan.surplus])
                if not plan.wanted:
                    return
                await self._begin(await self._seats.take(self._connection, plan.wanted))

    async def _give_back(self, places: Collection[TopicPartition]) -> None:
        log.info("bus.partitions_given_back", group=self._group, count=len(places))
        self._forget(places)
        await self._seats.release(self._connection, places)

    async def _begin(self, taken: Collection[Partition]) -> None:
        """Read from the committed offset, which its last owner can no longer move."""
        if not taken:
            return
        rows = await self._connection.fetch(_COMMITTED, self._group, [each.id for each in taken])
        committed = {row["partition_id"]: row["next_offset"] for row in rows}
        for partition in taken:
            offset = committed.get(partition.id, 0)
            self._owned[partition.place] = offset
            self._reader.open(partition, offset)
        log.info("bus.partitions_taken", group=self._group, count=len(taken))

    def _forget(self, places: Collection[TopicPartition]) -> None:
        self._reader.close(places)
        for place in places:
            del self._owned[place]
        if self._on_revoked is not None:
            self._on_revoked(places)

    def _lose(self, error: BaseException) -> None:
        log.warning("bus.membership_lost", group=self._group, error=repr(error))
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()
        self._changed.set()
        if self._owned:
            self._forget(list(self._owned))

    def _on_records(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        self._reader.hear(payload)

    def _on_group(self, _connection: Any, _pid: int, _channel: str, payload: str) -> None:
        if payload == self._group:
            self._changed.set()

    def _on_termination(self, connection: Any) -> None:
        if connection is self._connection:
            self._lose(ConnectionResetError("The connection was closed."))


@asynccontextmanager
async def join_group(
    url: str,
    group: str,
    partitions: Collection[Partition],
    lease: timedelta,
    on_revoked: OnRevoked | None,
) -> AsyncIterator[PostgresConsumer]:
    """A member for as long as the block lasts; entered when it has joined."""
    consumer = PostgresConsumer(url, group, partitions, lease, on_revoked)
    try:
        await consumer.join()
        yield consumer
    finally:
        await consumer.leave()
