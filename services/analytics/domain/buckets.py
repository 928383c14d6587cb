"""A histogram of durations that can be added up: every duration belongs to one bucket.

The bounds grow by a tenth from one to the next and hold the thresholds that people ask for, so that
"answered within an hour" is exact. A quantile is told as the mean of its bucket, which is never
further than 10 % from the true one, and exact where a bucket holds one duration.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

GROWTH = 1.1
THRESHOLDS = (900, 3600, 4 * 3600, 24 * 3600)
"""Answered within 15 minutes, one hour, four hours, a day."""

_LONGEST = 10 * 366 * 24 * 3600


def _bounds() -> tuple[int, ...]:
    """The longest duration of each bucket, in whole seconds."""
    found, bound = set(THRESHOLDS), 0
    while bound < _LONGEST:
        found.add(bound)
        bound = max(bound + 1, int(bound * GROWTH))
    return tuple(sorted(found))


BOUNDS = _bounds()
_EXACT = 10


def bucket_of(seconds: int) -> int:
    """The number of the bucket that holds a duration; the last takes more than ten years."""
    if seconds <= _EXACT:
        return seconds
    return bisect_left(BOUNDS, seconds)


class Pile(NamedTuple):
    """How many durations a bucket holds, and what they add up to."""

    size: int
    total: int

    @property
    def mean(self) -> float:
        return self.total / self.size


Histogram = Mapping[int, Pile]


def quantiles(histogram: Histogram, *shares: float) -> list[float]:
    """For each share the duration that so many of all do not exceed, where there is any.

    Between two neighbours at the middle the mean of both is the median, as everywhere.
    """
    piles = [histogram[bucket] for bucket in sorted(histogram)]
    ends = list(accumulate(pile.size for pile in piles))
    return [_quantile(piles, ends, share * (ends[-1] - 1)) for share in shares]


def _quantile(piles: Sequence[Pile], ends: Sequence[int], place: float) -> float:
    """What lies at a place between two ranks, which are counted from zero."""
    rank = int(place)
    low = piles[bisect_right(ends, rank)].mean
    high = piles[bisect_right(ends, min(rank + 1, ends[-1] - 1))].mean
    return low + (high - low) * (place - rank)


def within(histogram: Histogram, seconds: int) -> int:
    """How many durations do not exceed one of the thresholds."""
    last = bucket_of(seconds)
    return sum(pile.size for bucket, pile in histogram.items() if bucket <= last)
