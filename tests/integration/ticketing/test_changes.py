"""Changing tickets: what moves, what is told, what the history says, who is refused."""

from typing import Any
from uuid import UUID

from services.ticketing.models import Note
from shared.events.team_directory import MemberLeft, MemberSaved, TeamRemoved
from shared.events.ticketing import (
    TicketAssigned,
    TicketEvent,
    TicketNoteAdded,
    TicketPrioritised,
    TicketRenamed,
    TicketStateChanged,
    TicketTagged,
    TicketWatchersChanged,
)
from shared.ids import new_id
from shared.permissions import Level, Module, Right, Sight
from tests.support.ticket_desk import TicketDesk


async def head(desk: TicketDesk, ticket_id: UUID, version: int, **values: Any) -> dict[str, Any]:
    ticket = await desk.ticket(ticket_id)
    return {
        "workspace_id": desk.workspace_id,
        "ticket_id": ticket_id,
        "conversation_id": ticket.conversation_id,
        "profile_id": desk.profile_id,
        "subject": ticket.subject,
        "ticket_version": version,
        "by": desk.me,
        **values,
    }


async def told(desk: TicketDesk, kind: type[TicketEvent]) -> list[TicketEvent]:
    return [event for event in await desk.events() if isinstance(event, kind)]


async def test_each_change_leaves_a_line_and_an_event(desk: TicketDesk) -> None:
    ticket_id = await desk.open()
    await desk.hand.forget_events()
    for what, body in (
        ("state", {"state": "pending"}),
        ("priority", {"priority": "urgent"}),
        ("subject", {"subject": " Refund "}),
    ):
        assert (await desk.put(ticket_id, what, **body)).status_code == 200
    tags = await desk.call("POST", f"/{ticket_id}/tags", json={"add": ["Refund", "VIP"]})
    assert tags.json()["after"] == {"tags": ["refund", "vip"]}

    first = await head(desk, ticket_id, 2, subject="The parcel has not arrived")
    assert await desk.events() == [
        TicketStateChanged(**first, state="pending", previous="open", reason="person"),
        TicketPrioritised(**{**first, "ticket_version": 3}, priority="urgent", previous="normal"),
        TicketRenamed(**await head(desk, ticket_id, 4)),
        TicketTagged(**await head(desk, ticket_id, 5), tags=("refund", "vip")),
    ]
    page = (await desk.call("GET", f"/{ticket_id}/history?limit=3")).json()
    assert [line["kind"] for line in page["items"]] == ["tagged", "renamed", "prioritised"]
    assert page["items"][1]["before"] == {"subject": "The parcel has not arrived"}
    assert page["items"][1]["actor_id"] == str(desk.me)
    cursor = page["next_cursor"]
    rest = (await desk.call("GET", f"/{ticket_id}/history?cursor={cursor}")).json()
    assert [line["kind"] for line in rest["items"]] == ["moved", "opened"]


async def test_what_is_so_already_changes_nothing(desk: TicketDesk) -> None:
    ticket_id = await desk.open()
    await desk.hand.forget_events()
    answer = await desk.put(ticket_id, "state", state="open")
    assert (answer.json()["version"], answer.json()["after"]) == (1, {})
    assert await desk.events() == []


async def test_a_stale_version_is_refused_where_the_same_field_moved(desk: TicketDesk) -> None:
    ticket_id = await desk.open()
    await desk.put(ticket_id, "priority", priority="high")
    late = await desk.put(ticket_id, "priority", priority="low", expected_version=1)
    assert (late.status_code, late.json()["code"]) == (409, "ticketing.ticket_changed")
    assert late.json()["data"] == {"version": 2, "changed": ["priority"], "by": str(desk.me)}
    other = await desk.put(ticket_id, "subject", subject="Refund", expected_version=1)
    assert other.status_code == 200
    assert (await desk.ticket(ticket_id)).priority == "high"


async def test_who_resolves_must_have_read_what_was_written(desk: TicketDesk) -> None:
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await desk.write(conversation_id)
    late = await desk.put(ticket_id, "state", state="resolved", expected_version=1)
    assert (late.status_code, late.json()["data"]["changed"]) == (409, ["messages"])
    waiting = await desk.put(ticket_id, "state", state="pending", expected_version=1)
    assert waiting.status_code == 200


