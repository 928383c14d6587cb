"""An upstream of bare bytes: the test decides what it answers, in which pieces, and when."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Script = Callable[["Visit"], Awaitable[None]]


@dataclass(slots=True)
class Visit:
    """One connection to the upstream; `number` counts from 1."""

    number: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def request(self) -> bytes:
        """The head of the next request; empty when the other side closed."""
        try:
            return await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""

    async def body(self, size: int) -> bytes:
        return await self.reader.readexactly(size)

    async def say(self, *pieces: bytes) -> None:
        """Send the pieces one by one, each in a packet of its own as far as that can be had."""
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()
            await asyncio.sleep(0)

    async def closed(self) -> bool:
        """Wait until the other side has closed."""
        try:
            return await self.reader.read() == b""
        except ConnectionError:
            return True

    def cut(self) -> None:
        self.writer.transport.abort()


@dataclass(slots=True)
class BareUpstream:
    port: int = 0
    visits: list[Visit] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def bare_upstream(script: Script) -> AsyncIterator[BareUpstream]:
    upstream = BareUpstream()
    tasks: set[asyncio.Task[None]] = set()

    async def visit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        one = Visit(len(upstream.visits) + 1, reader, writer)
        upstream.visits.append(one)
        try:
            await script(one)
        except (ConnectionError, asyncio.CancelledError):
            one.cut()
        finally:
            writer.close()
            tasks.discard(task)

    server = await asyncio.start_server(visit, "127.0.0.1", 0)
    upstream.port = server.sockets[0].getsockname()[1]
    try:
        yield upstream
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answering(*pieces: bytes) -> Script:
    """Answers every request of every connection with the same bytes."""

    async def script(visit: Visit) -> None:
        while await visit.request():
            await visit.say(*pieces)

    return script
