"""A service as a process: its app, its relay, its consumers and its workers under one roof.

Each service's `app.py` builds a `Service`, its `__main__` hands that to `run`.
"""

import argparse
import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import orjson
import structlog
import uvicorn
from fastapi import APIRouter, FastAPI

from shared.clock import Clock, SystemClock
from shared.collector import calm_collector
from shared.db.database import Database
from shared.db.migrate import migrate
from shared.db.retention import Kept, Retention, kept_by_every_service
from shared.db.work import Worker, WorkKind
from shared.errors import UnavailableError
from shared.http.app import Check, create_app
from shared.http.server_protocol import ServerProtocol
from shared.http.tokens import TokenVerifier
from shared.http.unit_of_work import Backend
from shared.messaging.bus import Bus
from shared.messaging.connect import open_bus
from shared.messaging.consumer import ConsumerLoop, ConsumerStoppedError
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import Subscription
from shared.observability.logs import configure_logging
from shared.observability.metrics import LOOP_FAILURES
from shared.observability.tracing import configure_tracing
from shared.service.dead_letters import dead_letter_router
from shared.service.gauges import refresh_gauges
from shared.settings import ServiceSettings, read_settings

log = structlog.get_logger()

_FIRST_PAUSE = 1.0
_LONGEST_PAUSE = 60.0

S = TypeVar("S", bound=ServiceSettings)
Loop = Callable[[], Coroutine[Any, Any, None]]


@dataclass(slots=True)
class Parts:
    """What a service brings along; everything else is the same for all."""

    routers: Sequence[APIRouter]
    subscriptions: Sequence[Subscription] = ()
    work: Sequence[WorkKind] = ()
    kept: Sequence[Kept] = ()
    loops: Mapping[str, Loop] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    closers: Sequence[Callable[[], Coroutine[Any, Any, None]]] = ()


@dataclass(frozen=True, slots=True)
class Kernel:
    """What every service stands on, made from its settings."""

    name: str
    clock: Clock
    database: Database
    bus: Bus
    verifier: TokenVerifier
    bus_retention: timedelta
    lease: timedelta


def assemble(name: str, settings: ServiceSettings, clock: Clock) -> Kernel:
    """The database, the bus and the token verifier that the settings ask for."""
    platform = settings.platform
    return Kernel(
        name=name,
        clock=clock,
        database=Database(
            settings.database_url, producer=name, pool_size=settings.pool_size, clock=clock
        ),
        bus=open_bus(platform),
        verifier=TokenVerifier(platform.internal_keys, clock),
        bus_retention=timedelta(days=platform.bus_retention_days),
        lease=timedelta(seconds=platform.lease_seconds),
    )


class Service:
    """One running service."""

    def __init__(self, kernel: Kernel, parts: Parts) -> None:
        self.name = name = kernel.name
        self.kernel = kernel
        self.database = database = kernel.database
        self.bus = bus = kernel.bus
        self.parts = parts
        self.relay = Relay(database, bus, kernel.lease)
        self.consumer = ConsumerLoop(database, bus, name, parts.subscriptions)
        self.retention = Retention(
            database, [*kept_by_every_service(kernel.bus_retention), *parts.kept]
        )
        self.workers = [Worker(database, kind, kernel.lease) for kind in parts.work]
        self._tasks: dict[str, asyncio.Task[None]] = {}
        dead_letters = dead_letter_router(name, self.consumer.dispatcher)
        self.app: FastAPI = create_app(
            name,
            Backend(database, kernel.verifier),
            # First: a service may have `/{id}` routes, which would take their path for an id.
            [dead_letters, *parts.routers],
            checks={"database": database.ping, "loops": self._check_loops, **parts.checks},
            before_scrape=lambda: refresh_gauges(database, self.consumer),
            lifespan=self._lifespan,
        )

    @asynccontextmanager
    async def _lifespan(self, _app: FastAPI) -> AsyncIterator[None]:
        async with self.running():
            yield

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the loops in the background for the length of the block."""
        await self.bus.start()
        await self.bus.create_topics(self.consumer.topics)
        for name, loop in self._loops().items():
            self._tasks[name] = asyncio.create_task(
                keep_running(name, loop), name=f"{self.name}.{name}"
            )
        try:
            yield
        finally:
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)
            self._tasks.clear()
            for close in self.parts.closers:
                await close()
            await self.bus.stop()
            await self.database.close()

    def _loops(self) -> dict[str, Loop]:
        return {
            "relay": self.relay.run,
            "consumer": self.consumer.run,
            **{f"work.{worker.name}": worker.run for worker in self.workers},
            "retention": self.retention.run,
            **self.parts.loops,
        }

    async def _check_loops(self) -> None:
        dead = [name for name, task in self._tasks.items() if task.done() and not _is_idle(task)]
        if dead:
            raise UnavailableError(f"Stopped: {', '.join(sorted(dead))}.")


async def keep_running(name: str, loop: Loop) -> None:
    """Run a loop until it has nothing to do; after a fault begin it again, each time later.

    A consumer that was stopped on purpose stays stopped, for somebody to look at it.
    """
    pause = _FIRST_PAUSE
    while True:
        started = time.monotonic()
        try:
            await loop()
        except ConsumerStoppedError:
            raise
        except Exception:
            log.exception("service.loop_failed", loop=name)
            LOOP_FAILURES.labels(name).inc()
        else:
            return
        if time.monotonic() - started > _LONGEST_PAUSE:
            pause = _FIRST_PAUSE
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


def _is_idle(task: asyncio.Task[None]) -> bool:
    """A loop that returned had nothing to do; one that raised is broken."""
    return not task.cancelled() and task.exception() is None


def run(
    name: str, directory: Path, settings_class: type[S], build: Callable[[S, Clock], Service]
) -> None:
    """The body of every `__main__`: `serve`, `migrate` or `openapi`."""
    parser = argparse.ArgumentParser(prog=f"python -m services.{name}")
    parser.add_argument("action", nargs="?", default="serve", choices=ACTIONS)
    action = parser.parse_args().action
    settings = read_settings(settings_class)
    platform = settings.platform
    configure_logging(name, platform.log_level, as_json=platform.log_json)
    if action == "migrate":
        migrate(directory, settings.migration_url or settings.database_url)
        return
    if action == "openapi":
        service = build(settings, SystemClock())
        sys.stdout.write(orjson.dumps(service.app.openapi(), option=orjson.OPT_INDENT_2).decode())
        return
    configure_tracing(name, platform.otlp_endpoint, platform.trace_sample)
    serve(settings, build)


ACTIONS = ("serve", "migrate", "openapi")


def serve(settings: S, build: Callable[[S, Clock], Service]) -> None:
    """Serve until SIGTERM; requests under way are finished."""

    def make() -> FastAPI:
        app = build(settings, SystemClock()).app
        calm_collector()
        return app

    config = uvicorn.Config(
        make,
        factory=True,
        host=settings.host,
        port=settings.port,
        http=ServerProtocol,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # Who asks stands in the token of the gateway.
        # Longer than the gateway keeps an idle connection: it must not send into a closed one.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )
    uvicorn.Server(config).run()
