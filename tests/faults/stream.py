"""A browser that follows the live stream over all outages, and what it can claim to have shown."""

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from httpx_sse import SSEError, aconnect_sse

_PAUSE_SECONDS = 0.3
Json = dict[str, Any]


@dataclass(slots=True)
class Follower:
    """`seen` are the events by their id; at each of `resets` it fetched everything anew."""

    http: httpx.AsyncClient
    seen: dict[str, datetime] = field(default_factory=dict)
    resets: list[datetime] = field(default_factory=list)
    news: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)
    resumed: int = 0
    last_id: str = ""

    async def run(self) -> None:
        while True:
            with suppress(httpx.HTTPError, SSEError):  # The gateway is away.
                await self._follow()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _follow(self) -> None:
        headers = {"last-event-id": self.last_id} if self.last_id else {}
        limits = httpx.Timeout(5, read=45)
        async with aconnect_sse(
            self.http, "GET", "/api/v1/stream", headers=headers, timeout=limits
        ) as source:
            if not self.last_id:
                self.resets.append(datetime.now(UTC))
            elif source.response.is_success:
                self.resumed += 1
            async for event in source.aiter_sse():
                self.last_id = event.id or self.last_id
                if event.event == "reset":
                    self.resets.append(datetime.now(UTC))
                elif event.data and event.event != "hello":
                    self._note(json.loads(event.data))

    def _note(self, told: Json) -> None:
        if "event_id" in told:
            self.seen.setdefault(str(told["event_id"]), datetime.now(UTC))
            self.news.put_nowait(told)

    def missed(self, event_id: str, at: datetime) -> bool:
        """Neither shown nor excused by a later word that everything must be fetched anew."""
        return event_id not in self.seen and not any(reset > at for reset in self.resets)
