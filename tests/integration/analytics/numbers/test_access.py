"""Whose numbers somebody sees, what stands behind them, and who may count again."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.events.team_directory import MemberSaved
from shared.identity import Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Right, Sight
from tests.support.analytics_desk import AnalyticsDesk, Story
from tests.support.service import member_identity

DAY = {"first": "2026-03-02", "last": "2026-03-02"}


async def received(desk: AnalyticsDesk, identity: Identity, **params: Any) -> int:
    report = await desk.get("/overview", identity, metric="received", **DAY, **params)
    count: int = report["numbers"][0]["now"]["count"]
    return count


async def items(desk: AnalyticsDesk, identity: Identity) -> set[str]:
    page = await desk.get("/items", identity, measure="received", **DAY)
    return {one["conversation_id"] for one in page["items"]}


@pytest.fixture
async def two(desk: AnalyticsDesk, story: Story) -> Mapping[UUID, UUID]:
    """A conversation on each of two profiles, by the profile."""
    found = {}
    for profile_id in (new_id(), new_id()):
        found[profile_id] = new_id()
        story.customer(found[profile_id], 0, profile_id=profile_id)
    await desk.take(story.envelopes)
    return found


async def test_nobody_is_told_of_other_profiles(
    desk: AnalyticsDesk, story: Story, two: Mapping[UUID, UUID]
) -> None:
    mine, other = two
    me = member_identity(story.workspace_id, new_id(), profile_ids=frozenset({mine}))
    assert await received(desk, me) == 1
    assert await received(desk, me, profile_id=str(other)) == 0
    for by in ("profile", "kind", "hour", "day", "weekday", "hour_of_week", "person", "team"):
        report = await desk.get("/breakdown", me, by=by, metric="received", **DAY)
        assert [row["numbers"][0]["now"]["count"] for row in report["rows"]] == [1], by
    series = await desk.get("/series", me, metric=["received", "backlog"], **DAY)
    assert [line["points"][0]["now"]["count"] for line in series["lines"]] == [1, 1]
    assert await items(desk, me) == {str(two[mine])}
    nothing = member_identity(story.workspace_id, new_id(), profile_ids=frozenset())
    assert await received(desk, nothing) == 0
    stranger = member_identity(new_id(), new_id())
    assert (await received(desk, stranger), await items(desk, stranger)) == (0, set())


async def test_the_items_are_those_that_one_sees_in_the_inbox(
    desk: AnalyticsDesk, story: Story
) -> None:
    me, team_id = new_id(), new_id()
    own, ours, theirs = new_id(), new_id(), new_id()
    story.customer(own, 0, assignee_id=me)
    story.customer(ours, 0, team_id=team_id)
    story.customer(theirs, 0)
    await desk.take(story.envelopes)
    seen = {
        sight: await items(
            desk,
            member_identity(story.workspace_id, me, sight=sight, team_ids=frozenset({team_id})),
        )
        for sight in Sight
    }
    assert seen == {
        Sight.ALL: {str(own), str(ours), str(theirs)},
        Sight.TEAM: {str(own), str(ours)},
        Sight.ASSIGNED: {str(own)},
    }


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/overview"),
        ("GET", "/series"),
        ("GET", "/breakdown"),
        ("GET", "/breakdown.csv"),
        ("GET", "/items"),
        ("GET", "/definitions"),
        ("GET", "/recount"),
        ("POST", "/recount"),
    ],
)
async def test_numbers_are_for_those_whose_role_says_so(
    desk: AnalyticsDesk, story: Story, method: str, path: str
) -> None:
    nobody = member_identity(story.workspace_id, new_id(), levels={Module.INBOX: Level.ADMINISTER})
    params = {**DAY, "metric": "received", "by": "day", "measure": "received"}
    wanted = {
        "/overview": ("first", "last"),
        "/series": ("first", "last", "metric"),
        "/items": ("first", "last", "measure"),
        "/definitions": (),
        "/recount": (),
    }.get(path, ("first", "last", "metric", "by"))
    given = {name: params[name] for name in wanted}
    refused = await desk.call(method, path, nobody, params=given)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


async def test_a_table_is_for_those_who_may_take_it_away(
    desk: AnalyticsDesk, story: Story, two: Mapping[UUID, UUID]
) -> None:
    params = {**DAY, "by": "profile", "metric": ["received", "first_response_time", "reopen_rate"]}
    looking = member_identity(story.workspace_id, new_id(), rights=frozenset())
    refused = await desk.call("GET", "/breakdown.csv", looking, params=params)
    assert refused.status_code == 403
    taking = member_identity(story.workspace_id, new_id(), rights=frozenset({Right.EXPORT}))
    table = await desk.call("GET", "/breakdown.csv", taking, params=params)
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    header, *lines = table.text.splitlines()
    assert header == (
        "profile,profile_id,received,first_response_time_count,first_response_time_mean,"
        "first_response_time_median,first_response_time_p90,first_response_time_fastest,"
        "first_response_time_slowest,reopen_rate,reopen_rate_count,reopen_rate_of"
    )
    assert sorted(lines) == sorted(f",{profile},1,0,,,,,,,0,0" for profile in two)


async def test_a_table_names_who_has_a_name(
    desk: AnalyticsDesk, story: Story, two: Mapping[UUID, UUID]
) -> None:
    jun, ana = new_id(), new_id()
    for conversation_id, (person_id, name) in zip(
        two.values(), ((jun, "赵俊"), (ana, "=cmd()")), strict=True
    ):
        story.tell(0, member_saved(story.workspace_id, person_id, name))
        story.reply(conversation_id, 5, person_id)
    await desk.take(story.envelopes)
    params = {**DAY, "by": "person", "metric": ["replies"]}
    me = member_identity(story.workspace_id, new_id())
    table = await desk.call("GET", "/breakdown.csv", me, params=params)
    header, *lines = table.text.splitlines()
    assert header == "person,person_id,replies"
    assert {f"赵俊,{jun},1", f"'=cmd(),{ana},1"} <= set(lines)
    blind = replace(me, levels={**me.levels, Module.DIRECTORY: Level.NONE})
    told = await desk.call("GET", "/breakdown.csv", blind, params=params)
    assert f",{jun},1" in told.text.splitlines()


def member_saved(workspace_id: UUID, person_id: UUID, name: str) -> MemberSaved:
    return MemberSaved(
        workspace_id=workspace_id,
        person_id=person_id,
        name=name,
        email="a@example.com",
        locale="en",
        time_zone="UTC",
    )


async def test_an_administrator_has_everything_counted_again(
    desk: AnalyticsDesk, story: Story, two: Mapping[UUID, UUID]
) -> None:
    me = member_identity(story.workspace_id, new_id())
    before = await desk.books(story.workspace_id)
    assert len(before["measurements"]) == len(two) * 3
    first = (await desk.get("/recount", me))["counted_at"]
    desk.clock.advance(timedelta(minutes=1))
    assert (await desk.call("POST", "/recount", me)).status_code == 202
    await desk.recount()
    after = await desk.get("/recount", me)
    assert after["running_since"] is None
    assert after["counted_at"] > first
    assert await desk.books(story.workspace_id) == before


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-02", "2026-03-01"), ("2024-01-01", "2026-01-01"), ("0001-01-02", "0001-01-03")],
)
async def test_a_period_that_cannot_be_answered_is_refused(
    desk: AnalyticsDesk, story: Story, first: str, last: str
) -> None:
    me = member_identity(story.workspace_id, new_id())
    refused = await desk.call("GET", "/overview", me, params={"first": first, "last": last})
    assert (refused.status_code, refused.json()["code"]) == (422, "analytics.period")


async def test_definitions_come_in_both_languages(desk: AnalyticsDesk, story: Story) -> None:
    me = member_identity(story.workspace_id, new_id())
    english, chinese = [
        await desk.get("/definitions", me, language=language) for language in ("en", "zh")
    ]
    names = [[one["metric"] for one in told["metrics"]] for told in (english, chinese)]
    assert names[0] == names[1]
    first = next(one for one in english["metrics"] if one["metric"] == "first_response_time")
    assert (first["unit"], first["measures"]) == ("seconds", ["first_response"])