async def test_a_closed_ticket_stays_closed(desk: TicketDesk) -> None:
    ticket_id = await desk.open()
    await desk.move(ticket_id, "closed")
    answer = await desk.put(ticket_id, "state", state="open")
    assert (answer.status_code, answer.json()["code"]) == (409, "ticketing.state_impossible")


async def test_taking_over_asks_for_the_right(desk: TicketDesk) -> None:
    ada = await desk.member("Ada")
    ticket_id = await desk.open(assignee_id=str(ada))
    body = {"assignee_id": str(desk.me), "expected_version": 1}
    without = desk.identity(rights=frozenset(Right) - {Right.TAKE_OVER})
    refused = await desk.call("PUT", f"/{ticket_id}/assignment", without, json=body)
    assert (refused.status_code, (await desk.ticket(ticket_id)).assignee_id) == (403, ada)
    await desk.hand.forget_events()
    assert (await desk.put(ticket_id, "assignment", **body)).status_code == 200
    expected = await head(desk, ticket_id, 2, assignee_id=desk.me, previous_assignee_id=ada)
    assert await desk.events() == [TicketAssigned(**expected)]


async def test_a_ticket_that_one_does_not_see_cannot_be_touched(desk: TicketDesk) -> None:
    ticket_id = await desk.open(assignee_id=str(await desk.member("Ada")))
    await desk.hand.forget_events()
    stranger = TicketDesk(desk.hand, desk.clock)
    blind = (
        desk.identity(profile_ids=frozenset({new_id()})),
        desk.identity(sight=Sight.ASSIGNED),
        desk.identity(sight=Sight.TEAM),
        stranger.identity(),
    )
    calls: tuple[tuple[str, str, Any], ...] = (
        ("GET", "", None),
        ("GET", "/messages", None),
        ("GET", "/notes", None),
        ("GET", "/history", None),
        ("PUT", "/assignment", {"expected_version": 1}),
        ("PUT", "/state", {"state": "closed", "expected_version": 1}),
        ("PUT", "/priority", {"priority": "low", "expected_version": 1}),
        ("PUT", "/subject", {"subject": "x", "expected_version": 1}),
        ("POST", "/tags", {"add": ["x"]}),
        ("POST", "/notes", {"body": "x"}),
        ("PUT", f"/watchers/{desk.me}", None),
        ("DELETE", f"/watchers/{desk.me}", None),
    )
    for identity in blind:
        for method, path, body in calls:
            answer = await desk.call(method, f"/{ticket_id}{path}", identity, json=body)
            code = "ticketing.ticket_not_found"
            assert (answer.status_code, answer.json()["code"]) == (404, code), (method, path)
        listed = await desk.call("GET", "/", identity)
        assert listed.json()["items"] == []
        counts = (await desk.call("GET", "/counts", identity)).json()
        assert {count["count"] for count in counts.values()} == {0}
    viewer = desk.identity(levels={Module.TICKETS: Level.VIEW})
    for method, path, body in calls:
        if method != "GET" and "watchers" not in path:
            answer = await desk.call(method, f"/{ticket_id}{path}", viewer, json=body)
            assert answer.status_code == 403, (method, path)
    assert ((await desk.ticket(ticket_id)).version, await desk.events()) == (1, [])


