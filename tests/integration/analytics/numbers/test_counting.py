"""From events to numbers, and back to what stands behind them."""

import re

import pytest
from sqlalchemy import text

from shared.events.scheduler import PublicationState
from shared.ids import new_id
from tests.integration.analytics.conftest import START
from tests.support.analytics_desk import AnalyticsDesk, Story
from tests.support.service import member_identity
from tests.support.statements import statements_of

KEPT = text("SELECT body FROM kept_events WHERE workspace_id = :w")


async def test_an_answered_comment_is_received_answered_and_resolved(
    desk: AnalyticsDesk, story: Story
) -> None:
    conversation_id = new_id()
    story.customer(conversation_id, 0)
    story.customer(conversation_id, 1)
    story.reply(conversation_id, 10)
    story.customer(conversation_id, 20)
    story.reply(conversation_id, 50)
    story.handled(conversation_id, 60)
    await desk.take(story.envelopes)
    numbers = await desk.numbers(story)
    counts = {name: numbers[name]["count"] for name in ("received", "replies", "handled")}
    assert counts == {"received": 3, "replies": 2, "handled": 1}
    first = numbers["first_response_time"]
    assert (first["value"], first["count"], first["spread"]["mean"]) == (600, 1, 600)
    assert first["spread"]["within"][0] == {"seconds": 900, "count": 1, "share": 1}
    assert numbers["next_response_time"]["value"] == 1800
    assert numbers["resolution_time"]["value"] == 3600
    assert numbers["conversations"]["value"] == 1
    assert numbers["response_rate"]["value"] == 1
    assert numbers["backlog"]["value"] == 0


async def test_what_no_person_wrote_answers_nobody(desk: AnalyticsDesk, story: Story) -> None:
    conversation_id = new_id()
    story.customer(conversation_id, 0)
    story.reply(conversation_id, 1, automated=True)
    await desk.take(story.envelopes)
    numbers = await desk.numbers(story)
    assert numbers["first_response_time"] == {
        "value": None,
        "count": 0,
        "of": None,
        "spread": None,
    }
    assert numbers["automated_replies"]["value"] == 1
    assert numbers["automation_share"]["value"] == 1
    assert (numbers["replies"]["value"], numbers["backlog"]["value"]) == (0, 1)
    assert numbers["response_rate"] == {"value": 0, "count": 0, "of": 1, "spread": None}


async def test_numbers_are_told_apart_by_who_answered(desk: AnalyticsDesk, story: Story) -> None:
    other = new_id()
    for minute, person_id in ((5, story.person_id), (15, other), (25, other)):
        conversation_id = new_id()
        story.customer(conversation_id, 0)
        story.reply(conversation_id, minute, person_id)
    await desk.take(story.envelopes)
    me = member_identity(story.workspace_id, story.person_id)
    report = await desk.get(
        "/breakdown",
        me,
        first="2026-03-02",
        last="2026-03-02",
        by="person",
        metric=["first_response_time", "replies"],
    )
    rows = [(row["key"], [one["now"]["count"] for one in row["numbers"]]) for row in report["rows"]]
    assert rows == [(str(other), [2, 2]), (str(story.person_id), [1, 1])]
    assert report["rows"][0]["numbers"][0]["now"]["value"] == pytest.approx(1200, rel=0.1)
    assert report["before"] == {"first": "2026-03-01", "last": "2026-03-01"}


async def test_a_series_leaves_no_day_out_and_looks_back(desk: AnalyticsDesk, story: Story) -> None:
    story.customer(new_id(), 0)
    story.customer(new_id(), 24 * 60 * 2)
    story.customer(new_id(), -24 * 60)
    await desk.take(story.envelopes)
    me = member_identity(story.workspace_id, story.person_id)
    report = await desk.get(
        "/series", me, first="2026-03-02", last="2026-03-04", metric=["received", "backlog"]
    )
    received, backlog = report["lines"]
    assert [point["now"]["value"] for point in received["points"]] == [1, 0, 1]
    assert [point["before"]["value"] for point in received["points"]] == [0, 0, 1]
    assert [point["first"] for point in received["points"]] == [
        "2026-03-02",
        "2026-03-03",
        "2026-03-04",
    ]
    assert [point["now"]["value"] for point in backlog["points"]] == [2, 2, 3]


async def test_the_items_behind_a_number_come_page_by_page(
    desk: AnalyticsDesk, story: Story
) -> None:
    conversations = [new_id() for _ in range(3)]
    for minute, conversation_id in enumerate(conversations):
        story.customer(conversation_id, minute)
        story.reply(conversation_id, 20 * (minute + 1))
    await desk.take(story.envelopes)
    me = member_identity(story.workspace_id, story.person_id)
    given = {"first": "2026-03-02", "last": "2026-03-02", "measure": "first_response", "limit": 2}
    page = await desk.get("/items", me, **given)
    rest = await desk.get("/items", me, **given, cursor=page["next_cursor"])
    seen = [one["conversation_id"] for one in (*page["items"], *rest["items"])]
    assert seen == [str(one) for one in reversed(conversations)]
    assert rest["next_cursor"] is None
    quick = await desk.get("/items", me, **given, at_most=1200)
    assert [one["wall_seconds"] for one in quick["items"]] == [1200]


