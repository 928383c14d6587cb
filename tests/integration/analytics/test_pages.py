"""Pages of what stands behind the numbers while more is counted: each row is shown once."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings

from shared.ids import new_id
from tests.support.analytics_desk import AnalyticsDesk, Story
from tests.support.measure_desk import MeasureDesk
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.service import member_identity

once_for_all = settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
_MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_published_posts(desk: MeasureDesk, rows: list[int], turns: list[Turn]) -> None:
    desk = MeasureDesk(desk.hand, desk.clock)
    await desk.profile()

    async def arrive(moment: int) -> str:
        at = desk.clock.now() - timedelta(minutes=moment)
        return str(await desk.published(f"p-{new_id()}", at=at))

    there = sorted([(-moment, await arrive(moment)) for moment in rows], reverse=True)

    async def page(params: dict[str, Any]) -> Any:
        return await desk.get("/posts", **_MARCH, **params)

    assert_each_once(await turned(page, arrive, turns), [id_ for _, id_ in there])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_what_stands_behind_a_number(
    desk: MeasureDesk, rows: list[int], turns: list[Turn]
) -> None:
    books, story = AnalyticsDesk(hand=desk.hand, clock=desk.clock), Story(begin=desk.clock.now())
    me = member_identity(story.workspace_id, story.person_id)
    told = 0

    async def arrive(moment: int) -> None:
        nonlocal told
        story.customer(new_id(), moment)
        await books.take(story.envelopes[told:])
        told = len(story.envelopes)

    async def page(params: dict[str, Any]) -> Any:
        return await books.get("/items", me, **_MARCH, measure="received", **params)

    for moment in rows:
        await arrive(moment)
    whole = [each["id"] for each in (await page({"limit": 200}))["items"]]
    assert len(whole) == len(rows)
    assert_each_once(await turned(page, arrive, turns), whole)
