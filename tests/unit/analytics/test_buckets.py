"""Histograms that can be added up, and how far from the truth they are."""

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.domain.buckets import (
    BOUNDS,
    GROWTH,
    THRESHOLDS,
    Pile,
    bucket_of,
    quantiles,
    within,
)
from services.analytics.domain.figures import Sums, figure
from services.analytics.domain.metrics import Metric

SECONDS = st.one_of(st.integers(0, 5_000), st.integers(0, 40_000_000), st.sampled_from(THRESHOLDS))


def histogram(durations: list[int]) -> dict[int, Pile]:
    found: dict[int, Pile] = {}
    for one in durations:
        size, total = found.get(bucket_of(one), Pile(0, 0))
        found[bucket_of(one)] = Pile(size + 1, total + one)
    return found


def exact(durations: list[int], share: float) -> float:
    ordered = sorted(durations)
    place = share * (len(ordered) - 1)
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    return low + (high - low) * (place - int(place))


@given(st.lists(SECONDS, min_size=1, max_size=200))
def test_quantiles_are_within_a_tenth_and_thresholds_exact(durations: list[int]) -> None:
    piles = histogram(durations)
    for share, found in zip((0.5, 0.9), quantiles(piles, 0.5, 0.9), strict=True):
        assert found == pytest.approx(exact(durations, share), rel=GROWTH - 1, abs=1e-6)
    for threshold in THRESHOLDS:
        assert within(piles, threshold) == sum(one <= threshold for one in durations)


@given(st.lists(SECONDS, min_size=1, max_size=50))
def test_a_duration_figure_says_what_the_durations_say(durations: list[int]) -> None:
    sums = Sums()
    for one in durations:
        sums.add("first_response", bucket_of(one), 1, one)
    told = figure(Metric.FIRST_RESPONSE_TIME, sums)
    assert told.spread is not None
    assert (told.count, told.value) == (len(durations), told.spread.median)
    assert told.spread.mean == pytest.approx(statistics.mean(durations))
    assert told.spread.fastest == pytest.approx(min(durations), rel=GROWTH - 1)
    assert told.spread.slowest == pytest.approx(max(durations), rel=GROWTH - 1)


def test_the_bounds_grow_and_hold_the_thresholds() -> None:
    assert list(BOUNDS) == sorted(set(BOUNDS))
    assert set(THRESHOLDS) <= set(BOUNDS)
    assert [bucket_of(bound) for bound in BOUNDS] == list(range(len(BOUNDS)))
    assert bucket_of(BOUNDS[-1] + 1) == bucket_of(BOUNDS[-1] * 2) == len(BOUNDS)


def test_nothing_is_told_of_nothing() -> None:
    told = figure(Metric.RESOLUTION_TIME, Sums())
    assert (told.value, told.count, told.spread) == (None, 0, None)
    share = figure(Metric.REOPEN_RATE, Sums())
    assert (share.value, share.count, share.of) == (None, 0, 0)
