"""What stands behind all proxies: a route of a service, bare bytes, and who holds the API key."""

from typing import Any
from uuid import UUID

import orjson
from fastapi import APIRouter, FastAPI, Response
from starlette.types import Receive, Scope, Send

from benchmarks.people import administrator
from benchmarks.world import INTERNAL_KEY
from shared.clock import SystemClock
from shared.db.database import Database
from shared.http.app import create_app
from shared.http.tokens import TokenVerifier, identity_to_claims
from shared.http.unit_of_work import Backend, CurrentIdentity, LongRoute
from shared.observability.logs import configure_logging

CALLER = administrator(UUID(int=7))

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
_BARE = {"/bare": _KILOBYTE, "/internal/api-keys/resolve": _RESOLVED}


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    body: Any = _BARE.get(scope.get("path", ""))
    if body is None:
        await _SERVICE(scope, receive, send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": _HEAD})
    await send({"type": "http.response.body", "body": body})
