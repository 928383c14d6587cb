"""Service levels at work: clocks over HTTP and events, told in time, made of history alone."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.clock import ManualClock
from shared.events.ticketing import (
    CalendarSaved,
    PolicySaved,
    ServiceLevelEvent,
    SlaEvent,
    SlaMet,
    SlaMissed,
    SlaNear,
)
from shared.ids import new_id
from shared.permissions import Level, Module
from tests.support.ticket_desk import TicketDesk

WEEK: list[list[list[int]]] = [[[540, 720], [780, 1020]]] * 5 + [[], []]
CALENDAR: dict[str, Any] = {"name": "Office", "zone": "Europe/London", "week": WEEK}
GOALS = {
    "normal": {
        "first_response": {"seconds": 3600},
        "next_response": {"seconds": 1800, "measure": "wall"},
        "resolution": {"seconds": 8 * 3600},
    },
    "urgent": {"first_response": {"seconds": 600}},
}
WATCH = "ticketing.watch_clocks"


async def promise(desk: TicketDesk, **values: Any) -> UUID:
    calendar = await desk.call("POST", "/calendars", json=CALENDAR)
    assert calendar.status_code == 201, calendar.text
    body = {"name": "Care", "calendar_id": calendar.json()["id"], "goals": GOALS, **values}
    policy = await desk.call("POST", "/policies", json=body)
    assert policy.status_code == 201, policy.text
    return UUID(policy.json()["id"])


async def test_what_is_promised_is_told_to_those_who_count_by_it(desk: TicketDesk) -> None:
    policy_id = await promise(desk)
    saved, policy = await service_levels(desk)
    assert isinstance(saved, CalendarSaved)
    assert isinstance(policy, PolicySaved)
    assert (saved.zone, saved.calendar_version) == (CALENDAR["zone"], 1)
    assert (policy.policy_id, policy.calendar_id) == (policy_id, saved.calendar_id)
    path = f"/calendars/{saved.calendar_id}"
    rewritten = await desk.call(
        "PUT", path, json={**CALENDAR, "name": "New", "expected_version": 1}
    )
    assert rewritten.status_code == 204, rewritten.text
    assert (await desk.call("DELETE", f"/policies/{policy_id}")).status_code == 204
    assert (await desk.call("DELETE", path)).status_code == 204
    assert [type(event).__name__ for event in await service_levels(desk)] == [
        "CalendarSaved",
        "PolicySaved",
        "CalendarSaved",
        "PolicyRemoved",
        "CalendarRemoved",
    ]


async def service_levels(desk: TicketDesk) -> list[ServiceLevelEvent]:
    return [event for event in await desk.events() if isinstance(event, ServiceLevelEvent)]


async def told(desk: TicketDesk) -> list[tuple[str, str, int]]:
    return [
        (type(event).__name__, event.target.value, event.run)
        for event in await desk.events()
        if isinstance(event, SlaEvent)
    ]


async def pass_time(desk: TicketDesk, minutes: float) -> None:
    desk.clock.advance(timedelta(minutes=minutes))
    await desk.hand.drain(WATCH)


async def test_near_and_missed_are_told_once_each_when_they_come(desk: TicketDesk) -> None:
    await promise(desk)
    ticket_id = await desk.open()
    due = (await desk.view(ticket_id))["due_at"]
    assert due == "2026-03-02T10:00:00Z"
    await pass_time(desk, 44)
    assert await told(desk) == []
    await pass_time(desk, 1)
    await pass_time(desk, 1)
    assert await told(desk) == [("SlaNear", "first_response", 1)]
    await pass_time(desk, 14)
    await pass_time(desk, 60)
    assert (await told(desk))[1:] == [("SlaMissed", "first_response", 1)]
    assert (await desk.clock_of(ticket_id, "first_response"))["overdue"] is True
    missed = next(event for event in await desk.events() if isinstance(event, SlaMissed))
    assert missed.due_at.isoformat() == "2026-03-02T10:00:00+00:00"
    near = next(event for event in await desk.events() if isinstance(event, SlaNear))
    assert near.due_at == missed.due_at


async def test_an_answer_in_time_is_told_with_both_times(desk: TicketDesk) -> None:
    await promise(desk)
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await pass_time(desk, 30)
    await desk.answer(conversation_id)
    (met,) = [event for event in await desk.events() if isinstance(event, SlaMet)]
    assert (met.target, met.wall_seconds, met.business_seconds) == ("first_response", 1800, 1800)
    await pass_time(desk, 90)
    await desk.write(conversation_id)
    clock = await desk.clock_of(ticket_id, "next_response")
    assert (clock["outcome"], clock["due_at"]) == ("running", "2026-03-02T11:30:00Z")
    assert (await desk.view(ticket_id))["due_at"] == "2026-03-02T11:30:00Z"
    # Nine until noon and one until five are seven hours; the eighth is Tuesday's first.
    resolution = await desk.clock_of(ticket_id, "resolution")
    assert resolution["due_at"] == "2026-03-03T10:00:00Z"


async def test_an_answer_that_was_written_in_time_and_heard_of_late_counts(
    desk: TicketDesk,
) -> None:
    await promise(desk)
    conversation_id = await desk.conversation()
    await desk.open(conversation_id)
    await pass_time(desk, 70)
    assert (await told(desk))[-1] == ("SlaMissed", "first_response", 1)
    await desk.answer(conversation_id, desk.clock.now() - timedelta(minutes=20))
    assert (await told(desk))[-1] == ("SlaMet", "first_response", 1)


async def test_an_answer_from_before_the_ticket_is_none_to_it(desk: TicketDesk) -> None:
    await promise(desk)
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await desk.answer(conversation_id, desk.clock.now() - timedelta(minutes=1))
    assert (await desk.clock_of(ticket_id, "first_response"))["outcome"] == "running"


async def test_while_a_ticket_is_pending_nobody_is_warned_of_its_resolution(
    desk: TicketDesk,
) -> None:
    await promise(desk)
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await desk.answer(conversation_id)
    await desk.move(ticket_id, "pending")
    view = await desk.view(ticket_id)
    assert view["due_at"] is None
    await pass_time(desk, 60 * 24 * 3)
    assert await told(desk) == [("SlaMet", "first_response", 1)]
    await desk.move(ticket_id, "open")
    assert (await desk.view(ticket_id))["due_at"] == "2026-03-06T10:00:00Z"


async def test_a_change_of_priority_moves_what_is_due(desk: TicketDesk) -> None:
    await promise(desk)
    ticket_id = await desk.open()
    assert (await desk.put(ticket_id, "priority", priority="urgent")).status_code == 200
    assert (await desk.view(ticket_id))["due_at"] == "2026-03-02T09:10:00Z"
    await pass_time(desk, 11)
    assert (await told(desk)) == [("SlaMissed", "first_response", 1)]
    assert (await desk.put(ticket_id, "priority", priority="low")).status_code == 200
    assert (await desk.view(ticket_id))["due_at"] is None


async def test_a_later_deadline_is_watched_again(desk: TicketDesk) -> None:
    await promise(desk)
    ticket_id = await desk.open()
    await desk.put(ticket_id, "priority", priority="urgent")
    await pass_time(desk, 11)
    await desk.put(ticket_id, "priority", priority="normal")
    await pass_time(desk, 35)
    await pass_time(desk, 15)
    kinds = [kind for kind, _, _ in await told(desk)]
    assert kinds == ["SlaMissed", "SlaNear", "SlaMissed"]


Step = Callable[[TicketDesk, UUID, UUID], Awaitable[Any]]


def _moved(state: str) -> Step:
    return lambda desk, ticket_id, _: desk.put(ticket_id, "state", state=state)


def _urgent(desk: TicketDesk, ticket_id: UUID, _: UUID) -> Awaitable[Any]:
    return desk.put(ticket_id, "priority", priority="urgent")


def _written(desk: TicketDesk, _: UUID, conversation_id: UUID) -> Awaitable[Any]:
    return desk.write(conversation_id, written_at=desk.clock.now() - timedelta(minutes=3))


def _answered(desk: TicketDesk, _: UUID, conversation_id: UUID) -> Awaitable[Any]:
    return desk.answer(conversation_id, desk.clock.now() - timedelta(minutes=2))


@pytest.mark.parametrize(
    "steps",
    [
        (_answered, _written, _moved("pending"), _written, _answered, _moved("resolved")),
        (_moved("on_hold"), _written, _urgent, _moved("open"), _answered, _written),
        (_moved("resolved"), _written, _answered, _moved("resolved"), _written, _urgent),
        (_urgent, _moved("pending"), _moved("open"), _written, _moved("closed"), _written),
    ],
    ids=["the usual way", "held", "reopened twice", "closed unanswered"],
)
async def test_the_clocks_are_what_the_history_makes_them(
    desk: TicketDesk, steps: tuple[Step, ...]
) -> None:
    await promise(desk)
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    for step in steps:
        await pass_time(desk, 47)
        await step(desk, ticket_id, conversation_id)
        recomputed = await desk.recomputed_clocks(ticket_id)
        assert recomputed == await desk.stored_clocks(ticket_id)
        assert recomputed is not None
        assert (await desk.ticket(ticket_id)).due_at == recomputed.due_at


async def test_a_profile_s_own_policy_comes_first_and_a_promise_stands(
    desk: TicketDesk, clock: ManualClock
) -> None:
    del clock
    await promise(desk)
    quick = {"normal": {"first_response": {"seconds": 60}}}
    own = await promise(desk, name="VIP", profile_ids=[str(desk.profile_id)], goals=quick)
    ticket_id = await desk.open()
    elsewhere = await desk.open(await desk.conversation(profile_id=new_id()))
    assert (await desk.view(ticket_id))["due_at"] == "2026-03-02T09:01:00Z"
    assert (await desk.view(elsewhere))["due_at"] == "2026-03-02T10:00:00Z"
    assert (await desk.call("DELETE", f"/policies/{own}")).status_code == 204
    assert (await desk.view(ticket_id))["due_at"] == "2026-03-02T09:01:00Z"


async def test_two_policies_never_hold_for_one_profile(desk: TicketDesk) -> None:
    policy_id = await promise(desk)
    (calendar,) = (await desk.call("GET", "/calendars")).json()
    body = {"name": "Other", "calendar_id": calendar["id"], "goals": {}}
    again = await desk.call("POST", "/policies", json=body)
    assert (again.status_code, again.json()["data"]) == (409, {"policy": "Care"})
    used = await desk.call("DELETE", f"/calendars/{calendar['id']}")
    assert (used.status_code, used.json()["data"]) == (409, {"policies": ["Care"]})

    rewrite = {**body, "expected_version": 1}
    assert (await desk.call("PUT", f"/policies/{policy_id}", json=rewrite)).status_code == 204
    stale = await desk.call("PUT", f"/policies/{policy_id}", json=rewrite)
    assert (stale.status_code, stale.json()["code"]) == (409, "ticketing.sla_changed")
    (policy,) = (await desk.call("GET", "/policies")).json()
    assert (policy["name"], policy["goals"], policy["version"]) == ("Other", {}, 2)
    assert (await desk.call("DELETE", f"/policies/{policy_id}")).status_code == 204
    assert (await desk.call("DELETE", f"/calendars/{calendar['id']}")).status_code == 204


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"},
        {"week": [[]] * 7},
        {"week": [[[540, 540]]] * 7},
        {"week": [[[540, 720], [700, 800]]] * 7},
        {"week": [[[0, 1441]]] * 7},
        {"week": WEEK[:6]},
    ],
    ids=["no such zone", "never open", "empty", "overlapping", "too long a day", "six days"],
)
async def test_a_calendar_that_makes_no_sense_is_refused(
    desk: TicketDesk, wrong: dict[str, Any]
) -> None:
    answer = await desk.call("POST", "/calendars", json={**CALENDAR, **wrong})
    assert answer.status_code == 422
    assert (await desk.call("GET", "/calendars")).json() == []


async def test_only_who_administers_tickets_makes_promises(desk: TicketDesk) -> None:
    policy_id = await promise(desk)
    (calendar,) = (await desk.call("GET", "/calendars")).json()
    editor = desk.identity(levels={Module.TICKETS: Level.EDIT})
    policy = {"name": "x", "calendar_id": calendar["id"], "goals": {}, "expected_version": 1}
    calls: tuple[tuple[str, str, Any], ...] = (
        ("POST", "/calendars", CALENDAR),
        ("PUT", f"/calendars/{calendar['id']}", {**CALENDAR, "expected_version": 1}),
        ("DELETE", f"/calendars/{calendar['id']}", None),
        ("POST", "/policies", policy),
        ("PUT", f"/policies/{policy_id}", policy),
        ("DELETE", f"/policies/{policy_id}", None),
    )
    stranger = TicketDesk(desk.hand, desk.clock)
    for method, path, body in calls:
        assert (await desk.call(method, path, editor, json=body)).status_code == 403
        if method != "POST":
            assert (await stranger.call(method, path, json=body)).status_code == 404
    assert (await stranger.call("POST", "/policies", json=policy)).status_code == 404
    assert (await desk.call("GET", "/calendars", editor)).json() == [calendar]
    assert [row["version"] for row in (await desk.call("GET", "/policies")).json()] == [1]


async def test_who_works_with_certain_profiles_promises_for_those(desk: TicketDesk) -> None:
    general = await promise(desk)
    calendar_id = (await desk.call("GET", "/calendars")).json()[0]["id"]
    confined = desk.identity(profile_ids=frozenset({desk.profile_id}))
    body = {"name": "Mine", "calendar_id": calendar_id, "goals": {}}
    for profile_ids in ([], [str(new_id())], [str(desk.profile_id), str(new_id())]):
        answer = await desk.call(
            "POST", "/policies", confined, json={**body, "profile_ids": profile_ids}
        )
        assert (answer.status_code, answer.json()["code"]) == (403, "ticketing.policy_profiles")
    mine = {**body, "profile_ids": [str(desk.profile_id)]}
    rewritten = await desk.call(
        "PUT", f"/policies/{general}", confined, json={**mine, "expected_version": 1}
    )
    assert rewritten.status_code == 403
    assert (await desk.call("DELETE", f"/policies/{general}", confined)).status_code == 403
    assert (await desk.call("POST", "/policies", confined, json=mine)).status_code == 201


async def test_dead_letters_are_not_taken_for_a_ticket(desk: TicketDesk) -> None:
    answer = await desk.call("GET", "/dead-letters")
    assert (answer.status_code, answer.json()) == (200, [])
