"""What stands behind all proxies: a route, bare bytes, a large body, and who holds the API key."""

import asyncio
from typing import Any

import orjson
from fastapi import APIRouter, FastAPI, Response
from starlette.types import Receive, Scope, Send

from benchmarks.people import CALLER
from benchmarks.world import INTERNAL_KEY
from shared.clock import SystemClock
from shared.db.database import Database
from shared.http.app import create_app
from shared.http.tokens import TokenVerifier, identity_to_claims
from shared.http.unit_of_work import Backend, CurrentIdentity, LongRoute
from shared.observability.logs import configure_logging

BODY_BYTES = 10 * 1024 * 1024
PAUSE_SECONDS = 0.5
"""How long whoever receives a large body does not read, once it has begun."""

_CHUNK = bytes(64 * 1024)
_KILOBYTE = orjson.dumps({"text": "x" * 1_000})
_RESOLVED = orjson.dumps({"identity": identity_to_claims(CALLER)})
_HEAD = [(b"content-type", b"application/json")]

router = APIRouter(route_class=LongRoute)


@router.get("/kilobyte")
async def kilobyte(_caller: CurrentIdentity) -> Response:
    """A route as services have them: request context, token, identity; without a database."""
    return Response(_KILOBYTE, media_type="application/json")


async def _nothing() -> None: ...


def _service() -> FastAPI:
    configure_logging("bench", "INFO", as_json=True)
    database = Database("postgresql://nobody@127.0.0.1:1/none", producer="bench")
    backend = Backend(database, TokenVerifier((INTERNAL_KEY,), SystemClock()))
    return create_app("bench", backend, [router], checks={}, before_scrape=_nothing)


_SERVICE = _service()
_BARE = {"/bare": _KILOBYTE, "/internal/api-keys/resolve": _RESOLVED, "/internal/ready": b"{}"}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    path = scope.get("path", "")
    if path == "/body":
        await (_give if scope["method"] == "GET" else _take)(receive, send)
    elif path in _BARE:
        await send({"type": "http.response.start", "status": 200, "headers": _HEAD})
        await send({"type": "http.response.body", "body": _BARE[path]})
    else:
        await _SERVICE(scope, receive, send)


async def _give(_receive: Receive, send: Send) -> None:
    headers = [*_HEAD, (b"content-length", str(BODY_BYTES).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for _ in range(BODY_BYTES // len(_CHUNK)):
        await send({"type": "http.response.body", "body": _CHUNK, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def _take(receive: Receive, send: Send) -> None:
    """How many bytes came, after a pause in which nothing is read."""
    message: Any = await receive()
    await asyncio.sleep(PAUSE_SECONDS)
    taken = len(message["body"])
    while message["more_body"]:
        message = await receive()
        taken += len(message["body"])
    await send({"type": "http.response.start", "status": 200, "headers": _HEAD})
    await send({"type": "http.response.body", "body": str(taken).encode()})
