"""What the whole platform takes when nobody does anything, and how long it takes to start."""

import asyncio
import shutil
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from benchmarks.figures import Figure, Target
from benchmarks.meter import Meter
from benchmarks.programs import running
from benchmarks.world import HOME, World
from deploy.healthcheck import is_ready
from deploy.local.ports import HOST, free_ports
from deploy.local.site import port_variable
from deploy.topology import GATEWAY, PROCESSES

_HOME = HOME / "installation"
_SETTLED_SECONDS = 10
_IDLE_SECONDS = 20
_MEGABYTE = 1024 * 1024


async def measure(_world: World) -> Sequence[Figure]:
    shutil.rmtree(_HOME, ignore_errors=True)
    async with _platform() as (_, first):
        pass
    async with _platform() as (pid, again):
        await asyncio.sleep(_SETTLED_SECONDS)
        meter = Meter({"platform": pid})
        await asyncio.sleep(_IDLE_SECONDS)
        share = meter.spent()["platform"] / _IDLE_SECONDS * 100
        memory = meter.memory()["platform"] / _MEGABYTE
    return [
        Figure(name="idle: first start, empty database", value=first, unit="s"),
        Figure(name="idle: later start", value=again, unit="s", target=Target(6, at_most=True)),
        Figure(
            name="idle: processor, all processes",
            value=share,
            unit="% of a core",
            target=Target(5, at_most=True),
        ),
        Figure(
            name="idle: memory (PSS), Postgres included",
            value=memory,
            unit="MB",
            target=Target(600, at_most=True),
        ),
    ]


@asynccontextmanager
async def _platform() -> AsyncIterator[tuple[int, float]]:
    """What `make run` starts, without demo data: its process, and after how long it was ready."""
    smtp, *ports = free_ports(1 + len(PROCESSES))
    ports_of = dict(zip(PROCESSES, ports, strict=True))
    environ = {port_variable(process): str(port) for process, port in ports_of.items()}
    environ |= {"PARLEY_HOME": str(_HOME), "PARLEY_DEMO": "no", "MAILBOX_SMTP_PORT": str(smtp)}
    started = time.perf_counter()
    port = ports_of[GATEWAY]
    async with running((sys.executable, "-m", "deploy.local"), port, environ) as pid:
        while not is_ready(f"http://{HOST}:{port}{GATEWAY.ready}"):  # noqa: ASYNC110 - nobody tells us when
            await asyncio.sleep(0.05)
        yield pid, time.perf_counter() - started
