"""A turn is held with a fence: what comes too late is dropped, and nothing is overlooked."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.analytics.commands.copies import MEASURE
from services.analytics.commands.measure import keep_posts, keep_profile, next_errand
from services.analytics.models import ContentDay, PostSnapshot
from shared.db.kernel_tables import work_items
from shared.db.transaction import LeaseLostError, WorkItem
from shared.events.team_directory import ProfileState
from shared.networks.measures import Measure, Metric, PostMeasures, ProfileMeasures
from tests.support.fake_measuring import FakeCounter
from tests.support.measure_desk import MeasureDesk

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


async def _claim(desk: MeasureDesk) -> WorkItem:
    worker = next(one for one in desk.hand.service.workers if one.name == MEASURE)
    (item,) = await worker.claim()
    return item


async def test_what_a_worker_brings_that_lost_its_lease_is_dropped(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.work()
    await desk.published("a")
    network.posts["a"] = {"hearts": 5}
    desk.clock.advance(15 * _MINUTE)
    asleep = await _claim(desk)
    # Its lease runs out while it waits for the network, and another worker does the turn.
    await desk.later(4 * _MINUTE)
    told = (Measure(metric=Metric.LIKES, provider_name="hearts", value=5),)
    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await keep_posts(tx, asleep, ["a"], PostMeasures(posts={"a": told}))
    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await keep_profile(tx, asleep, ProfileMeasures(measures=told))
    assert len(await desk.rows(PostSnapshot)) == 1
    (gain,) = await desk.rows(ContentDay)
    assert gain.gained == 5


async def test_a_profile_that_is_disconnected_meanwhile_takes_the_turn_away(
    desk: MeasureDesk,
) -> None:
    await desk.profile()
    item = await _claim(desk)
    await desk.profile(state=ProfileState.DISCONNECTED)
    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await next_errand(tx, item)


async def test_a_post_that_appears_during_a_turn_is_not_overlooked(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    item = await _claim(desk)
    # Its first turn is over already, as after a long silence of the bus.
    publication = desk.published("late", at=desk.clock.now() - _HOUR)
    async with desk.database.begin(desk.workspace_id) as tx:
        await keep_profile(tx, item, ProfileMeasures(measures=()))
        telling = asyncio.create_task(publication)
        while not await _blocked(desk):
            assert not telling.done()
    await telling
    async with desk.database.begin() as tx:
        due_at = (await tx.session.execute(work_items.select())).one().due_at
    assert due_at <= desk.clock.now()
    network.posts["late"] = {"hearts": 1}
    await desk.work()
    assert network.asked == [("late",)]


async def _blocked(desk: MeasureDesk) -> bool:
    """Whether somebody waits for a row that another transaction holds."""
    waiting = text(
        "SELECT count(*) AS number FROM pg_stat_activity"
        " WHERE wait_event_type = 'Lock' AND usename = current_user"
    )
    async with desk.database.read() as read:
        row = await read.first(waiting)
    return row is not None and row.number > 0