async def test_a_note_tells_whom_it_mentions(desk: TicketDesk) -> None:
    ada, ticket_id = await desk.member("Ada"), await desk.open()
    await desk.hand.forget_events()
    unknown = {"body": "?", "mentions": [str(new_id())]}
    refused = await desk.call("POST", f"/{ticket_id}/notes", json=unknown)
    assert (refused.status_code, refused.json()["code"]) == (422, "ticketing.mention_unknown")
    assert (await desk.rows(Note), await desk.events()) == ([], [])

    body = {"body": "@Ada what do you think?", "mentions": [str(ada)]}
    added = await desk.call("POST", f"/{ticket_id}/notes", json=body)
    note_id = UUID(added.json()["id"])
    assert await desk.events() == [
        TicketNoteAdded(**await head(desk, ticket_id, 2), note_id=note_id, mentions=(ada,))
    ]
    await desk.call("POST", f"/{ticket_id}/notes", json={"body": "Second"})
    page = (await desk.call("GET", f"/{ticket_id}/notes?limit=1")).json()
    assert [note["body"] for note in page["items"]] == ["Second"]
    rest = await desk.call("GET", f"/{ticket_id}/notes?cursor={page['next_cursor']}")
    assert [note["id"] for note in rest.json()["items"]] == [str(note_id)]


async def test_watching_is_for_oneself_and_by_editors_for_others(desk: TicketDesk) -> None:
    ada, ticket_id = await desk.member("Ada"), await desk.open()
    await desk.hand.forget_events()
    viewer = desk.identity(levels={Module.TICKETS: Level.VIEW})
    path = f"/{ticket_id}/watchers"
    assert (await desk.call("PUT", f"{path}/{desk.me}", viewer)).status_code == 204
    assert (await desk.call("PUT", f"{path}/{desk.me}", viewer)).status_code == 204
    assert (await desk.call("PUT", f"{path}/{ada}", viewer)).status_code == 403
    assert (await desk.call("PUT", f"{path}/{new_id()}")).json()["code"] == "ticketing.watcher"
    assert (await desk.call("PUT", f"{path}/{ada}")).status_code == 204
    assert (await desk.call("DELETE", f"{path}/{desk.me}", viewer)).status_code == 204
    mine = {"person_id": desk.me}
    first = await head(desk, ticket_id, 2, watcher_ids=(desk.me,))
    second = await head(desk, ticket_id, 3, watcher_ids=(desk.me, ada))
    third = await head(desk, ticket_id, 4, watcher_ids=(ada,))
    assert await desk.events() == [
        TicketWatchersChanged(**first, **mine, watching=True),
        TicketWatchersChanged(**second, person_id=ada, watching=True),
        TicketWatchersChanged(**third, **mine, watching=False),
    ]


async def test_what_somebody_held_who_left_is_nobodys_again(desk: TicketDesk) -> None:
    ada, team = await desk.member("Ada"), await desk.team()
    held = await desk.open(assignee_id=str(ada), team_id=str(team))
    done = await desk.open(assignee_id=str(ada))
    await desk.move(done, "closed")
    await desk.hand.forget_events()

    await desk.tell(MemberLeft(workspace_id=desk.workspace_id, person_id=ada))
    await desk.hand.drain("ticketing.release_member")
    row = await desk.ticket(held)
    assert (row.assignee_id, row.team_id) == (None, team)
    assert (await desk.ticket(done)).assignee_id == ada
    expected = await head(desk, held, 2, by=None, team_id=team)
    previous = {"previous_assignee_id": ada, "previous_team_id": team}
    assert await desk.events() == [TicketAssigned(**expected, **previous)]
    assert (await desk.history(held))[-1].after["reason"] == "The person has left."

    await desk.tell(TeamRemoved(workspace_id=desk.workspace_id, team_id=team))
    await desk.hand.drain("ticketing.release_team")
    assert (await desk.ticket(held)).team_id is None


async def test_who_loses_a_profile_gives_back_its_tickets_only(desk: TicketDesk) -> None:
    ada, other = await desk.member("Ada"), new_id()
    lost = await desk.open(assignee_id=str(ada))
    elsewhere = await desk.conversation(profile_id=other)
    kept = await desk.open(elsewhere, assignee_id=str(ada))
    event = MemberSaved(
        workspace_id=desk.workspace_id,
        person_id=ada,
        name="Ada",
        email="ada@example.com",
        locale="en",
        time_zone="UTC",
        profile_ids=(other,),
    )
    await desk.tell(event)
    await desk.hand.drain("ticketing.release_member")
    assert (await desk.ticket(lost)).assignee_id is None
    assert (await desk.ticket(kept)).assignee_id == ada
    assert len(await told(desk, TicketAssigned)) == 3
