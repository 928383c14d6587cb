"""Carries out the faults that strike requests, as ASGI middleware around the public API.

A time-out closes the connection without an answer after a while; a reset does so at once and
abruptly. Both need the socket, which the server lends through `Connections`.
"""

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deploy.sandbox.faults import Effect, EffectType, FaultPlane, Occasion, Plane
from deploy.sandbox.grants import Grants
from deploy.sandbox.views import horizon
from deploy.sandbox.world import World


class Connections(Protocol):
    """Access to the transport behind a request."""

    def transport(self, client: tuple[str, int]) -> asyncio.Transport | None: ...


class BrokenConnectionError(ConnectionError):
    """Nobody can be cut off, because no socket stands behind this request."""


class _Request:
    """One request and the answer that the application gave, held back."""

    def __init__(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        self.app, self.scope, self.receive, self.send = app, scope, receive, send
        self.held: list[Message] = []

    async def run(self) -> None:
        await self.app(self.scope, self.receive, self.send)

    async def run_held(self) -> None:
        async def hold(message: Message) -> None:
            self.held.append(message)

        await self.app(self.scope, self.receive, hold)

    async def release(self) -> None:
        for message in self.held:
            await self.send(message)

    @property
    def token(self) -> str:
        headers: list[tuple[bytes, bytes]] = self.scope["headers"]
        value = dict(headers).get(b"authorization", b"").decode("latin-1")
        return value.removeprefix("Bearer ").strip()

    @property
    def account(self) -> str | None:
        parts = str(self.scope["path"]).split("/")
        return parts[3] if len(parts) > 3 and parts[2] == "accounts" else None  # noqa: PLR2004 - /v1/accounts/{id}


class Faulty:
    """The middleware. One effect strikes a request at most: the first that fits."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        plane: FaultPlane,
        grants: Grants,
        world: World,
        flush: Callable[[], Awaitable[None]],
    ) -> None:
        self._app = app
        self._plane = plane
        self._grants = grants
        self._world = world
        self._flush = flush

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not str(scope["path"]).startswith(("/v1/", "/oauth/")):
            await self._app(scope, receive, send)
            return
        request = _Request(self._app, scope, receive, send)
        struck = self._plane.strike(
            Occasion(
                plane=Plane.REQUEST,
                method=scope["method"],
                path=scope["path"],
                account=request.account or self._grants.account_of(request.token),
            )
        )
        if struck is None:
            await request.run()
            return
        effect, injected = struck
        request.send = _marked(send, injected.id)
        await self._carry_out(effect, request)

    async def _carry_out(self, effect: Effect, request: _Request) -> None:
        match effect.type:
            case EffectType.STATUS | EffectType.RATE_LIMIT | EffectType.HTML:
                await _answer(request.send, *_refusal(effect))
            case (
                EffectType.TIMEOUT_BEFORE
                | EffectType.TIMEOUT_AFTER
                | EffectType.RESET
                | EffectType.RESET_AFTER
            ):
                await self._break(effect, request)
            case EffectType.MALFORMED | EffectType.TRUNCATED:
                await self._spoil(effect, request)
            case _:
                await self._disturb(effect, request)

    async def _disturb(self, effect: Effect, request: _Request) -> None:
        """Effects after which the request is served as usual."""
        token = horizon.set(None)
        try:
            match effect.type:
                case EffectType.LATENCY:
                    await asyncio.sleep(effect.seconds)
                case EffectType.TOKEN_EXPIRED:
                    self._grants.expire(request.token)
                case EffectType.TOKEN_REVOKED:
                    self._grants.revoke(request.token)
                case EffectType.SCOPE_REMOVED:
                    self._grants.drop_scope(request.token, effect.scope)
                case EffectType.STALE_READ:
                    horizon.set(self._lagging(effect.events))
            if effect.type is EffectType.EVENT_BEFORE_RESPONSE:
                await request.run_held()
                await self._flush()
                await request.release()
            else:
                await request.run()
        finally:
            horizon.reset(token)

    def _lagging(self, events: int) -> int:
        """The place in the world's order just before the last so many items and events."""
        recent = self._world.state.events[-events:]
        if not recent:
            return 0
        item = self._world.state.items.get(recent[0].data.get("item", {}).get("id", ""))
        return min(recent[0].seq, item.seq if item else recent[0].seq) - 1

    async def _break(self, effect: Effect, request: _Request) -> None:
        if effect.type in (EffectType.TIMEOUT_AFTER, EffectType.RESET_AFTER):
            await request.run_held()
        if effect.type in (EffectType.TIMEOUT_AFTER, EffectType.TIMEOUT_BEFORE):
            await asyncio.sleep(effect.seconds)
        self._cut(request, abruptly=effect.type in (EffectType.RESET, EffectType.RESET_AFTER))

    async def _spoil(self, effect: Effect, request: _Request) -> None:
        await request.run_held()
        start, body = request.held[0], b"".join(m.get("body", b"") for m in request.held[1:])
        if effect.type is EffectType.MALFORMED:
            headers = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
            await _answer(request.send, start["status"], headers, body[: len(body) // 2] + b"}{")
            return
        await request.send(start)
        half = {"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True}
        await request.send(half)
        await asyncio.sleep(0)
        self._cut(request, abruptly=False)

    def _cut(self, request: _Request, *, abruptly: bool) -> None:
        connections: Connections | None = getattr(request.scope["app"].state, "connections", None)
        client = request.scope["client"]
        transport = None if connections is None else connections.transport(client)
        if transport is None:
            raise BrokenConnectionError
        if abruptly:
            # A linger time of zero makes the kernel send a reset instead of a polite end.
            raw = transport.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            transport.abort()
        else:
            transport.close()


def _refusal(effect: Effect) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    if effect.type is EffectType.HTML:
        page = b"<!doctype html><title>502</title><h1>Bad gateway</h1>"
        return 502, [(b"content-type", b"text/html")], page
    headers = {"content-type": "application/json", **effect.headers}
    status, code = effect.status, effect.code
    if effect.type is EffectType.RATE_LIMIT:
        status, code = 429, "rate_limited"
        headers = {"Retry-After": str(effect.retry_after), **headers}
    body: dict[str, Any] = {"error": {"code": code, "message": "This was asked for."}}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return status, raw, orjson.dumps(body)


def _marked(send: Send, injected_id: str) -> Send:
    """Name the fault in the answer, so that a trace shows it was no accident."""

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            mark = (b"x-sandbox-fault", injected_id.encode())
            message = {**message, "headers": [*message["headers"], mark]}
        await send(message)

    return marked


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
