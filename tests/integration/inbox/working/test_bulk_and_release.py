"""Many at once, each with its own result; and what happens when somebody leaves."""

from typing import Any
from uuid import UUID

from services.inbox.commands.copies import forget_member, forget_team, remember_member
from services.inbox.models import Conversation
from shared.events.inbox import ConversationAssigned, ConversationStateChanged
from shared.events.team_directory import MemberLeft, MemberSaved, TeamRemoved
from shared.ids import new_id
from shared.permissions import Right
from tests.support.inbox_desk import InboxDesk


async def bulk(desk: InboxDesk, ids: list[UUID], change: dict[str, Any], **access: Any) -> Any:
    items = [{"id": str(id_), "expected_version": 1} for id_ in ids]
    body = {"items": items, "change": change}
    return await desk.call("POST", "/conversations/bulk", desk.identity(**access), json=body)


async def test_each_of_many_has_its_own_result(desk: InboxDesk) -> None:
    fine = await desk.conversation()
    done = await desk.conversation(state="handled")
    moved = await desk.conversation(version=2)
    missing, foreign = new_id(), await InboxDesk(desk.hand, desk.clock).conversation()

    answer = await bulk(
        desk, [fine, done, moved, missing, foreign], {"kind": "state", "state": "handled"}
    )

    assert answer.status_code == 200, answer.text
    items = {UUID(item["conversation_id"]): item for item in answer.json()["items"]}
    assert [(item["outcome"], item["code"]) for item in items.values()] == [
        ("changed", None),
        ("unchanged", None),
        ("refused", "inbox.conversation_changed"),
        ("refused", "inbox.conversation_not_found"),
        ("refused", "inbox.conversation_not_found"),
    ]
    assert items[fine]["before"]["state"] == "open"
    told = [event for event in await desk.events() if isinstance(event, ConversationStateChanged)]
    assert [event.conversation_id for event in told] == [fine]
    assert (await desk.row(Conversation, moved)).state == "open"


async def test_what_was_changed_can_be_taken_back_from_what_was_returned(desk: InboxDesk) -> None:
    ben = await desk.member("Ben")
    ids = [await desk.conversation(assignee_id=holder) for holder in (ben, None)]
    done = await bulk(desk, ids, {"kind": "assign", "assignee_id": str(desk.me)})
    for item in done.json()["items"]:
        path = f"/conversations/{item['conversation_id']}/assignment"
        body = {"expected_version": item["version"], **item["before"]}
        assert (await desk.call("PUT", path, json=body)).status_code == 200
    assert [(await desk.row(Conversation, id_)).assignee_id for id_ in ids] == [ben, None]


async def test_many_at_once_is_a_right_of_its_own(desk: InboxDesk) -> None:
    ids = [await desk.conversation()]
    change = {"kind": "priority", "priority": 1}
    refused = await bulk(desk, ids, change, rights=frozenset(Right) - {Right.BULK})
    assert (refused.status_code, refused.json()["data"]) == (403, {"right": "bulk"})
    assert (await desk.row(Conversation, ids[0])).version == 1
    assert await desk.events() == []
    assert (await bulk(desk, [new_id() for _ in range(201)], change)).status_code == 422


async def test_what_somebody_held_is_free_again_when_they_leave(desk: InboxDesk) -> None:
    ben, team = await desk.member("Ben"), await desk.team()
    held = await desk.conversation(assignee_id=ben, team_id=team)
    snoozed = await desk.conversation(assignee_id=ben, state="snoozed")
    done = await desk.conversation(assignee_id=ben, state="handled")
    mine = await desk.conversation(assignee_id=desk.me)

    async with desk.database.begin(desk.workspace_id) as tx:
        await forget_member(tx, MemberLeft(workspace_id=desk.workspace_id, person_id=ben))
    await desk.hand.drain("inbox.release_member")

    holders = [(await desk.row(Conversation, id_)).assignee_id for id_ in (held, snoozed)]
    assert holders == [None, None]
    assert (await desk.row(Conversation, held)).team_id == team
    assert (await desk.row(Conversation, done)).assignee_id == ben
    assert (await desk.row(Conversation, mine)).assignee_id == desk.me
    events = [event for event in await desk.events() if isinstance(event, ConversationAssigned)]
    assert {(event.conversation_id, event.previous_assignee_id) for event in events} == {
        (held, ben),
        (snoozed, ben),
    }
    assert (await desk.history(held))[0][1]["reason"] == "The person has left."


async def test_what_is_beyond_somebodys_profiles_is_free_again(desk: InboxDesk) -> None:
    ben, other = new_id(), await desk.profile()
    await desk.member("Ben", ben)
    kept = await desk.conversation(assignee_id=ben)
    lost = await desk.conversation(assignee_id=ben, profile_id=other)
    saved = MemberSaved(
        workspace_id=desk.workspace_id,
        person_id=ben,
        name="Ben",
        email="ben@example.com",
        locale="en",
        time_zone="Europe/Berlin",
        profile_ids=(desk.profile_id,),
    )
    async with desk.database.begin(desk.workspace_id) as tx:
        await remember_member(tx, saved)
    await desk.hand.drain("inbox.release_member")
    holders = [(await desk.row(Conversation, id_)).assignee_id for id_ in (kept, lost)]
    assert holders == [ben, None]


async def test_what_a_removed_team_held_is_free_again(desk: InboxDesk) -> None:
    team = await desk.team()
    held = await desk.conversation(team_id=team, assignee_id=desk.me)
    async with desk.database.begin(desk.workspace_id) as tx:
        await forget_team(tx, TeamRemoved(workspace_id=desk.workspace_id, team_id=team))
    await desk.hand.drain("inbox.release_team")
    row = await desk.row(Conversation, held)
    assert (row.team_id, row.assignee_id) == (None, desk.me)


async def test_who_came_back_before_that_keeps_everything(desk: InboxDesk) -> None:
    held = await desk.conversation(assignee_id=desk.me)
    async with desk.database.begin(desk.workspace_id) as tx:
        await tx.schedule("inbox.release_member", str(desk.me))
    await desk.hand.drain("inbox.release_member")
    assert (await desk.row(Conversation, held)).assignee_id == desk.me
