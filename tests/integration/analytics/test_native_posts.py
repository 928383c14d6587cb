"""Posts that were published in the network's own app are found, and measured like all others."""

from datetime import datetime, timedelta

from services.analytics.models import ContentDay, MeasuredPost, PostSnapshot
from shared.networks.types import Author, Item, ItemKind
from tests.support.fake_measuring import FakeCounter
from tests.support.measure_desk import MeasureDesk

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_BRAND = Author(external_id="brand", handle="brand")


def _post(external_id: str, at: datetime) -> Item:
    return Item(
        external_id=external_id,
        kind=ItemKind.POST,
        thread_id=external_id,
        author=_BRAND,
        text=f"About\n{external_id}",
        created_at=at,
        version=1,
        outbound=True,
        permalink=f"https://fake.example/{external_id}",
    )


async def test_a_post_from_elsewhere_is_measured_from_then_on(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    network.recent = [_post("a", desk.clock.now() - 20 * _MINUTE)]
    network.posts["a"] = {"hearts": 7}
    await desk.profile()
    await desk.work()
    (post,) = await desk.rows(MeasuredPost)
    assert (post.post_id, post.excerpt, post.followers) == (None, "About a", 1000)
    (snapshot,) = await desk.rows(PostSnapshot)
    assert snapshot.counts == {"likes": 7}
    for _ in range(3):
        await desk.later(_HOUR)
    assert len(await desk.rows(MeasuredPost)) == 1


async def test_what_an_old_post_had_gathered_was_not_gained_today(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    network.recent = [_post("a", desk.clock.now() - 20 * _DAY)]
    network.posts["a"] = {"hearts": 500}
    await desk.profile()
    await desk.work()
    (post,) = await desk.rows(MeasuredPost)
    assert post.followers is None  # How many followed the profile then is not known.
    assert await desk.rows(ContentDay) == []
    network.posts["a"] = {"hearts": 503}
    await desk.later(_DAY)
    (gain,) = await desk.rows(ContentDay)
    assert gain.gained == 3


async def test_what_is_too_old_or_too_young_is_left_alone(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    now = desk.clock.now()
    network.recent = [_post("young", now - 9 * _MINUTE), _post("old", now - 90 * _DAY)]
    await desk.profile()
    await desk.work()
    assert await desk.rows(MeasuredPost) == []


async def test_a_post_is_kept_once_whoever_tells_of_it_first(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    at = desk.clock.now() - 20 * _MINUTE
    told = await desk.published("told", at=at)
    network.recent = [_post("told", at), _post("listed", at)]
    await desk.profile()
    await desk.work()
    await desk.published("listed", at=at)
    posts = {post.external_id: post for post in await desk.rows(MeasuredPost)}
    assert set(posts) == {"told", "listed"}
    assert posts["told"].id == told
    assert posts["listed"].post_id is not None
