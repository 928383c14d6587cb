"""The FastAPI app of the gateway's own routes, and the loops that run beside it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from gateway import api, documentation, unsubscribe
from gateway.api import CurrentActor
from gateway.authentication import Authenticator
from gateway.directory import Directory
from gateway.documentation import Documentation
from gateway.errors import ConversationUnseenError, NoRouteError
from gateway.live.desk import PresenceDesk
from gateway.live.feed import Feed
from gateway.live.hub import Hub
from gateway.schemas import HealthView, PresenceSignal
from gateway.upstreams import Upstreams
from shared.errors import UnavailableError
from shared.http.problems import MALFORMED, answers, render_problems
from shared.http.strict_json import StrictRoute

Loop = Callable[[], Coroutine[Any, Any, None]]

router = APIRouter(route_class=StrictRoute)

STREAMS = Gauge("parley_gateway_streams", "Live streams that are open.")
CONNECTIONS = Gauge("parley_gateway_connections", "Connections to a service.", ["upstream"])


@dataclass(frozen=True, slots=True)
class OwnParts:
    """What the routes need; they find it as `app.state`."""

    directory: Directory
    authenticator: Authenticator
    upstreams: Upstreams
    desk: PresenceDesk
    hub: Hub
    feed: Feed
    secure: bool
    metrics_token: str | None


@router.post(
    "/api/v1/presence",
    status_code=204,
    operation_id="signal_presence",
    tags=["live"],
    responses=answers(ConversationUnseenError),
)
async def signal_presence(request: Request, actor: CurrentActor, body: PresenceSignal) -> None:
    feed: Feed = request.app.state.feed
    desk: PresenceDesk = request.app.state.desk
    await feed.check()
    await desk.signal(actor, body)


@router.get("/healthz", operation_id="health", tags=["health"])
async def health(request: Request) -> HealthView:
    """200 while the gateway itself answers; a part that is away does not take it out of service."""
    upstreams: Upstreams = request.app.state.upstreams
    feed: Feed = request.app.state.feed
    parts = dict(await upstreams.health())
    try:
        await feed.check()
        parts["live"] = "ok"
    except UnavailableError as error:
        parts["live"] = error.detail
    stopped = [task.get_name() for task in request.app.state.tasks if task.done()]
    parts["gateway"] = f"Stopped: {', '.join(stopped)}." if stopped else "ok"
    return HealthView(ready=set(parts.values()) <= {"ok"}, parts=parts)


@router.get("/internal/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    """For the scraper that knows the token; for anybody else there is nothing here."""
    token: str | None = request.app.state.metrics_token
    given = request.headers.get("authorization", "")
    if token is None or not compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise NoRouteError
    hub: Hub = request.app.state.hub
    STREAMS.set(len(hub))
    upstreams: Upstreams = request.app.state.upstreams
    for name, pool in upstreams.pools.items():
        CONNECTIONS.labels(name).set(pool.open_connections)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _left_to_the_dispatcher(_: Request, error: Exception) -> Response:
    """It logs faults and answers them the same for every request."""
    raise error


def create_own_app(parts: OwnParts, loops: Mapping[str, Loop], closers: list[Loop]) -> FastAPI:
    """The app; its lifespan runs the loops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for close in closers:
                stack.push_async_callback(close)
            tasks = [asyncio.create_task(loop(), name=name) for name, loop in loops.items()]
            app.state.tasks = tasks
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    app = FastAPI(
        title="Parley gateway",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        responses=MALFORMED,
    )
    for name in OwnParts.__dataclass_fields__:
        setattr(app.state, name, getattr(parts, name))
    app.state.documentation = Documentation(parts.upstreams)
    render_problems(app)
    app.add_exception_handler(Exception, _left_to_the_dispatcher)
    for part in (api.router, documentation.router, unsubscribe.router, router):
        app.include_router(part)
    return app
