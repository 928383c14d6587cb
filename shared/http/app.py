"""The FastAPI app of a service: the same health, errors, docs and middleware everywhere."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager

from fastapi import APIRouter, FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import BaseModel

from shared.errors import ParleyError
from shared.http.middleware import RequestContext
from shared.http.problems import MALFORMED, render_problems
from shared.http.unit_of_work import Backend

Check = Callable[[], Awaitable[None]]


class Health(BaseModel):
    """`ready` is false while a part that requests need does not answer; `parts` says which."""

    ready: bool
    parts: dict[str, str]


def create_app(
    name: str,
    backend: Backend,
    routers: Sequence[APIRouter],
    *,
    checks: Mapping[str, Check],
    before_scrape: Check,
    lifespan: Callable[[FastAPI], AbstractAsyncContextManager[None]] | None = None,
) -> FastAPI:
    """Wire a service's routers to its backend."""
    app = FastAPI(
        title=f"Parley {name}",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/internal/openapi.json",
        # A service does not know under which address it is seen, so it cannot redirect to itself.
        redirect_slashes=False,
        responses=MALFORMED,
    )
    app.state.backend = backend
    render_problems(app)
    app.add_middleware(RequestContext)
    app.include_router(_health_router(checks, before_scrape))
    for router in routers:
        app.include_router(router)
    return app


def _health_router(checks: Mapping[str, Check], before_scrape: Check) -> APIRouter:
    router = APIRouter(prefix="/internal", include_in_schema=False)

    @router.get("/health")
    async def health() -> dict[str, bool]:
        return {"alive": True}

    @router.get("/ready")
    async def ready(response: Response) -> Health:
        parts = {name: await _state(check) for name, check in checks.items()}
        health = Health(ready=set(parts.values()) <= {"ok"}, parts=parts)
        response.status_code = 200 if health.ready else 503
        return health

    @router.get("/metrics")
    async def metrics() -> Response:
        await before_scrape()
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return router


async def _state(check: Check) -> str:
    try:
        await check()
    except (ParleyError, OSError) as error:
        return str(error) or type(error).__name__
    return "ok"
