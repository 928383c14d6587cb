"""Measuring in turn: warm up, then A B A B, so that whatever else the machine does meets both."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.meter import Meter

Turn = Callable[[], Awaitable["Turned"]]


@dataclass(frozen=True, slots=True)
class Turned:
    """What one turn did: how many operations, and how long single ones took, in seconds.

    A load generator says by itself how long it worked, and only some percentiles, by percent.
    """

    operations: int
    latencies: Sequence[float] = ()
    percentiles: Mapping[int, float] = field(default_factory=dict)
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Contestant:
    """Something to measure, and the processes that work for it, by name."""

    name: str
    turn: Turn
    processes: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Score:
    """What a contestant showed in all of its turns."""

    rates: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    percentiles: dict[int, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Operations a second, the median of the turns."""
        return median(self.rates)

    def percentile(self, percent: int) -> float:
        """Milliseconds that so many of a hundred single operations do not exceed."""
        if percent in self.percentiles:
            return median(self.percentiles[percent]) * 1000
        return quantiles(self.latencies, n=100, method="inclusive")[percent - 1] * 1000

    def cpu_of(self, process: str) -> float:
        """Microseconds of a processor for one operation."""
        return median(self.cpu[process]) * 1e6

    def _take(self, turned: Turned, seconds: float, meter: Meter) -> None:
        self.rates.append(turned.operations / (turned.seconds or seconds))
        self.latencies.extend(turned.latencies)
        for percent, latency in turned.percentiles.items():
            self.percentiles.setdefault(percent, []).append(latency)
        for process, spent in meter.spent().items():
            self.cpu.setdefault(process, []).append(spent / turned.operations)


async def in_turn(*contestants: Contestant, rounds: int = 4) -> dict[str, Score]:
    """Let each warm up once, then all of them in turn; the scores by name."""
    scores = {one.name: Score() for one in contestants}
    for number in range(rounds + 1):
        for one in contestants:
            meter = Meter(one.processes)
            started = time.perf_counter()
            turned = await one.turn()
            seconds = time.perf_counter() - started
            if number:
                scores[one.name]._take(turned, seconds, meter)  # noqa: SLF001 - a score is only written here
            await asyncio.sleep(0)
    return scores
