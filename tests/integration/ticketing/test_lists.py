"""Lists and counts: filters, order, pages under inserts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.events.inbox import ContactSaved
from shared.ids import new_id
from tests.support.copies import copy_rows
from tests.support.ticket_desk import TicketDesk


async def listed(desk: TicketDesk, query: str = "") -> list[str]:
    answer = await desk.call("GET", f"/?{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["items"]]


async def opened(desk: TicketDesk, **values: Any) -> str:
    desk.clock.advance(timedelta(seconds=1))
    return str(await desk.open(**values))


async def test_a_page_follows_another_while_tickets_come_in(desk: TicketDesk) -> None:
    tickets = [await opened(desk) for _ in range(5)]
    first = (await desk.call("GET", "/?limit=2")).json()
    await opened(desk)
    second = (await desk.call("GET", f"/?limit=2&cursor={first['next_cursor']}")).json()
    third = (await desk.call("GET", f"/?limit=2&cursor={second['next_cursor']}")).json()
    pages = [item["id"] for page in (first, second, third) for item in page["items"]]
    assert pages == tickets[::-1]
    assert third["next_cursor"] is None


async def test_filters_narrow_each_other(desk: TicketDesk) -> None:
    ada, team = await desk.member("Ada"), await desk.team()
    mine = await opened(desk, assignee_id=str(desk.me), priority="high")
    hers = await opened(desk, assignee_id=str(ada), team_id=str(team))
    nobodys = await opened(desk)
    await desk.move(UUID(hers), "pending")
    await desk.call("POST", f"/{mine}/tags", json={"add": ["refund"]})
    await desk.call("PUT", f"/{nobodys}/watchers/{desk.me}")

    assert await listed(desk, "assignee=me") == [mine]
    assert await listed(desk, "assignee=none") == [nobodys]
    assert await listed(desk, f"assignee={ada}&state=pending") == [hers]
    assert await listed(desk, f"assignee={ada}&state=open") == []
    assert await listed(desk, f"team_id={team}") == [hers]
    assert await listed(desk, "priority=high&priority=low") == [mine]
    assert await listed(desk, "tag=refund") == [mine]
    assert await listed(desk, "watching=true") == [nobodys]
    assert await listed(desk, f"profile_id={desk.profile_id}") == [nobodys, hers, mine]
    conversation_id = (await desk.ticket(UUID(mine))).conversation_id
    assert await listed(desk, f"conversation_id={conversation_id}") == [mine]
    counts = (await desk.call("GET", "/counts")).json()
    assert {name: count["count"] for name, count in counts.items()} == {
        "mine": 1,
        "team": 0,
        "unassigned": 1,
        "watching": 1,
        "overdue": 0,
        "open": 2,
        "pending": 1,
        "on_hold": 0,
        "resolved": 0,
        "closed": 0,
    }


async def test_what_is_due_soonest_comes_first(desk: TicketDesk) -> None:
    always = {"name": "Always", "zone": "UTC", "week": [[[0, 1440]]] * 7}
    calendar = (await desk.call("POST", "/calendars", json=always)).json()
    goals = {
        "normal": {"first_response": {"seconds": 3600}},
        "urgent": {"first_response": {"seconds": 60}},
    }
    policy = {"name": "Care", "calendar_id": calendar["id"], "goals": goals}
    assert (await desk.call("POST", "/policies", json=policy)).status_code == 201
    usual, urgent = await opened(desk), await opened(desk, priority="urgent")
    newest_of_the_rest = [await opened(desk, priority="low") for _ in range(3)][::-1]
    first = (await desk.call("GET", "/?order=due&limit=1")).json()
    assert [item["id"] for item in first["items"]] == [urgent]
    second = (await desk.call("GET", f"/?order=due&limit=2&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in second["items"]] == [usual, newest_of_the_rest[0]]
    rest = await listed(desk, f"order=due&cursor={second['next_cursor']}")
    assert rest == newest_of_the_rest[1:]
    assert await listed(desk, "overdue=true") == []
    desk.clock.advance(timedelta(minutes=2))
    assert await listed(desk, "overdue=true") == [urgent]
    counts = (await desk.call("GET", "/counts")).json()
    assert counts["overdue"] == {"count": 1, "more": False}


async def test_a_subject_is_found_by_a_part_of_it(desk: TicketDesk) -> None:
    zip_, percent = (
        await opened(desk, subject="A broken ZIP"),
        await opened(desk, subject="50% off"),
    )
    assert await listed(desk, "q=zip") == [zip_]
    assert await listed(desk, "q=%25") == [percent]
    assert await listed(desk, "q=button") == []


async def test_a_ticket_is_found_by_who_it_is_about_and_tells_it(desk: TicketDesk) -> None:
    contact_id, team = new_id(), await desk.team()
    told: dict[str, Any] = {"workspace_id": desk.workspace_id, "by": new_id()}
    card = ContactSaved(**told, contact_id=contact_id, contact_version=2, name="Grace Okafor")
    await desk.tell(card)
    conversation_id = await desk.conversation(contact_id=contact_id)
    hers = str(await desk.open(conversation_id, team_id=str(team)))
    other = await opened(desk)
    assert await listed(desk, "q=okafor") == [hers]
    (line,) = (await desk.call("GET", "/?q=okafor")).json()["items"]
    shown = (line["contact_name"], line["network"], line["excerpt"])
    assert shown == ("Grace Okafor", "fake", "Where is my order?")
    mine = desk.identity(desk.me, team_ids=frozenset({team}))
    counts = (await desk.call("GET", "/counts", mine)).json()
    assert (counts["team"]["count"], counts["open"]["count"]) == (1, 2)
    assert other in await listed(desk)


async def test_a_promise_that_stands_still_is_told(desk: TicketDesk) -> None:
    always = {"name": "Always", "zone": "UTC", "week": [[[0, 1440]]] * 7}
    calendar = (await desk.call("POST", "/calendars", json=always)).json()
    goals = {"normal": {"resolution": {"seconds": 3600}}}
    policy = {"name": "Care", "calendar_id": calendar["id"], "goals": goals}
    assert (await desk.call("POST", "/policies", json=policy)).status_code == 201
    promised, plain = await opened(desk), await opened(desk, priority="low")
    for ticket_id in (promised, plain):
        await desk.move(UUID(ticket_id), "pending")
    items = (await desk.call("GET", "/")).json()["items"]
    told = {item["id"]: (item["paused"], item["due_at"]) for item in items}
    assert told == {promised: (True, None), plain: (False, None)}


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwiYiJd", "WzEsMl0"])
async def test_a_cursor_of_somebody_s_own_making_is_refused(desk: TicketDesk, cursor: str) -> None:
    ticket_id = await desk.open()
    for path in ("/", f"/{ticket_id}/messages", f"/{ticket_id}/notes"):
        answer = await desk.call("GET", f"{path}?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "pages.cursor"), path
    answer = await desk.call("GET", f"/{ticket_id}/history?cursor=WyJhIl0")
    assert answer.status_code == 422


async def test_more_than_a_person_takes_in_is_not_counted(desk: TicketDesk) -> None:
    await desk.open()
    await copy_rows(desk.database, desk.workspace_id, "tickets", 1000)
    counts = (await desk.call("GET", "/counts")).json()
    assert counts["unassigned"] == {"count": 1000, "more": True}
    assert counts["mine"] == {"count": 0, "more": False}
