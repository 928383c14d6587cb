"""What people are shown of measures: latest, by day, growth, lists in any order, and curves."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.analytics.domain.engagement import PostMetric, ProfileMetric
from shared.ids import new_id
from shared.permissions import Level, Module
from tests.support.fake_measuring import FakeCounter
from tests.support.measure_desk import MeasureDesk

_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
_MARCH = {"first": "2026-03-01", "last": "2026-03-31"}


async def _posts(
    desk: MeasureDesk, network: FakeCounter, **counts: dict[str, int]
) -> dict[str, UUID]:
    """Posts with these counts, the first of them the oldest, all of them measured."""
    ids = {}
    for name, values in counts.items():
        network.posts[name] = values
        ids[name] = await desk.published(name)
        desk.clock.advance(timedelta(minutes=1))
    for _ in counts:
        await desk.later(_QUARTER)
    return ids


async def test_the_latest_measures_of_a_profile(desk: MeasureDesk) -> None:
    await desk.profile()
    await desk.work()
    found = await desk.get(f"/profiles/{desk.profile_id}")
    assert found == {
        "id": str(desk.profile_id),
        "network": "fake",
        "handle": "brand",
        "display_name": "Brand",
        "state": "connected",
        "measured_at": "2026-03-02T09:00:00Z",
        "problem": None,
        "measures": [
            {
                "metric": "followers",
                "value": 1000,
                "provider_name": "fans",
                "measured_at": "2026-03-02T09:00:00Z",
            },
            {
                "metric": "posts",
                "value": 3,
                "provider_name": "entries",
                "measured_at": "2026-03-02T09:00:00Z",
            },
        ],
    }
    assert await desk.get("/profiles") == [found]


async def test_days_and_growth_with_the_period_before(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    for fans in (1000, 1100, 1100, 1210):
        network.profile = {"fans": fans}
        await desk.work()
        desk.clock.advance(_DAY)
    path = f"/profiles/{desk.profile_id}"
    days = await desk.get(f"{path}/days", first="2026-03-03", last="2026-03-04")
    assert days == [
        {"day": "2026-03-03", "values": {"followers": 1100}},
        {"day": "2026-03-04", "values": {"followers": 1100}},
    ]
    (growth,) = await desk.get(f"{path}/growth", first="2026-03-04", last="2026-03-05")
    assert growth == {
        "metric": "followers",
        "period": {
            "start_day": "2026-03-03",
            "start": 1100,
            "end_day": "2026-03-05",
            "end": 1210,
            "change": 110,
            "rate": pytest.approx(0.1),
        },
        # Nothing is known of the day before, so it begins with the first that is.
        "before": {
            "start_day": "2026-03-02",
            "start": 1000,
            "end_day": "2026-03-03",
            "end": 1100,
            "change": 100,
            "rate": pytest.approx(0.1),
        },
    }


async def test_posts_in_order_of_every_measure(desk: MeasureDesk, network: FakeCounter) -> None:
    await desk.profile()
    ids = await _posts(
        desk,
        network,
        old={"hearts": 5, "answers": 0, "seen_by": 100},
        loud={"hearts": 50, "answers": 9},
        new={"hearts": 7, "answers": 3, "seen_by": 500},
    )

    async def order(sort: str | None = None) -> list[str]:
        query: dict[str, Any] = _MARCH if sort is None else {"sort": sort, **_MARCH}
        page = await desk.get("/posts", **query)
        names = {str(post_id): name for name, post_id in ids.items()}
        return [names[post["id"]] for post in page["items"]]

    assert await order() == ["new", "loud", "old"]
    assert await order("likes") == ["loud", "new", "old"]
    assert await order("replies") == ["loud", "new", "old"]
    # Whose reach is unknown comes last, and is not taken for zero.
    assert await order("reach") == ["new", "old", "loud"]
    assert await order("engagement_rate_by_reach") == ["old", "new", "loud"]
    assert await order("engagements") == ["loud", "new", "old"]
    for metric in PostMetric:
        assert len(await order(metric.value)) == 3


@pytest.mark.parametrize("sort", [{}, {"sort": "likes"}, {"sort": "views"}])
async def test_pages_show_each_post_once(
    desk: MeasureDesk, network: FakeCounter, sort: dict[str, str]
) -> None:
    await desk.profile()
    same: dict[str, dict[str, int]] = {f"p{n}": {"hearts": n // 2} for n in range(7)}
    ids = await _posts(desk, network, **same)
    seen: list[str] = []
    cursor: dict[str, Any] = {}
    while True:
        page = await desk.get("/posts", limit=3, **sort, **_MARCH, **cursor)
        seen += [post["id"] for post in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert sorted(seen) == sorted(map(str, ids.values()))


async def test_a_cursor_holds_for_one_order_only(desk: MeasureDesk, network: FakeCounter) -> None:
    await desk.profile()
    await _posts(desk, network, a={"hearts": 1}, b={"hearts": 2})
    page = await desk.get("/posts", limit=1, **_MARCH)
    query: dict[str, Any] = {"sort": "likes", "cursor": page["next_cursor"], **_MARCH}
    answer = await desk.try_to("/posts", **query)
    assert (answer.status_code, answer.json()["code"]) == (422, "pages.cursor")


async def test_posts_of_a_period_and_of_a_profile(desk: MeasureDesk) -> None:
    await desk.zone("Asia/Shanghai")
    other = await desk.profile(new_id())
    start = desk.clock.now().replace(hour=0)
    # In Shanghai the second of March begins at four in the afternoon of the first by UTC.
    before = await desk.published("a", at=start - timedelta(hours=8, seconds=1))
    inside = await desk.published("b", at=start - timedelta(hours=8))
    elsewhere = await desk.published("c", at=start, profile_id=other)
    day = {"first": "2026-03-02", "last": "2026-03-02"}

    async def ids(**query: Any) -> set[str]:
        return {post["id"] for post in (await desk.get("/posts", **query))["items"]}

    assert await ids(**day) == {str(inside), str(elsewhere)}
    assert await ids(profile_id=other, **day) == {str(elsewhere)}
    assert await ids(first="2026-03-01", last="2026-03-01") == {str(before)}
    for first, last in (
        ("2026-03-02", "2026-03-01"),
        ("0001-01-01", "0001-01-02"),
        ("9999-12-30", "9999-12-31"),
    ):
        answer = await desk.try_to("/posts", first=first, last=last)
        assert (answer.status_code, answer.json()["code"]) == (422, "analytics.period")


async def test_one_post_with_its_curve(desk: MeasureDesk, network: FakeCounter) -> None:
    await desk.profile()
    await desk.work()
    post_id = await desk.published("a")
    for hearts in (1, 4):
        network.posts["a"] = {"hearts": hearts, "seen_by": hearts * 10}
        await desk.later(_QUARTER)
    found = await desk.get(f"/posts/{post_id}")
    assert found["curve"] == [
        {"at": "2026-03-02T09:15:00Z", "counts": {"likes": 1, "reach": 10}},
        {"at": "2026-03-02T09:30:00Z", "counts": {"likes": 4, "reach": 40}},
    ]
    assert (found["followers"], found["due_at"]) == (1000, "2026-03-02T09:45:00Z")
    assert found["excerpt"] == "About a"
    values = {one["metric"]: (one["value"], one["provider_name"]) for one in found["measures"]}
    assert values == {
        "likes": (4, "hearts"),
        "reach": (40, "seen_by"),
        "engagements": (4, None),
        "engagement_rate_by_followers": (0.004, None),
        "engagement_rate_by_reach": (0.1, None),
    }


async def test_what_posts_gained_by_day(desk: MeasureDesk, network: FakeCounter) -> None:
    await desk.profile()
    await _posts(desk, network, a={"hearts": 3, "seen_by": 50}, b={"hearts": 4})
    assert await desk.get("/content", **_MARCH) == [
        {
            "profile_id": str(desk.profile_id),
            "day": "2026-03-02",
            "metric": "likes",
            "gained": 7,
        }
    ]


@pytest.mark.parametrize(("language", "name"), [("en", "Followers"), ("zh", "粉丝数")])
async def test_every_measure_is_defined_for_people(
    desk: MeasureDesk, language: str, name: str
) -> None:
    found = await desk.get("/network-measures", language=language)
    told = {(one["of"], one["metric"]): one["name"] for one in found["measures"]}
    assert set(told) == {("post", m.value) for m in PostMetric} | {
        ("profile", m.value) for m in ProfileMetric
    }
    assert told["profile", "followers"] == name


async def test_one_sees_the_profiles_that_one_works_with(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    other = await desk.profile(new_id())
    ids = await _posts(desk, network, a={"hearts": 1})
    await desk.work()
    narrow = desk.identity(profile_ids=frozenset({other}))
    for path in (
        f"/profiles/{desk.profile_id}",
        f"/profiles/{desk.profile_id}/days",
        f"/profiles/{desk.profile_id}/growth",
        f"/posts/{ids['a']}",
    ):
        answer = await desk.try_to(path, narrow, **_MARCH)
        assert answer.status_code == 404, path
    assert (await desk.try_to("/posts", narrow, **_MARCH)).json()["items"] == []
    assert (await desk.try_to("/content", narrow, **_MARCH)).json() == []
    profiles = (await desk.try_to("/profiles", narrow)).json()
    assert [one["id"] for one in profiles] == [str(other)]


async def test_without_the_permission_nothing_is_told(desk: MeasureDesk) -> None:
    await desk.profile()
    blind = desk.identity(levels={Module.PUBLISHING: Level.ADMINISTER})
    for path in ("/profiles", f"/profiles/{desk.profile_id}", "/posts", "/content"):
        assert (await desk.try_to(path, blind, **_MARCH)).status_code == 403, path
