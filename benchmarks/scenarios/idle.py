"""What the whole platform takes when nobody does anything, and how long it takes to start."""

import asyncio
import shutil
from collections.abc import Sequence

from benchmarks.figures import Figure, Target
from benchmarks.installation import installed
from benchmarks.meter import Meter
from benchmarks.world import HOME, World

_HOME = HOME / "installation"
_SETTLED_SECONDS = 10
_IDLE_SECONDS = 20
_MEGABYTE = 1e6


async def measure(_world: World) -> Sequence[Figure]:
    shutil.rmtree(_HOME, ignore_errors=True)
    async with installed(_HOME) as first:
        pass
    async with installed(_HOME) as again:
        await asyncio.sleep(_SETTLED_SECONDS)
        meter = Meter({"platform": again.pid})
        await asyncio.sleep(_IDLE_SECONDS)
        share = meter.spent()["platform"] / _IDLE_SECONDS * 100
        memory = meter.memory()["platform"] / _MEGABYTE
    return [
        Figure(name="idle: first start, empty database", value=first.seconds, unit="s"),
        Figure(
            name="idle: later start", value=again.seconds, unit="s", target=Target(6, at_most=True)
        ),
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
