"""A person at the desk: a signed-in browser without the browser, and its live stream."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx
from httpx_sse import aconnect_sse

T = TypeVar("T")
PASSWORD = "correct horse battery staple"


async def until(look: Callable[[], Awaitable[T | None]], seconds: float = 40.0) -> T:
    """What `look` finds; fails when it finds nothing in time."""
    async with asyncio.timeout(seconds):
        while not (found := await look()):  # noqa: ASYNC110 -- it lies in another process
            await asyncio.sleep(0.05)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskHand:
    http: httpx.AsyncClient
    email: str

    async def try_to(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return await self.http.request(method, f"/api/v1{path}", json=body)

    async def do(self, method: str, path: str, body: Any = None) -> Any:
        """The decoded answer of something that must work."""
        answer = await self.try_to(method, path, body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    async def conversation_with(self, excerpt: str) -> dict[str, Any]:
        """The conversation whose newest words are these, once it is in the list."""

        async def look() -> dict[str, Any] | None:
            page = await self.do("GET", "/inbox/conversations?limit=200")
            return next((item for item in page["items"] if item["excerpt"] == excerpt), None)

        return await until(look)

    async def interactions(self, conversation_id: str) -> list[dict[str, Any]]:
        page = await self.do("GET", f"/inbox/conversations/{conversation_id}/interactions")
        found: list[dict[str, Any]] = page["items"]
        return found

    @asynccontextmanager
    async def listening(self, **query: str) -> AsyncIterator["Stream"]:
        """The live stream for the length of the block; entered when it is open."""
        stream = Stream()
        opened = asyncio.Event()

        async def read() -> None:
            """As a browser does: come back whenever the stream ends, from where it ended."""
            last_id, pause = "", 0.1
            while True:
                headers = {"last-event-id": last_id} if last_id else {}
                async with aconnect_sse(
                    self.http,
                    "GET",
                    "/api/v1/stream",
                    params=query,
                    headers=headers,
                    timeout=None,
                ) as source:
                    opened.set()
                    async for event in source.aiter_sse():
                        last_id = event.id or last_id
                        pause = event.retry / 1000 if event.retry else pause
                        stream.note(event.event, event.id, event.data)
                await asyncio.sleep(pause)

        reading = asyncio.create_task(read())
        try:
            async with asyncio.timeout(10):
                await opened.wait()
            yield stream
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


@dataclass(slots=True)
class Stream:
    """What came over a live stream so far."""

    events: list[tuple[str, str, str]] = field(default_factory=list)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, name: str, id_: str, data: str) -> None:
        self.events.append((name, id_, data))
        self._changed.set()

    async def expect(self, *needles: str, seconds: float = 40.0) -> tuple[str, str, str]:
        """The first event that mentions all of these, come or still to come."""
        async with asyncio.timeout(seconds):
            while True:
                for event in self.events:
                    if all(needle in f"{event[0]} {event[2]}" for needle in needles):
                        return event
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def browser(url: str, email: str) -> AsyncIterator[DeskHand]:
    """A browser that nobody has signed in with yet."""
    async with httpx.AsyncClient(
        base_url=url, headers={"origin": url}, timeout=15, trust_env=False
    ) as http:
        yield DeskHand(http=http, email=email)


@asynccontextmanager
async def colleague_of(
    owner: DeskHand, url: str, email: str, role: str, **access: Any
) -> AsyncIterator[DeskHand]:
    """Somebody with one of the roles that come with Parley, who has just accepted an invitation."""
    roles = {each["template"]: each["id"] for each in await owner.do("GET", "/team/roles")}
    invitation = {"emails": [email], "role_ids": [roles[role]], **access}
    (sent,) = await owner.do("POST", "/team/invitations", invitation)
    async with browser(url, email) as colleague:
        answers = {"name": "Quinn", "password": PASSWORD, "locale": "en", "time_zone": "UTC"}
        await colleague.do("POST", f"/invitations/{sent['token']}", answers)
        yield colleague
