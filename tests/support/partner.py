"""A partner's endpoint on this machine: a real HTTP server that does as a test tells it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from standardwebhooks import Webhook

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Heard:
    """One request as it came in."""

    path: str
    headers: Headers
    body: bytes

    @property
    def webhook_id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """Whether one of the signatures is the library's own; it does not look at the clock."""
        at = datetime.fromtimestamp(int(self.headers["webhook-timestamp"]), UTC)
        expected = Webhook(secret).sign(self.webhook_id, at, self.body.decode())
        return expected in self.headers["webhook-signature"].split(" ")


@dataclass(slots=True)
class Reply:
    """What to answer; `seconds` of silence come first."""

    status: int = 200
    headers: Headers = field(default_factory=dict)
    body: bytes = b"ok"
    seconds: float = 0


@dataclass(slots=True)
class PartnerHand:
    """`replies` are used up one by one for each path, then everything is answered with 200."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def answer(self, *replies: Reply, path: str = "/hook") -> None:
        self.replies.setdefault(path, []).extend(replies)

    def types(self, path: str = "/hook") -> list[str]:
        return [it.message["type"] for it in self.heard if it.path == path]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                while True:
                    await self._one(reader, writer)
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers["content-length"]))
        path = head[0].split(" ")[1]
        self.heard.append(Heard(path, headers, body))
        waiting = self.replies.get(path)
        reply = waiting.pop(0) if waiting else Reply()
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            await asyncio.sleep(reply.seconds)
        finally:
            self.at_once -= 1
        told = {"content-length": str(len(reply.body)), **reply.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        writer.write(f"HTTP/1.1 {reply.status} Said\r\n{lines}\r\n".encode() + reply.body)
        await writer.drain()


@asynccontextmanager
async def listening_partner() -> AsyncIterator[PartnerHand]:
    hand = PartnerHand()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(hand.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    hand.port = server.sockets[0].getsockname()[1]
    try:
        yield hand
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
