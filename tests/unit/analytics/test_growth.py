"""How numbers grow over periods of which not every day is known."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.domain.growth import DayValue, growth
from services.analytics.domain.periods import Period

_WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))


def _days(**values: int) -> list[DayValue]:
    """`d_28=5` is a day of February, `d_3=7` one of March."""
    found = []
    for name, value in values.items():
        number = int(name.removeprefix("d_"))
        day = date(2026, 2, number) if number > 20 else date(2026, 3, number)
        found.append(DayValue(day, value))
    return sorted(found, key=lambda one: one.day)


@pytest.mark.parametrize(
    ("values", "start", "end", "change"),
    [
        ({"d_1": 100, "d_5": 120, "d_8": 110}, 1, 8, 10),
        ({"d_28": 90, "d_8": 110}, 28, 8, 20),  # The last that was known before the period.
        ({"d_3": 100, "d_6": 105, "d_12": 500}, 3, 6, 5),  # What came later does not count.
        ({"d_1": 100, "d_8": 100}, 1, 8, 0),
        ({"d_1": 100, "d_2": 80}, 1, 2, -20),
    ],
)
def test_growth(values: dict[str, int], start: int, end: int, change: int) -> None:
    found = growth(_days(**values), _WEEK)
    assert found is not None
    assert (found.start.day.day, found.end.day.day, found.change) == (start, end, change)


@pytest.mark.parametrize("values", [{}, {"d_1": 100}, {"d_4": 100}, {"d_12": 5, "d_14": 6}])
def test_there_is_no_growth_without_two_values_to_compare(values: dict[str, int]) -> None:
    assert growth(_days(**values), _WEEK) is None


def test_the_rate_is_a_share_of_the_start() -> None:
    found = growth(_days(d_1=200, d_8=250), _WEEK)
    assert found is not None
    assert found.rate == 0.25
    from_nothing = growth(_days(d_1=0, d_8=250), _WEEK)
    assert from_nothing is not None
    assert from_nothing.rate is None


@given(
    st.dictionaries(st.integers(0, 29), st.integers(0, 10_000), max_size=30),
    st.integers(1, 15),
    st.integers(1, 14),
)
def test_growth_of_two_periods_in_a_row_adds_up(
    values: dict[int, int], begin: int, length: int
) -> None:
    start = date(2026, 3, 1)
    days = [DayValue(start + timedelta(days=n), values[n]) for n in sorted(values)]
    middle = start + timedelta(days=begin + length - 1)
    second = Period(middle + timedelta(days=1), middle + timedelta(days=length))
    first = second.before()
    one, two = growth(days, first), growth(days, second)
    both = growth(days, Period(first.first, second.last))
    if one is not None and two is not None:
        assert both is not None
        assert both.change == one.change + two.change
