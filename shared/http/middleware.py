"""The one pure ASGI middleware around every app: request id, faults, log line, metrics, trace."""

import time
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.problems import fault_problem, problem_response
from shared.ids import new_id
from shared.observability.metrics import REQUESTS
from shared.observability.tracing import span

log = structlog.get_logger()

REQUEST_ID = b"x-request-id"
_ID_LENGTH = 64
_QUIET = frozenset({"/internal/health", "/internal/ready", "/internal/metrics"})


def header(scope: Scope, name: bytes) -> str | None:
    """The value of a request header; names are lower case."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


def request_id_of(scope: Scope) -> str:
    """The caller's request id when it is a plain short word, else a new one."""
    given = header(scope, REQUEST_ID)
    if given and len(given) <= _ID_LENGTH and given.replace("-", "").isalnum():
        return given
    return str(new_id())


class RequestContext:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        status = None

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (REQUEST_ID, request_id.encode())]
            await send(message)

        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                with span(f"{scope['method']} {scope['path']}", header(scope, b"traceparent")):
                    await self._app(scope, receive, send_with_id)
            except Exception:
                log.exception("http.fault", path=scope["path"])
                if status is not None:
                    raise
                fault = problem_response(fault_problem(request_id))
                await fault(scope, receive, send_with_id)
            finally:
                _record(scope, status or 500, time.perf_counter() - started)


def _record(scope: Scope, status: int, seconds: float) -> None:
    route: Any = scope.get("route")
    pattern = getattr(route, "path", "unmatched")
    if pattern in _QUIET:
        return
    REQUESTS.labels(pattern, scope["method"], status).observe(seconds)
    log.info(
        "http.request",
        method=scope["method"],
        path=scope["path"],
        status=status,
        ms=round(seconds * 1000, 1),
    )
