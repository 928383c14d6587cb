"""The live end of the Postgres log: every record from now on, over outages of the database."""

from collections.abc import AsyncGenerator, AsyncIterator, Collection
from contextlib import aclosing, asynccontextmanager
from typing import Any

import stamina

from shared.messaging.bus import Record
from shared.messaging.postgres_reader import Partition, Reader
from shared.messaging.postgres_schema import RECORDS_CHANNEL, UNREACHABLE, connect, reachable

_BATCH = 500
_POLL_SECONDS = 15.0

ENDS = "select id, next_offset from bus.partitions where id = any($1::int[])"


class _Tail:
    def __init__(self, url: str, partitions: Collection[Partition]) -> None:
        self._url = url
        self._partitions = {partition.id: partition for partition in partitions}
        self._reader = Reader()
        self._connection: Any = None

    async def attach(self) -> None:
        """Listen first and look for the ends then, so that nothing falls between."""
        with reachable():
            self._connection = await self._listen()
            for row in await self._connection.fetch(ENDS, list(self._partitions)):
                self._reader.open(self._partitions[row["id"]], row["next_offset"])

    async def records(self) -> AsyncGenerator[Record, None]:
        while True:
            try:
                batches = await self._reader.read(self._connection, _BATCH)
            except UNREACHABLE:
                await self._reattach()
                continue
            for batch in batches.values():
                for record in batch:
                    yield record
            if not batches:
                await self._reader.wait(_POLL_SECONDS)
                if self._connection.is_closed():
                    await self._reattach()

    def detach(self) -> None:
        if self._connection is not None:
            self._connection.terminate()

    async def _listen(self) -> Any:
        connection = await connect(self._url)
        await connection.add_listener(
            RECORDS_CHANNEL, lambda _connection, _pid, _channel, payload: self._reader.hear(payload)
        )
        # Wakes the reader, which then finds the connection closed.
        connection.add_termination_listener(lambda _connection: self._reader.look_everywhere())
        return connection

    async def _reattach(self) -> None:
        self._connection.terminate()
        async for attempt in stamina.retry_context(on=UNREACHABLE, attempts=None, timeout=None):
            with attempt:
                self._connection = await self._listen()
        self._reader.look_everywhere()


@asynccontextmanager
async def follow(
    url: str, partitions: Collection[Partition]
) -> AsyncIterator[AsyncIterator[Record]]:
    tail = _Tail(url, partitions)
    try:
        await tail.attach()
        async with aclosing(tail.records()) as records:
            yield records
    finally:
        tail.detach()
