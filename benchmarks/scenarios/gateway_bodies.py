"""Ten megabytes through the gateway in either direction, beside nginx and no proxy at all.

Whoever receives pauses after the first bytes: a proxy that does not wait for them keeps the rest in
its memory.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlsplit

import psutil

from benchmarks.contest import Contestant, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.scenarios.gateway import Door, doors
from benchmarks.scenarios.gateway_upstream import BODY_BYTES, PAUSE_SECONDS
from benchmarks.world import World

_ROUNDS = 3
_AT_ONCE = 8
_CHUNK = bytes(64 * 1024)
_MEGABYTE = 1e6
# As much as one of the eight.
_MOST_MEGABYTES = 10
_LOOK_SECONDS = 0.005


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_gateway")
    figures: list[Figure] = []
    async with doors(urls["bus"], ("direct", "nginx", "gateway")) as found:
        for what in ("download", "upload"):
            passing = {name: _Passing(door, what) for name, door in found.items()}
            scores = await in_turn(
                *(
                    Contestant(name, one.turn, {"door": one.door.pid})
                    for name, one in passing.items()
                ),
                rounds=_ROUNDS,
            )
            name = f"bodies: {_AT_ONCE} {what}s of 10 MB at once"
            ours = scores["gateway"]
            figures += [
                Figure(
                    name=f"{name}, memory while they pass",
                    value=passing["gateway"].grown / _MEGABYTE,
                    unit="MB",
                    target=Target(_MOST_MEGABYTES, at_most=True),
                ),
                *(
                    Figure(
                        name=name,
                        value=ours.rate,
                        unit="MB/s",
                        baseline=other,
                        ratio=ours.rate / scores[other].rate,
                    )
                    for other in ("direct", "nginx")
                ),
            ]
    return figures


@dataclass(slots=True)
class _Passing:
    """Some bodies at once through a door; `grown` is by how much that process grew at most."""

    door: Door
    what: str
    grown: float = 0

    async def turn(self) -> Turned:
        process = psutil.Process(self.door.pid)
        before = process.memory_info().rss
        started = perf_counter()
        pass_one = self._download if self.what == "download" else self._upload
        passing = asyncio.gather(*(pass_one() for _ in range(_AT_ONCE)))
        while not passing.done():
            self.grown = max(self.grown, process.memory_info().rss - before)
            await asyncio.sleep(_LOOK_SECONDS)
        await passing
        # The pause is nobody's work.
        seconds = perf_counter() - started - PAUSE_SECONDS
        return Turned(int(_AT_ONCE * BODY_BYTES / _MEGABYTE), seconds=seconds)

    async def _download(self) -> None:
        async with self._asked("GET", {}) as (reader, _writer):
            await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(PAUSE_SECONDS)
            taken = 0
            while chunk := await reader.read(len(_CHUNK)):
                taken += len(chunk)
        if taken < BODY_BYTES:
            raise RuntimeError(f"{self.door.name} let {taken} bytes through.")

    async def _upload(self) -> None:
        async with self._asked("POST", {"content-length": str(BODY_BYTES)}) as (reader, writer):
            for _ in range(BODY_BYTES // len(_CHUNK)):
                writer.write(_CHUNK)
                await writer.drain()
            answer = await reader.read()
        if str(BODY_BYTES).encode() not in answer:
            raise RuntimeError(f"{self.door.name} answered {answer[:200]!r}.")

    @asynccontextmanager
    async def _asked(
        self, method: str, headers: Mapping[str, str]
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection of its own on which this was asked for."""
        url = urlsplit(self.door.root)
        reader, writer = await asyncio.open_connection(url.hostname, url.port)
        told = {"host": url.netloc, "connection": "close", **self.door.headers, **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"{method} {url.path}/body HTTP/1.1\r\n{head}\r\n".encode())
        try:
            yield reader, writer
        finally:
            writer.close()
