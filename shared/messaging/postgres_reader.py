"""Reading the Postgres log: positions in some partitions, and which of them may hold more.

A partition is asked only after a NOTIFY named it (or after a seek, a resume or a slow poll), so an
idle reader costs nothing.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson

from shared.messaging.bus import Record, TopicPartition

# One partition yields about this much a time, so that a batch of large records fits in memory.
_BYTES_A_READ = 16 * 1024 * 1024

_READ = """
select wanted.id, found.record_offset, found.key, found.headers, found.body
from unnest($1::int[], $2::bigint[]) as wanted (id, from_offset)
cross join lateral (
    select record_offset, key, headers, body
    from (
        select record_offset, key, headers, body,
            sum(octet_length(body)) over (
                order by record_offset rows between unbounded preceding and 1 preceding
            ) as bytes_before
        from bus.records
        where partition_id = wanted.id and record_offset >= wanted.from_offset
        order by record_offset
        limit $3
    ) as following
    where coalesce(bytes_before, 0) < $4
) as found
limit $3
"""


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition as the tables know it."""

    id: int
    place: TopicPartition


class Reader:
    def __init__(self) -> None:
        self._open: dict[int, Partition] = {}
        self._ids: dict[TopicPartition, int] = {}
        self._positions: dict[int, int] = {}
        self._paused: set[int] = set()
        self._due: dict[int, None] = {}  # A set that keeps its order: the longest waiting first.
        self._news = asyncio.Event()

    def open(self, partition: Partition, offset: int) -> None:
        self._open[partition.id] = partition
        self._ids[partition.place] = partition.id
        self._positions[partition.id] = offset
        self._look([partition.id])

    def close(self, places: Collection[TopicPartition]) -> None:
        for place in places:
            number = self._ids.pop(place)
            del self._open[number], self._positions[number]
            self._paused.discard(number)
            self._due.pop(number, None)

    def seek(self, place: TopicPartition, offset: int) -> None:
        if (number := self._ids.get(place)) is not None:
            self._positions[number] = offset
            self._look([number])

    def pause(self, place: TopicPartition) -> None:
        if (number := self._ids.get(place)) is not None:
            self._paused.add(number)

    def resume(self, place: TopicPartition) -> None:
        if (number := self._ids.get(place)) is not None:
            self._paused.discard(number)
            self._look([number])

    def hear(self, payload: str) -> None:
        """Take in a NOTIFY: the ids of the partitions that grew, or nothing for 'look at all'."""
        if payload:
            self._look(int(number) for number in payload.split(","))
        else:
            self.look_everywhere()

    def look_everywhere(self) -> None:
        self._look(self._open)

    def _look(self, numbers: Iterable[int]) -> None:
        for number in numbers:
            if number in self._open:
                self._due[number] = None
        self._news.set()

    def _askable(self) -> list[int]:
        return [number for number in self._due if number not in self._paused]

    async def wait(self, seconds: float) -> None:
        """Until there may be something to read, or the time is over."""
        if self._askable():
            return
        self._news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def read(self, connection: Any, limit: int) -> dict[TopicPartition, list[Record]]:
        """The next records; positions move on only for what is returned."""
        asked = {number: self._positions[number] for number in self._askable()}
        if not asked:
            return {}
        for number in asked:
            # Taken off before asking, so that a NOTIFY that comes meanwhile puts it on again.
            del self._due[number]
        try:
            rows = await connection.fetch(
                _READ, list(asked), list(asked.values()), limit, _BYTES_A_READ
            )
        except BaseException:
            self._look(asked)
            raise
        self._look(_unfinished(rows, asked, limit))
        return self._take(rows, asked)

    def _take(
        self, rows: Sequence[Mapping[str, Any]], asked: Mapping[int, int]
    ) -> dict[TopicPartition, list[Record]]:
        taken: dict[TopicPartition, list[Record]] = {}
        wanted = {
            number
            for number, position in asked.items()
            # A seek, a pause or a loss during the read makes its rows worthless.
            if self._positions.get(number) == position and number not in self._paused
        }
        for row in rows:
            if row["id"] in wanted:
                place = self._open[row["id"]].place
                taken.setdefault(place, []).append(as_record(place, row))
        for place, records in taken.items():
            self._positions[self._ids[place]] = records[-1].offset + 1
        return taken


def _unfinished(rows: Sequence[Mapping[str, Any]], asked: Iterable[int], limit: int) -> list[int]:
    """The partitions that this read may not have emptied; those it did not come to are first."""
    sizes: dict[int, int] = {}
    for row in rows:
        sizes[row["id"]] = sizes.get(row["id"], 0) + len(row["body"])
    if len(rows) < limit:
        return [number for number, size in sizes.items() if size >= _BYTES_A_READ]
    return [*(number for number in asked if number not in sizes), *sizes]


def as_record(place: TopicPartition, row: Mapping[str, Any]) -> Record:
    return Record(
        topic=place.topic,
        partition=place.partition,
        offset=row["record_offset"],
        key=row["key"],
        headers=orjson.loads(row["headers"]),
        body=row["body"],
    )
