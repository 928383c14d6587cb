"""From roll-ups to numbers: counts, shares, and what a histogram says of durations."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.analytics.domain.buckets import THRESHOLDS, Pile, quantiles, within
from services.analytics.domain.measurement import Measure
from services.analytics.domain.metrics import RECIPES, Metric, Shape

MOMENT = -1
"""The bucket of what has no duration."""


class HoursMode(StrEnum):
    """Which hours count.

    `all`: everything, by the wall clock. `business`: what happened in business hours, and durations
    that touch them, in business time. `off`: the rest, by the wall clock.
    """

    ALL = "all"
    BUSINESS = "business"
    OFF = "off"


class Clock(StrEnum):
    """How roll-ups keep a measurement apart.

    What has to do with business hours is kept by the wall clock and, where it is a duration, in
    business time, too; what has not is `off`.
    """

    WALL = "wall"
    BUSINESS = "business"
    OFF = "off"


MOMENT_CLOCKS: Mapping[HoursMode, frozenset[Clock]] = {
    HoursMode.ALL: frozenset({Clock.WALL, Clock.OFF}),
    HoursMode.BUSINESS: frozenset({Clock.WALL}),
    HoursMode.OFF: frozenset({Clock.OFF}),
}
DURATION_CLOCKS: Mapping[HoursMode, frozenset[Clock]] = {
    **MOMENT_CLOCKS,
    HoursMode.BUSINESS: frozenset({Clock.BUSINESS}),
}


@dataclass(slots=True)
class Sums:
    """What roll-ups add up to for one cell of a report."""

    moments: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    durations: dict[str, dict[int, Pile]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, measure: str, bucket: int, count: int, total: int) -> None:
        if bucket == MOMENT:
            self.moments[measure] += count
            return
        piles = self.durations[measure]
        before = piles.get(bucket, Pile(0, 0))
        piles[bucket] = Pile(before.size + count, before.total + total)

    def count(self, *measures: Measure) -> int:
        return sum(self.moments.get(measure.value, 0) for measure in measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """What durations look like, in seconds; `within` counts those up to each threshold."""

    mean: float
    median: float
    p90: float
    fastest: float
    slowest: float
    within: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number. `value` is what is shown: a count, a share, a median in seconds.

    `count` is how many items stand behind it, `of` what a share is a share of.
    """

    value: float | None
    count: int
    of: int | None = None
    spread: Spread | None = None


def figure(metric: Metric, sums: Sums) -> Figure:
    """The number that the sums give."""
    recipe = RECIPES[metric]
    count = sums.count(*recipe.parts)
    match recipe.shape:
        case Shape.COUNT:
            return Figure(value=count, count=count)
        case Shape.BALANCE:
            left = count - sums.count(*recipe.rest)
            return Figure(value=left, count=left)
        case Shape.SHARE:
            whole = sums.count(*(recipe.whole or (*recipe.parts, *recipe.rest)))
            return Figure(value=count / whole if whole else None, count=count, of=whole)
        case Shape.DURATION:
            return _duration(sums.durations.get(recipe.parts[0].value, {}))


def _duration(histogram: Mapping[int, Pile]) -> Figure:
    piles = {bucket: pile for bucket, pile in histogram.items() if pile.size}
    count = sum(pile.size for pile in piles.values())
    if not count:
        return Figure(value=None, count=0)
    median, p90 = quantiles(piles, 0.5, 0.9)
    spread = Spread(
        mean=sum(pile.total for pile in piles.values()) / count,
        median=median,
        p90=p90,
        fastest=piles[min(piles)].mean,
        slowest=piles[max(piles)].mean,
        within={seconds: within(piles, seconds) for seconds in THRESHOLDS},
    )
    return Figure(value=spread.median, count=count, spread=spread)
