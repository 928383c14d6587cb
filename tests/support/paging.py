"""Turning the pages of a list while others add to it: what was there is shown once, all of it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """One page of so many items; before the next one, rows come in at these places in time."""

    limit: int
    arrivals: tuple[int, ...]


# Few moments, so that many rows share one and only their ids tell them apart.
MOMENTS = st.integers(0, 4)
ROWS = st.lists(MOMENTS, min_size=1, max_size=9)
TURNS = st.lists(
    st.builds(Turn, limit=st.integers(1, 3), arrivals=st.lists(MOMENTS, max_size=2).map(tuple)),
    min_size=1,
    max_size=6,
)


async def turned(
    page: Callable[[Json], Awaitable[Json]],
    arrive: Callable[[int], Awaitable[object]],
    turns: Sequence[Turn],
) -> list[str]:
    """The ids of all pages in the order in which they were shown; the last turn is repeated."""
    shown: list[str] = []
    cursor: str | None = None
    for number in range(100):
        turn = turns[min(number, len(turns) - 1)]
        found = await page({"limit": turn.limit, **({"cursor": cursor} if cursor else {})})
        shown += [item["id"] for item in found["items"]]
        cursor = found["next_cursor"]
        if cursor is None:
            return shown
        if number < len(turns):
            for moment in turn.arrivals:
                await arrive(moment)
    raise AssertionError("The pages do not end.")


def assert_each_once(shown: Sequence[str], there_before: Sequence[str]) -> None:
    """`there_before` in the order of the list; what came meanwhile may be shown, but not twice."""
    assert len(shown) == len(set(shown))
    before = set(there_before)
    assert [id_ for id_ in shown if id_ in before] == list(there_before)
