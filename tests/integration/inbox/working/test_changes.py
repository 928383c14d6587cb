"""Assigning, tagging, handling, snoozing: what changes, what is told, who is refused."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.inbox.models import Conversation
from shared.clock import ManualClock
from shared.events.inbox import (
    ConversationAssigned,
    ConversationPrioritised,
    ConversationStateChanged,
    ConversationTagged,
)
from shared.ids import new_id
from shared.permissions import Level, Module, Right, Sight
from tests.support.inbox_desk import InboxDesk

WITHOUT_ASSIGN = frozenset(Right) - {Right.ASSIGN}
WITHOUT_TAKE_OVER = frozenset(Right) - {Right.TAKE_OVER}


async def put(
    desk: InboxDesk, conversation_id: UUID, what: str, version: int = 1, **body: Any
) -> Any:
    path = f"/conversations/{conversation_id}/{what}"
    return await desk.call("PUT", path, json={"expected_version": version, **body})


async def unchanged(desk: InboxDesk, conversation_id: UUID) -> bool:
    row = await desk.row(Conversation, conversation_id)
    return row.version == 1 and await desk.events() == [] and not await desk.history(row.id)


async def test_assigning_changes_the_row_the_history_and_tells_who_held_it(
    desk: InboxDesk,
) -> None:
    held, ada = await desk.member("Ben"), await desk.member("Ada")
    conversation_id = await desk.conversation(assignee_id=held)

    answer = await put(
        desk, conversation_id, "assignment", assignee_id=str(ada), reason="Speaks Turkish"
    )

    assert answer.status_code == 200, answer.text
    assert answer.json() == {
        "conversation_id": str(conversation_id),
        "version": 2,
        "before": {"assignee_id": str(held), "team_id": None},
        "after": {"assignee_id": str(ada), "team_id": None},
    }
    assert await desk.history(conversation_id) == [
        ("assigned", {"assignee_id": str(ada), "team_id": None, "reason": "Speaks Turkish"})
    ]
    assert await desk.events() == [
        ConversationAssigned(
            workspace_id=desk.workspace_id,
            conversation_id=conversation_id,
            profile_id=desk.profile_id,
            assignee_id=ada,
            conversation_version=2,
            by=desk.me,
            previous_assignee_id=held,
        )
    ]


async def test_doing_it_again_changes_nothing(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation(assignee_id=desk.me)
    answer = await put(desk, conversation_id, "assignment", assignee_id=str(desk.me))
    assert answer.json()["after"] == {}
    assert await unchanged(desk, conversation_id)


@pytest.mark.parametrize(
    ("case", "access", "held", "status", "code"),
    [
        ("no right to assign", {"rights": WITHOUT_ASSIGN}, False, 403, "permission_missing"),
        ("held by another", {"rights": WITHOUT_TAKE_OVER}, True, 403, "permission_missing"),
        ("only looks", {"levels": {Module.INBOX: Level.VIEW}}, False, 403, "permission_missing"),
        (
            "other profiles",
            {"profile_ids": frozenset()},
            False,
            404,
            "inbox.conversation_not_found",
        ),
        ("sees own", {"sight": Sight.ASSIGNED}, True, 404, "inbox.conversation_not_found"),
        ("sees team's", {"sight": Sight.TEAM}, True, 404, "inbox.conversation_not_found"),
    ],
)
async def test_who_may_not_assign(
    desk: InboxDesk, case: str, access: Mapping[str, Any], held: bool, status: int, code: str
) -> None:
    ben = await desk.member("Ben")
    conversation_id = await desk.conversation(assignee_id=ben if held else None)
    answer = await desk.call(
        "PUT",
        f"/conversations/{conversation_id}/assignment",
        desk.identity(**access),
        json={"expected_version": 1, "assignee_id": str(desk.me)},
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code), case
    assert await unchanged(desk, conversation_id)


async def test_only_who_works_here_and_with_the_profile_can_take_it(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    gone = await desk.member("Gone", active=False)
    elsewhere = await desk.member("Else", profile_ids=[new_id()])
    for assignee in (gone, elsewhere, new_id()):
        answer = await put(desk, conversation_id, "assignment", assignee_id=str(assignee))
        assert (answer.status_code, answer.json()["code"]) == (422, "inbox.assignee")
    answer = await put(desk, conversation_id, "assignment", team_id=str(new_id()))
    assert answer.json()["code"] == "inbox.assignee"
    assert await unchanged(desk, conversation_id)


async def test_of_two_who_assign_at_once_one_wins(desk: InboxDesk) -> None:
    ada, ben = await desk.member("Ada"), await desk.member("Ben")
    conversation_id = await desk.conversation()

    answers = await asyncio.gather(
        *(
            put(desk, conversation_id, "assignment", assignee_id=str(person))
            for person in (ada, ben)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = next(answer.json() for answer in answers if answer.status_code == 200)
    lost = next(answer.json() for answer in answers if answer.status_code == 409)
    assert lost["code"] == "inbox.conversation_changed"
    assert lost["data"] == {
        "version": 2,
        "changed": ["assignee_id", "team_id"],
        "by": str(desk.me),
    }
    row = await desk.row(Conversation, conversation_id)
    assert str(row.assignee_id) == won["after"]["assignee_id"]
    assert len(await desk.events()) == 1


async def test_changes_of_different_fields_fit_on_top_of_each_other(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    first = await put(desk, conversation_id, "priority", priority=2)
    second = await put(desk, conversation_id, "assignment", assignee_id=str(desk.me))
    assert (first.json()["version"], second.json()["version"]) == (2, 3)
    assert [event.type for event in await desk.events()] == [
        ConversationPrioritised.type,
        ConversationAssigned.type,
    ]


async def test_what_was_written_meanwhile_stops_handling_but_not_prioritising(
    desk: InboxDesk,
) -> None:
    conversation_id = await desk.conversation()
    async with desk.database.begin(desk.workspace_id) as tx:
        row = await tx.session.get(Conversation, (desk.workspace_id, conversation_id))
        assert row is not None
        row.version += 1  # As ingestion does for a further message of the customer.

    handled = await put(desk, conversation_id, "state", state="handled")
    assert (handled.status_code, handled.json()["data"]) == (
        409,
        {"version": 2, "changed": ["messages"], "by": None},
    )
    assert (await put(desk, conversation_id, "priority", priority=1)).status_code == 200
    assert (await put(desk, conversation_id, "state", 3, state="handled")).status_code == 200


async def test_a_conversation_is_handled_and_opened_again(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    await put(desk, conversation_id, "state", state="handled")
    row = await desk.row(Conversation, conversation_id)
    assert (row.state, row.handled_at, row.handled_by) == ("handled", clock.now(), desk.me)

    await put(desk, conversation_id, "state", 2, state="open")
    row = await desk.row(Conversation, conversation_id)
    assert (row.state, row.handled_at, row.handled_by, row.version) == ("open", None, None, 3)
    events = await desk.events()
    assert [
        (event.previous, event.state, event.reason, event.by)
        for event in events
        if isinstance(event, ConversationStateChanged)
    ] == [("open", "handled", "person", desk.me), ("handled", "open", "person", desk.me)]


async def test_a_snoozed_conversation_wakes_when_its_time_has_come(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    until = clock.now() + timedelta(hours=2)
    answer = await put(desk, conversation_id, "state", state="snoozed", until=until.isoformat())
    assert answer.status_code == 200, answer.text

    assert await desk.hand.drain("inbox.wake_conversation") == 0
    clock.advance(timedelta(hours=2))
    assert await desk.hand.drain("inbox.wake_conversation") == 1

    row = await desk.row(Conversation, conversation_id)
    assert (row.state, row.snoozed_until, row.version) == ("open", None, 3)
    last = (await desk.events())[-1]
    assert isinstance(last, ConversationStateChanged)
    assert (last.previous, last.state, last.reason, last.by) == ("snoozed", "open", "woken", None)


async def test_opening_a_snoozed_conversation_stops_its_clock(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    until = (clock.now() + timedelta(hours=2)).isoformat()
    await put(desk, conversation_id, "state", state="snoozed", until=until)
    await put(desk, conversation_id, "state", 2, state="handled")
    clock.advance(timedelta(hours=2))
    assert await desk.hand.drain("inbox.wake_conversation") == 0
    assert (await desk.row(Conversation, conversation_id)).state == "handled"


async def test_snoozing_into_the_past_is_refused(desk: InboxDesk, clock: ManualClock) -> None:
    conversation_id = await desk.conversation()
    until = clock.now().isoformat()
    answer = await put(desk, conversation_id, "state", state="snoozed", until=until)
    assert (answer.status_code, answer.json()["code"]) == (422, "inbox.snooze_in_past")
    assert (await put(desk, conversation_id, "state", state="snoozed")).status_code == 422
    assert await unchanged(desk, conversation_id)


async def test_tags_of_two_people_add_up(desk: InboxDesk) -> None:
    refund, vip = await desk.tag("refund"), await desk.tag("VIP")
    conversation_id = await desk.conversation()
    path = f"/conversations/{conversation_id}/tags"
    answers = await asyncio.gather(
        *(desk.call("POST", path, json={"add": [str(tag)]}) for tag in (refund, vip))
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    row = await desk.row(Conversation, conversation_id)
    assert set(row.tag_ids) == {refund, vip}

    await desk.call("POST", path, json={"remove": [str(refund)]})
    last = (await desk.events())[-1]
    assert isinstance(last, ConversationTagged)
    assert (last.tags, last.by, last.conversation_version) == (("VIP",), desk.me, 4)


async def test_an_unknown_tag_is_refused(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    customer_tag = await desk.tag("fan", scope="contact")
    path = f"/conversations/{conversation_id}/tags"
    answer = await desk.call("POST", path, json={"add": [str(customer_tag)]})
    assert (answer.status_code, answer.json()["code"]) == (404, "inbox.tag_not_found")
    assert await unchanged(desk, conversation_id)
