"""What every connector must do with measures, on real servers: the same suite for each network."""

from collections.abc import Mapping

import pytest

from shared.networks.errors import InvalidInputError
from shared.networks.measures import Measure, Measuring, Metric, PostMeasures
from shared.networks.types import Item
from tests.networks.stages.base import Stage, eventually

pytestmark = pytest.mark.networks


async def test_posts_are_counted_in_one_call(stage: Stage) -> None:
    loud, quiet = await stage.publish("Our new lamp"), await stage.publish("And a shade")
    await stage.comment(loud, "Lovely")
    await stage.like(loud)
    await stage.share(loud)

    async def counted() -> PostMeasures | None:
        found = await stage.connector.measure_posts(stage.access, [loud, quiet, loud])
        values = _values(found.posts.get(loud, ()))
        wanted = (Metric.LIKES, Metric.REPOSTS, Metric.REPLIES)
        return found if all(values.get(one) == 1 for one in wanted) else None

    found = await eventually(counted)
    assert set(found.posts) == {loud, quiet}
    assert not found.gone
    told = _values(found.posts[quiet])
    assert {told[Metric.LIKES], told[Metric.REPOSTS], told[Metric.REPLIES]} == {0}
    offered = {(one.metric, one.provider_name) for one in _measuring(stage).post}
    for measures in found.posts.values():
        # Absent is what a network does not give; nothing comes that was not offered.
        assert {(one.metric, one.provider_name) for one in measures} <= offered


async def test_a_deleted_post_is_gone_and_the_others_are_counted(stage: Stage) -> None:
    kept, gone = await stage.publish("Stays"), await stage.publish("Goes")
    await stage.retract(gone)

    async def noticed() -> PostMeasures | None:
        found = await stage.connector.measure_posts(stage.access, [kept, gone])
        return found if gone in found.gone and gone not in found.posts else None

    found = await eventually(noticed)
    assert set(found.gone) == {gone}
    assert kept in found.posts


async def test_the_profile_counts_its_followers(stage: Stage) -> None:
    await stage.publish("Our new lamp")
    follows = await stage.follow()

    async def counted() -> Mapping[Metric, int] | None:
        measured = await stage.connector.measure_profile(stage.access)
        values = _values(measured.measures)
        return values if values.get(Metric.FOLLOWERS) == int(follows) else None

    values = await eventually(counted)
    assert set(values) == {one.metric for one in _measuring(stage).profile}
    assert values[Metric.FOLLOWING] == 0


async def test_recent_posts_are_listed_without_what_is_none(stage: Stage) -> None:
    older = await stage.publish("Our new lamp 💡")
    newer = await stage.publish("And a shade")
    await stage.comment(older, "Lovely")
    await stage.mention("Hello")

    async def listed() -> list[Item] | None:
        try:
            found = list(await stage.connector.recent_posts(stage.access))
        except InvalidInputError:
            # The index of a network may not have heard of a young account yet.
            return None
        return found if len(found) == 2 else None

    found = await eventually(listed)
    assert [item.external_id for item in found] == [newer, older]
    assert found[1].text.startswith("Our new lamp 💡")
    assert found[1].permalink
    await stage.retract(newer)

    async def left() -> bool:
        posts = await stage.connector.recent_posts(stage.access)
        return [item.external_id for item in posts] == [older]

    await eventually(left)


async def test_one_call_takes_as_many_posts_as_it_says(stage: Stage) -> None:
    most = _measuring(stage).posts_at_once
    made = [await stage.publish(f"Number {number}") for number in range(most)]
    found = await stage.connector.measure_posts(stage.access, made)
    assert set(found.posts) == set(made)


async def test_a_dead_token_is_classed_right(stage: Stage) -> None:
    access, expected = stage.dead_access()
    with pytest.raises(expected):
        await stage.connector.measure_profile(access)


def _measuring(stage: Stage) -> Measuring:
    found = stage.connector.capabilities(stage.access.account, stage.scopes).measuring
    assert found is not None
    return found


def _values(measures: tuple[Measure, ...]) -> dict[Metric, int]:
    return {one.metric: one.value for one in measures}
