"""The answer on its way out: request id, security headers, and a problem when nothing was sent."""

import time
from typing import Any

import orjson

from gateway.errors import RateLimitError, gateway_problem
from gateway.inbound import Headers, Inbound
from gateway.limits import limit_headers
from shared.errors import ParleyError
from shared.http.problems import MEDIA_TYPE, Problem
from shared.observability.metrics import REQUESTS

# What an answer may do in a browser unless it says otherwise: nothing.
API_POLICY = b"default-src 'none'; frame-ancestors 'none'"
APP_POLICY = (
    b"default-src 'self'; base-uri 'none'; connect-src 'self'; font-src 'self'; form-action 'self';"
    b" frame-ancestors 'none'; img-src 'self' data: blob: https:; media-src 'self' blob: https:;"
    b" object-src 'none'; script-src 'self'; style-src 'self'"
)
_ALWAYS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
]
_POLICY: tuple[bytes, bytes] = (b"content-security-policy", API_POLICY)
_NO_STORE: tuple[bytes, bytes] = (b"cache-control", b"no-store")
_HSTS: tuple[bytes, bytes] = (b"strict-transport-security", b"max-age=31536000")

_HOPELESS = frozenset({408})
_observers: dict[tuple[str, str, int], Any] = {}


class Answer:
    """Wraps the server's `send`; `route` is the label of the metrics."""

    __slots__ = ("_inbound", "_secure", "_send", "_started_at", "route", "status")

    def __init__(self, inbound: Inbound, send: Any, *, secure: bool) -> None:
        self._inbound = inbound
        self._send = send
        self._secure = secure
        self._started_at = time.perf_counter()
        self.route = "own"
        self.status = 0

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = self._complete(message["headers"])
        await self._send(message)

    def _complete(self, headers: Any) -> Headers:
        inbound = self._inbound
        complete: Headers = [*headers, *_ALWAYS, *inbound.answer_headers]
        complete.append((b"x-request-id", inbound.request_id))
        names = {name for name, _ in headers}
        if _POLICY[0] not in names:
            complete.append(_POLICY)
        if _NO_STORE[0] not in names:
            complete.append(_NO_STORE)
        if self._secure or inbound.scheme == "https":
            complete.append(_HSTS)
        return complete

    async def problem(self, error: ParleyError) -> None:
        retry_after = error.data.get("retry_after")
        headers = [(b"retry-after", b"%d" % max(1, round(retry_after)))] if retry_after else []
        if isinstance(error, RateLimitError):
            headers += limit_headers(error.data["limit"], 0, error.data["retry_after"])
        await self._problem(gateway_problem(error), headers)

    async def fault(self) -> None:
        """What nobody declared; the log says what it was."""
        problem = Problem(
            status=500,
            code="internal",
            title="Something went wrong on our side.",
            detail="The fault is in the log under the request id.",
        )
        await self._problem(problem, [])

    async def _problem(self, problem: Problem, headers: Headers) -> None:
        inbound = self._inbound
        problem.request_id = inbound.request_id.decode()
        body = orjson.dumps(problem.model_dump(exclude_none=True))
        headers.append((b"content-type", MEDIA_TYPE.encode()))
        headers.append((b"content-length", b"%d" % len(body)))
        if problem.status in _HOPELESS or b"expect" in inbound.named:
            # Nobody knows whether the body will come. Any other body is read and dropped, because
            # closing on unread bytes would take the answer from the client.
            headers.append((b"connection", b"close"))
        await self.send(
            {"type": "http.response.start", "status": problem.status, "headers": headers}
        )
        await self.send({"type": "http.response.body", "body": body, "more_body": False})

    def observe(self) -> None:
        """Count the request under its route, method and status."""
        key = (self.route, self._inbound.method, self.status)
        observer = _observers.get(key)
        if observer is None:
            observer = _observers[key] = REQUESTS.labels(*key)
        observer.observe(time.perf_counter() - self._started_at)