async def test_publications_are_counted_by_their_plan(desk: AnalyticsDesk, story: Story) -> None:
    punctual, late, failed, cancelled = (new_id() for _ in range(4))
    for publication_id in (punctual, late, failed, cancelled):
        story.publication(publication_id, 0, PublicationState.PENDING)
    published = PublicationState.PUBLISHED
    story.publication(punctual, 61, published, published_at=story.at(61))
    story.publication(late, 70, published, published_at=story.at(70))
    story.publication(failed, 62, PublicationState.FAILED, reason="refused")
    story.publication(cancelled, 30, PublicationState.CANCELLED)
    await desk.take(story.envelopes)
    numbers = await desk.numbers(story)
    assert numbers["planned_publications"]["value"] == 3
    assert (numbers["published"]["value"], numbers["failed_publications"]["value"]) == (2, 1)
    assert numbers["punctuality"] == {
        "value": pytest.approx(1 / 3),
        "count": 1,
        "of": 3,
        "spread": None,
    }
    assert numbers["publication_delay"]["spread"]["slowest"] == 600


async def test_a_promise_that_was_kept_is_no_miss(desk: AnalyticsDesk, story: Story) -> None:
    kept, missed = new_id(), new_id()
    story.promise(kept, 10, met=False)
    story.promise(kept, 5, met=True)
    story.promise(missed, 10, met=False)
    await desk.take(story.envelopes)
    numbers = await desk.numbers(story)
    assert numbers["sla_first_response"] == {"value": 0.5, "count": 1, "of": 2, "spread": None}


async def test_business_time_follows_the_calendar_and_says_which(
    desk: AnalyticsDesk, story: Story
) -> None:
    calendar_id = story.calendar(-60, 9 * 60, 10 * 60)
    slow, quick = new_id(), new_id()
    story.customer(slow, 30)
    story.reply(slow, 24 * 60 + 15)
    story.customer(quick, 180)
    story.reply(quick, 190)
    await desk.take(story.envelopes)
    await desk.recount()
    everything = await desk.numbers(story)
    business = await desk.numbers(story, hours="business")
    off = await desk.numbers(story, hours="off")
    assert everything["first_response_time"]["count"] == 2
    assert business["first_response_time"]["spread"]["mean"] == 45 * 60
    assert off["first_response_time"]["spread"]["mean"] == 10 * 60
    assert [one["received"]["value"] for one in (everything, business, off)] == [2, 1, 1]
    me = member_identity(story.workspace_id, story.person_id)
    report = await desk.get("/overview", me, first="2026-03-02", last="2026-03-02")
    assert report["calendars"] == [
        {
            "calendar_id": str(calendar_id),
            "name": "Office",
            "time_zone": "UTC",
            "profile_ids": [],
        }
    ]


async def test_days_are_those_of_the_workspace(desk: AnalyticsDesk, story: Story) -> None:
    story.customer(new_id(), 15 * 60 + 30)
    await desk.take(story.envelopes)
    assert (await desk.numbers(story, first="2026-03-03", last="2026-03-03"))["received"][
        "value"
    ] == 1
    story.zone(16 * 60, "America/New_York")
    await desk.take(story.envelopes)
    await desk.recount()
    numbers = await desk.numbers(story, first="2026-03-02", last="2026-03-02")
    assert numbers["received"]["value"] == 1


async def test_the_hours_of_a_week_begin_on_monday(desk: AnalyticsDesk, story: Story) -> None:
    story.customer(new_id(), 0)
    story.customer(new_id(), 6 * 24 * 60 + 60)
    await desk.take(story.envelopes)
    me = member_identity(story.workspace_id, story.person_id)
    days = {"first": "2026-03-02", "last": "2026-03-08"}
    asked = {**days, "by": "hour_of_week", "metric": "received"}
    report = await desk.get("/breakdown", me, **asked)
    sunday = 6 * 24
    assert [row["key"] for row in report["rows"]] == [str(START.hour), str(sunday + START.hour + 1)]


async def test_nothing_that_a_customer_wrote_is_kept(desk: AnalyticsDesk, story: Story) -> None:
    story.customer(new_id(), 0)
    await desk.take(story.envelopes)
    async with desk.database.begin(story.workspace_id) as tx:
        bodies = await tx.session.scalars(KEPT, {"w": story.workspace_id})
    assert not [body for body in bodies if b"customer wrote" in body]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/overview", {}),
        ("/series", {"metric": "received"}),
        ("/breakdown", {"metric": "received", "by": "person"}),
        ("/breakdown", {"metric": "received", "by": "hour"}),
    ],
)
async def test_a_report_adds_up_sums_and_reads_nothing_one_by_one(
    desk: AnalyticsDesk, story: Story, path: str, more: dict[str, str]
) -> None:
    conversation_id = new_id()
    story.customer(conversation_id, 0)
    story.reply(conversation_id, 20)
    await desk.take(story.envelopes)
    me = member_identity(story.workspace_id, story.person_id)
    with statements_of(desk.database) as statements:
        await desk.get(path, me, first="2026-03-01", last="2026-03-31", **more)
    said = " ".join(statements)
    assert "FROM totals_by_" in said
    assert not re.search(r"\b(measurements|kept_events|subjects)\b", said), said
