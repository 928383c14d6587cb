"""When posts are measured: ever more seldom, on a grid that nothing shifts, and not for ever."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.domain.ageing import STAGES, next_turn

_PUBLISHED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_END = STAGES[-1].until
_AGES = st.timedeltas(min_value=timedelta(0), max_value=_END - timedelta(microseconds=1))


@pytest.mark.parametrize(
    ("age", "due"),
    [
        (timedelta(0), timedelta(minutes=15)),
        (timedelta(minutes=14, seconds=59), timedelta(minutes=15)),
        (timedelta(minutes=15), timedelta(minutes=30)),
        (timedelta(hours=1, minutes=50), timedelta(hours=2)),
        (timedelta(hours=2), timedelta(hours=3)),
        (timedelta(hours=23, minutes=59), timedelta(hours=24)),
        (timedelta(hours=24), timedelta(hours=30)),
        (timedelta(days=7), timedelta(days=8)),
        (timedelta(days=30), timedelta(days=37)),
        (timedelta(days=87), timedelta(days=90)),
        (timedelta(days=-1), timedelta(minutes=15)),
    ],
)
def test_the_next_turn(age: timedelta, due: timedelta) -> None:
    turn = next_turn(_PUBLISHED, _PUBLISHED + age)
    assert turn is not None
    assert turn.due_at - _PUBLISHED == due


@pytest.mark.parametrize("age", [_END, _END + timedelta(days=400)])
def test_an_old_post_is_measured_no_more(age: timedelta) -> None:
    assert next_turn(_PUBLISHED, _PUBLISHED + age) is None


def _turns() -> list[timedelta]:
    turns, at = [], _PUBLISHED
    while (turn := next_turn(_PUBLISHED, at)) is not None:
        at = turn.due_at
        turns.append(at - _PUBLISHED)
    return turns


def test_a_life_has_so_many_turns_and_ends_with_the_last_day() -> None:
    turns = _turns()
    assert len(turns) == 8 + 22 + 24 + 23 + 9
    assert turns[-1] == _END
    gaps = [later - earlier for earlier, later in pairwise(turns[:-1])]
    assert gaps == sorted(gaps)


@given(_AGES)
def test_a_turn_lies_on_the_grid_after_its_moment(age: timedelta) -> None:
    turn = next_turn(_PUBLISHED, _PUBLISHED + age)
    assert turn is not None
    due = turn.due_at - _PUBLISHED
    assert due in _turns()
    assert due == min(one for one in _turns() if one > age)


@given(_AGES)
def test_a_turn_may_come_early_but_never_before_the_one_before_it(age: timedelta) -> None:
    turn = next_turn(_PUBLISHED, _PUBLISHED + age)
    assert turn is not None
    earlier = [one for one in _turns() if one < turn.due_at - _PUBLISHED]
    assert (earlier[-1] if earlier else timedelta(0)) < turn.early_at - _PUBLISHED
    assert turn.early_at < turn.due_at
