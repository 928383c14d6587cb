"""The outermost application: every request passes here, most of them straight to a service.

Bare ASGI, because each layer of a framework costs more than the rest of the way; the framework's
app is only asked for the gateway's own routes.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from gateway.answer import Answer
from gateway.authentication import Authenticator, read_credential
from gateway.cross_site import CrossSite
from gateway.errors import ClientGoneError, OverloadedError, ResponseCutError
from gateway.forward import Call, Forwarder
from gateway.headers import request_headers
from gateway.inbound import Inbound, Networks, judge, read_inbound
from gateway.limits import RateLimits
from gateway.routes import RateClass, Route, RouteTable
from gateway.session_cookie import session_cookie
from gateway.small_body import read_small, replay
from gateway.static_files import StaticFiles
from gateway.upstream.pool import Pool
from shared.errors import ParleyError
from shared.observability.tracing import current_traceparent, span

log = structlog.get_logger()

_SERVER_FAULT = 500

STREAM = b"/api/v1/stream"
_LOGIN_PATHS = (
    b"/api/v1/session",
    b"/api/v1/setup",
    b"/api/v1/invitations/",
    b"/api/v1/password-resets/",
)
_OWN_PATHS = (b"/api/", b"/healthz", b"/internal/")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What the settings say about every request."""

    trusted: Networks
    header_bytes: int
    requests_at_once: int
    secure: bool
    traced: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """Where a request can go."""

    own: Callable[[Any, Any, Any], Awaitable[None]]
    stream: Callable[[Inbound, Any, Any], Awaitable[None]]
    files: StaticFiles
    pools: Mapping[str, Pool]
    forwarder: Forwarder


class Dispatcher:
    def __init__(
        self,
        conditions: Conditions,
        doors: Doors,
        authenticator: Authenticator,
        limits: RateLimits,
        cross_site: CrossSite,
    ) -> None:
        self._conditions = conditions
        self._doors = doors
        self._authenticator = authenticator
        self._limits = limits
        self._cross_site = cross_site
        self._table = RouteTable()
        self._under_way = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._doors.own(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        inbound = read_inbound(scope, self._conditions.trusted)
        answer = Answer(inbound, send, secure=self._conditions.secure)
        try:
            judge(inbound, self._conditions.header_bytes)
            await self._count(scope, inbound, receive, answer)
        except ParleyError as error:
            await answer.problem(error)
            if answer.status >= _SERVER_FAULT:
                _report(inbound, answer, error)
        except ClientGoneError:
            answer.status = answer.status or 499
        except ResponseCutError as error:
            log.warning("gateway.answer_cut", route=answer.route, reason=str(error))
        except Exception:
            log.exception("gateway.fault", request_id=inbound.request_id.decode())
            if answer.status:
                raise
            await answer.fault()
        finally:
            answer.observe()

    async def _count(self, scope: Any, inbound: Inbound, receive: Any, answer: Answer) -> None:
        """Streams have a limit of their own; they are under way for ever."""
        inbound.answer_headers += self._cross_site.headers(inbound)
        preflight = self._cross_site.preflight(inbound)
        if preflight is not None:
            await answer.send({"type": "http.response.start", "status": 204, "headers": preflight})
            await answer.send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        if inbound.path == STREAM:
            answer.route = "stream"
            await self._doors.stream(inbound, receive, answer.send)
            return
        if self._under_way >= self._conditions.requests_at_once:
            raise OverloadedError(retry_after=1)
        self._under_way += 1
        try:
            await self._dispatch(scope, inbound, receive, answer)
        finally:
            self._under_way -= 1

    async def _dispatch(self, scope: Any, inbound: Inbound, receive: Any, answer: Answer) -> None:
        found = self._table.find(inbound.path)
        if found is not None:
            answer.route = found[0].prefix
            await self._forward(inbound, found, receive, answer)
        elif inbound.path.startswith(_OWN_PATHS):
            await self._serve_own(scope, inbound, receive, answer)
        else:
            answer.route = "static"
            await self._doors.files.serve(inbound, answer.send)

    async def _serve_own(self, scope: Any, inbound: Inbound, receive: Any, answer: Answer) -> None:
        if inbound.path.startswith(b"/api/"):
            self._cross_site.check(inbound)
            signs_in = inbound.method == "POST" and inbound.path.startswith(_LOGIN_PATHS)
            kind = RateClass.LOGIN if signs_in else RateClass.READ
            inbound.answer_headers += self._limits.hit(kind, inbound.network)
        state = scope.setdefault("state", {})
        state["request_id"] = inbound.request_id.decode()
        state["inbound"] = inbound
        body = await read_small(inbound, receive) if inbound.has_body else b""
        await self._doors.own(scope, replay(body, receive), answer.send)
        answer.route = getattr(scope.get("route"), "path", "own")

    async def _forward(
        self, inbound: Inbound, found: tuple[Route, bytes], receive: Any, answer: Answer
    ) -> None:
        route, path = found
        token = await self._admit(inbound, route)
        if not self._conditions.traced:
            traceparent = inbound.text(b"traceparent")
            await self._pass_on(inbound, route, (path, token, traceparent), receive, answer)
            return
        with span(f"{inbound.method} {route.prefix}"):
            traceparent = current_traceparent()
            await self._pass_on(inbound, route, (path, token, traceparent), receive, answer)

    async def _admit(self, inbound: Inbound, route: Route) -> bytes | None:
        """The internal token for the upstream, when the route asks who is there."""
        if not route.signed_in:
            inbound.answer_headers += self._limits.hit(RateClass.HOOK, inbound.network)
            return None
        self._cross_site.check(inbound)
        signed = await self._authenticator.identify(read_credential(inbound))
        kind = RateClass.READ if inbound.safe else RateClass.WRITE
        inbound.answer_headers += self._limits.hit(kind, signed.who)
        if signed.rotated is not None:
            secure = self._conditions.secure or inbound.scheme == "https"
            inbound.answer_headers.append(
                (b"set-cookie", session_cookie(signed.rotated, signed.expires_at, secure=secure))
            )
        return signed.token

    async def _pass_on(
        self,
        inbound: Inbound,
        route: Route,
        upstream: tuple[bytes, bytes | None, str | None],
        receive: Any,
        answer: Answer,
    ) -> None:
        path, token, traceparent = upstream
        call = Call(
            method=inbound.method,
            target=path + b"?" + inbound.query if inbound.query else path,
            headers=request_headers(inbound, token, traceparent),
            length=inbound.content_length,
            chunked=inbound.chunked,
            safe=inbound.safe,
            body_limit=route.body_limit,
            seconds=route.seconds,
        )
        pool = self._doors.pools[route.upstream]
        await self._doors.forwarder.forward(pool, call, receive, answer.send)


def _report(inbound: Inbound, answer: Answer, error: ParleyError) -> None:
    """What went wrong behind the gateway, once more for who reads its log."""
    log.warning(
        "gateway.failed",
        request_id=inbound.request_id.decode(),
        method=inbound.method,
        route=answer.route,
        status=answer.status,
        code=error.code,
        reason=error.detail,
    )
