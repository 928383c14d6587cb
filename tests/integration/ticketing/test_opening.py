"""Delegating a conversation: who may, to whom, and only once."""

import asyncio
from uuid import UUID

from services.ticketing.models import Ticket
from shared.events.ticketing import TicketAssigned, TicketOpened
from shared.ids import new_id
from shared.permissions import Level, Module, Right, Sight
from tests.support.ticket_desk import TicketDesk

BODY = {"subject": "The parcel has not arrived"}


async def nothing_happened(desk: TicketDesk) -> bool:
    return await desk.rows(Ticket) == [] and await desk.events() == []


async def test_a_conversation_becomes_a_ticket_for_a_person_and_a_team(desk: TicketDesk) -> None:
    ada, team, conversation_id = await desk.member("Ada"), await desk.team(), new_id()
    await desk.conversation(conversation_id=conversation_id)
    ticket_id = await desk.open(
        conversation_id, priority="high", assignee_id=str(ada), team_id=str(team)
    )

    head = {
        "workspace_id": desk.workspace_id,
        "ticket_id": ticket_id,
        "conversation_id": conversation_id,
        "profile_id": desk.profile_id,
        "assignee_id": ada,
        "team_id": team,
        "subject": BODY["subject"],
        "ticket_version": 1,
        "by": desk.me,
    }
    assert await desk.events() == [
        TicketOpened.model_validate({**head, "priority": "high"}),
        TicketAssigned.model_validate(head),
    ]
    view = await desk.view(ticket_id)
    assert (view["state"], view["priority"], view["version"]) == ("open", "high", 1)
    assert view["conversation"]["excerpt"] == "Where is my order?"
    assert view["messages"] == []
    assert view["next_states"] == ["closed", "on_hold", "pending", "resolved"]


async def test_a_conversation_has_one_ticket_until_that_is_closed(desk: TicketDesk) -> None:
    conversation_id = await desk.conversation()
    first = await desk.open(conversation_id)
    body = {**BODY, "conversation_id": str(conversation_id)}

    again = await desk.call("POST", "/", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "ticketing.ticket_exists")
    assert again.json()["data"] == {"ticket_id": str(first)}

    await desk.move(first, "closed")
    assert await desk.open(conversation_id) != first


async def test_two_who_open_at_once_make_one_ticket(desk: TicketDesk) -> None:
    body = {**BODY, "conversation_id": str(await desk.conversation())}
    answers = await asyncio.gather(*(desk.call("POST", "/", json=body) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(await desk.rows(Ticket)) == 1


async def test_a_conversation_that_one_does_not_see_is_not_there(desk: TicketDesk) -> None:
    conversation_id = await desk.conversation()
    body = {**BODY, "conversation_id": str(conversation_id)}
    hidden = (
        desk.identity(profile_ids=frozenset({new_id()})),
        desk.identity(sight=Sight.ASSIGNED),
        desk.identity(sight=Sight.TEAM, team_ids=frozenset({new_id()})),
    )
    for identity in hidden:
        answer = await desk.call("POST", "/", identity, json=body)
        code = "ticketing.conversation_not_found"
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    stranger = TicketDesk(desk.hand, desk.clock)
    assert (await stranger.call("POST", "/", json=body)).status_code == 404
    viewer = desk.identity(levels={Module.TICKETS: Level.VIEW})
    assert (await desk.call("POST", "/", viewer, json=body)).status_code == 403
    async with desk.hand.client() as nobody:
        assert (await nobody.post("/", json=body)).status_code == 401
    assert await nothing_happened(desk)


async def test_only_who_can_take_it_is_given_a_ticket(desk: TicketDesk) -> None:
    elsewhere = await desk.member("Ben", profile_ids=(new_id(),))
    conversation = {**BODY, "conversation_id": str(await desk.conversation())}
    wrong: tuple[dict[str, UUID], ...] = (
        {"assignee_id": new_id()},
        {"assignee_id": elsewhere},
        {"team_id": new_id()},
    )
    for given in wrong:
        body = {**conversation, **{name: str(id_) for name, id_ in given.items()}}
        answer = await desk.call("POST", "/", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "ticketing.assignee")
    without = desk.identity(rights=frozenset(Right) - {Right.ASSIGN})
    body = {**conversation, "assignee_id": str(desk.me)}
    assert (await desk.call("POST", "/", without, json=body)).status_code == 403
    assert await nothing_happened(desk)
    assert (await desk.call("POST", "/", without, json=conversation)).status_code == 201


async def test_who_may_not_see_the_other_ticket_is_not_told_which_it_is(desk: TicketDesk) -> None:
    ada = await desk.member("Ada")
    conversation_id = await desk.conversation(assignee_id=desk.me)
    await desk.open(conversation_id, assignee_id=str(ada))
    mine_only = desk.identity(sight=Sight.ASSIGNED)
    body = {**BODY, "conversation_id": str(conversation_id)}
    answer = await desk.call("POST", "/", mine_only, json=body)
    assert (answer.status_code, answer.json()["data"]) == (409, {"ticket_id": None})
