"""The bus in a schema of the Postgres that is there anyway: durable, for one machine.

Offsets are handed out under the row lock of their partition, which is kept until the commit: what
a reader sees has no gap that could be filled later.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any
from zlib import crc32

import asyncpg
import orjson

from shared.db.work import LEASE
from shared.errors import ConflictError, UnavailableError
from shared.messaging.bus import Consumer, Message, Position, Record, TopicPartition
from shared.messaging.postgres_consumer import OnRevoked, join_group
from shared.messaging.postgres_group import member_key
from shared.messaging.postgres_reader import Partition, as_record
from shared.messaging.postgres_retention import keep_clean
from shared.messaging.postgres_schema import RECORDS_CHANNEL, make_tables, options, reachable
from shared.messaging.postgres_tail import ENDS, follow

_STOP_SECONDS = 10.0
# A NOTIFY holds 8,000 bytes; beyond this many partitions it says 'look at all'.
_PARTITIONS_A_NOTIFY = 700

_CREATE = """
with made as (
    insert into bus.topics (name, partitions)
    select name, $2 from unnest($1::text[]) as name
    on conflict do nothing
    returning name, partitions
)
insert into bus.partitions (topic, number)
select name, number from made, generate_series(0, partitions - 1) as number
"""

_CATALOG = """
select id, topic, number from bus.partitions where topic = any($1::text[]) order by topic, number
"""

_APPEND = """
with counts as (
    select * from unnest($1::int[], $2::int[]) as c (partition_id, records)
), held as (
    select p.id, p.next_offset, c.records
    from bus.partitions p join counts c on c.partition_id = p.id
    order by p.id  -- One order for all publishers, so that they never wait in a circle.
    for update of p
), moved as (
    update bus.partitions p set next_offset = held.next_offset + held.records
    from held where p.id = held.id
), written as (
    insert into bus.records (partition_id, record_offset, key, headers, body)
    select m.partition_id, held.next_offset + m.place, m.key, m.headers, m.body
    from unnest($3::int[], $4::int[], $5::text[], $6::jsonb[], $7::bytea[])
        as m (partition_id, place, key, headers, body)
    join held on held.id = m.partition_id
)
select id, next_offset, (select pg_notify($8, $9)) from held
"""

_PEEK = """
select record_offset, key, headers, body from bus.records
where partition_id = $1 and record_offset = $2
"""


class PostgresBus:
    def __init__(
        self, url: str, *, partitions: int = 8, retention: timedelta, lease: timedelta = LEASE
    ) -> None:
        self._url = url
        self._partitions = partitions
        self._retention = retention
        self._lease = lease
        self._pool: Any = None
        self._cleaning: asyncio.Task[None] | None = None
        self._catalog: dict[str, list[Partition]] = {}

    async def start(self) -> None:
        try:
            with reachable():
                self._pool = await asyncpg.create_pool(
                    self._url, min_size=1, max_size=4, **options(durable=True)
                )
                async with self._pool.acquire() as connection:
                    await make_tables(connection)
        except BaseException:
            await self.stop()
            raise
        self._cleaning = asyncio.create_task(
            keep_clean(self._pool, self._retention), name="bus-retention"
        )

    async def stop(self) -> None:
        if self._cleaning is not None:
            self._cleaning.cancel()
            with suppress(asyncio.CancelledError):
                await self._cleaning
        if self._pool is not None:
            try:
                await asyncio.wait_for(self._pool.close(), _STOP_SECONDS)
            except TimeoutError:
                self._pool.terminate()

    async def create_topics(self, topics: Collection[str]) -> None:
        with reachable():
            await self._pool.execute(_CREATE, sorted(topics), self._partitions)

    async def _find(self, topics: Collection[str]) -> dict[str, list[Partition]]:
        """The partitions of each topic by number; topics that are missing are made."""
        unknown = sorted(set(topics) - self._catalog.keys())
        if unknown:
            await self.create_topics(unknown)
            with reachable():
                rows = await self._pool.fetch(_CATALOG, unknown)
            found: dict[str, list[Partition]] = {}
            for row in rows:
                place = TopicPartition(row["topic"], row["number"])
                found.setdefault(place.topic, []).append(Partition(row["id"], place))
            self._catalog |= found
        return {topic: self._catalog[topic] for topic in topics}

    async def _find_all(self, topics: Collection[str]) -> dict[int, Partition]:
        found = await self._find(topics)
        return {each.id: each for partitions in found.values() for each in partitions}

    async def publish(self, messages: Sequence[Message]) -> Sequence[Position]:
        if not messages:
            return []
        catalog = await self._find({message.topic for message in messages})
        lanes: dict[int, int] = {}
        partitions, places = [], []
        for message in messages:
            here = catalog[message.topic]
            partition = here[crc32(message.key.encode()) % len(here)]
            places.append(lanes.setdefault(partition.id, 0))
            partitions.append(partition)
            lanes[partition.id] += 1
        starts = await self._append(messages, [each.id for each in partitions], places, lanes)
        if len(starts) < len(lanes):
            self._catalog.clear()
            raise UnavailableError("The tables of the bus were replaced.")
        return [
            Position(partition.place.partition, starts[partition.id] + place)
            for partition, place in zip(partitions, places, strict=True)
        ]

    async def _append(
        self,
        messages: Sequence[Message],
        partitions: Sequence[int],
        places: Sequence[int],
        lanes: Mapping[int, int],
    ) -> dict[int, int]:
        """Write the batch in one transaction; the first new offset of each partition."""
        grown = ",".join(map(str, lanes)) if len(lanes) <= _PARTITIONS_A_NOTIFY else ""
        with reachable():
            rows = await self._pool.fetch(
                _APPEND,
                list(lanes),
                list(lanes.values()),
                partitions,
                places,
                [message.key for message in messages],
                [orjson.dumps(dict(message.headers)).decode() for message in messages],
                [message.body for message in messages],
                RECORDS_CHANNEL,
                grown,
            )
        return {row["id"]: row["next_offset"] for row in rows}

    @asynccontextmanager
    async def consume(
        self, group: str, topics: Collection[str], *, on_revoked: OnRevoked | None = None
    ) -> AsyncIterator[Consumer]:
        partitions = await self._find_all(topics)
        member = join_group(self._url, group, partitions.values(), self._lease, on_revoked)
        async with member as consumer:
            yield consumer

    @asynccontextmanager
    async def tail(self, topics: Collection[str]) -> AsyncIterator[AsyncIterator[Record]]:
        partitions = await self._find_all(topics)
        async with follow(self._url, partitions.values()) as records:
            yield records

    async def peek(self, place: TopicPartition, offset: int) -> Record | None:
        partitions = (await self._find([place.topic]))[place.topic]
        if place.partition >= len(partitions):
            return None
        with reachable():
            row = await self._pool.fetchrow(_PEEK, partitions[place.partition].id, offset)
        return as_record(place, row) if row else None

    async def ends(self, topics: Collection[str]) -> Mapping[TopicPartition, int]:
        partitions = await self._find_all(topics)
        with reachable():
            rows = await self._pool.fetch(ENDS, list(partitions))
        return {partitions[row["id"]].place: row["next_offset"] for row in rows}

    async def reset(self, group: str, topics: Collection[str]) -> None:
        partitions = await self._find_all(topics)
        keys = [member_key(group, topic) for topic in topics]
        with reachable():
            async with self._pool.acquire() as connection, connection.transaction():
                stopped = await connection.fetchval(
                    "select bool_and(pg_try_advisory_xact_lock(key)) "
                    "from unnest($1::bigint[]) as key",
                    keys,
                )
                if not stopped:
                    raise ConflictError(f"The group {group} is still at work; stop it first.")
                await connection.execute(
                    "delete from bus.commits where group_name = $1 and partition_id = any($2)",
                    group,
                    list(partitions),
                )
