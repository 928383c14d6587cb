"""Puts the network together: one world, the public API over it, the hidden hand beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from deploy.sandbox.admin import faults as admin_faults
from deploy.sandbox.admin import people as admin_people
from deploy.sandbox.admin import world as admin_world
from deploy.sandbox.api import measures, media, oauth, reads, writes
from deploy.sandbox.api.context import Sandbox
from deploy.sandbox.audience import Audience
from deploy.sandbox.brands import Brands
from deploy.sandbox.clock import VirtualClock
from deploy.sandbox.demo import build_demo
from deploy.sandbox.faults import FaultPlane, Occasion, Plane
from deploy.sandbox.faulty import Faulty
from deploy.sandbox.grants import Grants
from deploy.sandbox.limits import Limits
from deploy.sandbox.model import Event
from deploy.sandbox.people import People
from deploy.sandbox.refusals import RefusalError
from deploy.sandbox.scripts import Script
from deploy.sandbox.settings import SandboxSettings
from deploy.sandbox.snapshot import Snapshot
from deploy.sandbox.traffic import Traffic
from deploy.sandbox.views import Views
from deploy.sandbox.webhooks import Manner, Webhooks
from deploy.sandbox.world import World


def build_sandbox(settings: SandboxSettings, manner: Manner | None = None) -> Sandbox:
    clock = VirtualClock()
    world = World(clock, settings.seed)
    people = People(world)
    plane = FaultPlane(clock, settings.seed)

    def lost(event: Event) -> bool:
        occasion = Occasion(plane=Plane.FEED, account=event.account_id, event=event.type)
        return plane.strike(occasion) is not None

    world.lose_event = lost
    return Sandbox(
        world=world,
        people=people,
        brands=Brands(world),
        views=Views(world),
        audience=Audience(world),
        grants=Grants(world, settings.token_life),
        limits=Limits(clock),
        plane=plane,
        webhooks=Webhooks(world, plane, manner),
        traffic=Traffic(Script(world, people, settings.seed)),
    )


def fill(sandbox: Sandbox, seed: int) -> None:
    build_demo(sandbox.world, sandbox.brands, sandbox.traffic.script, seed)


def create_app(settings: SandboxSettings, manner: Manner | None = None) -> FastAPI:
    sandbox = build_sandbox(settings, manner)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with _living(sandbox, settings):
            yield

    app = FastAPI(title="Parley sandbox network", version="1", lifespan=lifespan)
    app.state.sandbox = sandbox
    app.add_exception_handler(RefusalError, _refuse)
    for router in (oauth.router, reads.router, measures.router, writes.router, media.router):
        app.include_router(router)
    for router in (admin_world.router, admin_people.router, admin_faults.router):
        app.include_router(router)
    app.add_middleware(
        Faulty,
        plane=sandbox.plane,
        grants=sandbox.grants,
        world=sandbox.world,
        flush=sandbox.webhooks.flush,
    )
    return app


@asynccontextmanager
async def _living(sandbox: Sandbox, settings: SandboxSettings) -> AsyncIterator[None]:
    """From the first moment of the world, or where it was left, to the moment it is saved."""
    path = settings.state_file
    snapshot = Snapshot(sandbox.world, path, settings.save_seconds) if path else None
    if snapshot is not None and snapshot.load():
        # The people go on from here; with the old seed they would say the same things again.
        seed = settings.seed + sandbox.world.state.counter
        sandbox.traffic.script = Script(sandbox.world, sandbox.people, seed)
    elif settings.demo:
        fill(sandbox, settings.seed)
    sandbox.world.listen(sandbox.webhooks.announce)
    if snapshot is not None:
        snapshot.start()
        sandbox.world.keep = snapshot.keep
    sandbox.traffic.start(settings.per_minute)
    yield
    await sandbox.traffic.stop()
    await sandbox.webhooks.close()
    if snapshot is not None:
        await snapshot.close()


async def _refuse(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RefusalError)  # noqa: S101 - registered for this class only
    return JSONResponse(error.body(), error.status, error.headers)
