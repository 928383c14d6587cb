"""The gateway as a process of its own: its memory under large bodies, and its end."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import psutil
import pytest

from tests.integration.gateway.conftest import everyone
from tests.support.bare_upstream import BareUpstream, Visit, bare_upstream
from tests.support.gateway import StandInDirectory, serving
from tests.support.service import INTERNAL_KEY

pytestmark = pytest.mark.processes

Urls = Mapping[str, str]
SIZE = 50_000_000
PIECE = bytes(100_000)


@dataclass(slots=True)
class Process:
    url: str
    pid: int
    child: asyncio.subprocess.Process
    cookie: dict[str, str]

    @property
    def memory(self) -> int:
        return int(psutil.Process(self.pid).memory_info().rss)


@asynccontextmanager
async def started(urls: Urls, upstream: BareUpstream) -> AsyncIterator[Process]:
    directory = StandInDirectory()
    token = directory.admit(everyone())
    async with serving(directory.app()) as directory_url:
        told = {
            "GATEWAY_PORT": "0",
            "GATEWAY_TEAM_DIRECTORY_URL": directory_url,
            "GATEWAY_SCHEDULER_URL": upstream.url,
            "PARLEY_BUS_DATABASE_URL": urls["bus"],
            "PARLEY_INTERNAL_SECRETS": INTERNAL_KEY,
        }
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "gateway", env={**os.environ, **told}, stdout=-1, stderr=-2
        )
        try:
            url = await _url_in(child)
            yield Process(url, child.pid, child, {"cookie": f"parley_session={token}"})
        finally:
            if child.returncode is None:
                child.kill()
            await child.communicate()


async def _url_in(child: asyncio.subprocess.Process) -> str:
    assert child.stdout is not None
    async with asyncio.timeout(60):
        while line := await child.stdout.readline():
            if found := re.search(rb"running on (http://[0-9.:]+)", line):
                return found[1].decode()
    raise AssertionError("The gateway ended before it listened.")


async def give_and_take(visit: Visit) -> None:
    """Answers a GET with a large body and reads the large body of a POST."""
    while request := await visit.request():
        if request.startswith(b"POST"):
            left = SIZE
            while left:
                left -= len(await visit.reader.read(min(left, 1_000_000)))
            await visit.say(b"HTTP/1.1 204 No Content\r\n\r\n")
            continue
        size = SIZE if request.startswith(b"GET /large") else 0
        await visit.say(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % size)
        for _ in range(size // len(PIECE)):
            await visit.say(PIECE)


async def test_large_bodies_pass_in_constant_memory(database_urls: Urls) -> None:
    seen: list[int] = []
    async with (
        bare_upstream(give_and_take) as upstream,
        started(database_urls, upstream) as process,
        httpx.AsyncClient(base_url=process.url, timeout=60, trust_env=False) as http,
    ):
        await http.get("/api/v1/publishing/small", headers=process.cookie)
        before = process.memory

        async def body() -> AsyncIterator[bytes]:
            for _ in range(SIZE // len(PIECE)):
                yield PIECE
                seen.append(process.memory)

        length = {"content-length": str(SIZE), **process.cookie}
        sent = await http.post("/api/v1/publishing/large", content=body(), headers=length)
        assert sent.status_code == 204
        received = 0
        async with http.stream("GET", "/api/v1/publishing/large", headers=process.cookie) as answer:
            async for part in answer.aiter_bytes():
                received += len(part)
                seen.append(process.memory)
        assert received == SIZE
        assert max(seen) - before < 16_000_000


async def test_a_request_under_way_is_finished_before_the_end(database_urls: Urls) -> None:
    asked, release = asyncio.Event(), asyncio.Event()

    async def script(visit: Visit) -> None:
        await visit.request()
        asked.set()
        await release.wait()
        await visit.say(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ndone")

    async with (
        bare_upstream(script) as upstream,
        started(database_urls, upstream) as process,
        httpx.AsyncClient(base_url=process.url, timeout=60, trust_env=False) as http,
    ):
        asking = asyncio.create_task(http.get("/api/v1/publishing/x", headers=process.cookie))
        async with http.stream("GET", "/api/v1/stream", headers=process.cookie) as stream:
            await asked.wait()
            process.child.send_signal(signal.SIGTERM)
            text = "".join([part async for part in stream.aiter_text()])
        assert "event: hello" in text
        release.set()
        assert (await asking).text == "done"
        async with asyncio.timeout(10):
            # The server ends itself with the signal again once everything is done.
            assert await process.child.wait() in (0, -signal.SIGTERM)
