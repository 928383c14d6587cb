"""The forwarder with both its ends in the hand of the test: the ASGI side and the upstream."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from gateway.forward import Call, Forwarder
from gateway.upstream.address import parse_address
from gateway.upstream.pool import Pool
from gateway.upstream.sweeper import Sweeper
from tests.support.bare_upstream import Script, bare_upstream

OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"


@dataclass(slots=True)
class Client:
    """The two ends of an ASGI request that the forwarder sees."""

    body: list[bytes] = field(default_factory=lambda: [b""])
    status: int = 0
    headers: dict[bytes, bytes] = field(default_factory=dict)
    parts: list[bytes] = field(default_factory=list)
    complete: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    slow: asyncio.Event | None = None
    stalls: bool = False  # The rest of its body never comes.

    async def receive(self) -> dict[str, Any]:
        if self.body:
            part = self.body.pop(0)
            return {
                "type": "http.request",
                "body": part,
                "more_body": bool(self.body) or self.stalls,
            }
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        if self.slow is not None:
            await self.slow.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        else:
            self.parts.append(message["body"])
            self.complete = not message["more_body"]

    @property
    def received(self) -> bytes:
        return b"".join(self.parts)


@dataclass(slots=True)
class Bench:
    pool: Pool
    forwarder: Forwarder
    sweeper: Sweeper

    async def ask(self, method: str = "GET", client: Client | None = None, **call: Any) -> Client:
        client = client or Client()
        told = {
            "headers": [(b"accept", b"*/*")],
            "length": None,
            "chunked": False,
            "safe": method in ("GET", "HEAD"),
            "body_limit": 10_000_000,
            "seconds": 5.0,
            **call,
        }
        asked = Call(method=method, target=b"/x", **told)
        await self.forwarder.forward(self.pool, asked, client.receive, client.send)
        return client


@asynccontextmanager
async def bench(script: Script, *, limit: int = 8, queue: int = 8) -> AsyncIterator[Bench]:
    async with bare_upstream(script) as upstream:
        pool = Pool(
            "inbox", parse_address(upstream.url), limit=limit, queue=queue, queue_seconds=0.2
        )
        sweeper = Sweeper([pool], idle_seconds=30)
        ticking = asyncio.create_task(sweeper.run())
        try:
            yield Bench(pool, Forwarder(sweeper), sweeper)
        finally:
            ticking.cancel()
            pool.close()
