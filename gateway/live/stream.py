"""`/api/v1/stream`: one person's live stream as server-sent events, on bare ASGI."""

import asyncio
import time
from typing import Any
from urllib.parse import parse_qs

from gateway.authentication import Authenticator, SignedIn, read_credential
from gateway.errors import MethodRefusedError, ResponseCutError
from gateway.inbound import Headers, Inbound
from gateway.limits import RateLimits
from gateway.live.hub import Hub, Subscriber
from gateway.routes import RateClass
from gateway.session_cookie import session_cookie
from shared.clock import Clock

_HEADERS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # A front server must not collect events.
]


class Stream:
    def __init__(
        self,
        hub: Hub,
        authenticator: Authenticator,
        limits: RateLimits,
        clock: Clock,
    ) -> None:
        self._hub = hub
        self._authenticator = authenticator
        self._limits = limits
        self._clock = clock
        self.longest = 300.0
        self.secure = False

    async def __call__(self, inbound: Inbound, receive: Any, send: Any) -> None:
        if inbound.method != "GET":
            raise MethodRefusedError
        asked = parse_qs(inbound.query.decode("latin-1"))
        workspace = asked.get("workspace", [None])[0]
        last_id = inbound.text(b"last-event-id") or asked.get("last_event_id", [None])[0]
        signed = await self._authenticator.identify(read_credential(inbound, workspace))
        self._limits.hit(RateClass.READ, signed.who)
        subscriber = self._hub.subscribe(signed.identity, self._end_of(signed))
        try:
            self._hub.greet(subscriber, last_id)
            await self._run(subscriber, self._headers(inbound, signed), receive, send)
        finally:
            self._hub.leave(subscriber)

    async def _run(self, subscriber: Subscriber, headers: Headers, receive: Any, send: Any) -> None:
        watch = asyncio.create_task(_watch(subscriber, receive))
        given_up = _give_up_by(subscriber)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while data := await subscriber.take():
                await send({"type": "http.response.body", "body": data, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except asyncio.CancelledError:
            if not given_up.is_set():
                raise
            raise ResponseCutError("The client does not read.") from None
        finally:
            watch.cancel()

    def _end_of(self, signed: SignedIn) -> float:
        """When the client must come back with its present cookie: a session's token changes."""
        left = self.longest
        if signed.expires_at is not None:
            left = min(left, (signed.expires_at - self._clock.now()).total_seconds())
        return time.monotonic() + left

    def _headers(self, inbound: Inbound, signed: SignedIn) -> Headers:
        if signed.rotated is None:
            return _HEADERS
        secure = self.secure or inbound.scheme == "https"
        cookie = session_cookie(signed.rotated, signed.expires_at, secure=secure)
        return [*_HEADERS, (b"set-cookie", cookie)]


def _give_up_by(subscriber: Subscriber) -> asyncio.Event:
    """Let the hub end this task, which may hang in a write; set when it has."""
    task, given_up = asyncio.current_task(), asyncio.Event()

    def abort() -> None:
        given_up.set()
        if task is not None:
            task.cancel()

    subscriber.abort = abort
    return given_up


async def _watch(subscriber: Subscriber, receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    subscriber.close()
