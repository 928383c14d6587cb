"""What the inbox tells: later messages stand on the ticket, and may open it again."""

from datetime import timedelta

import pytest

from services.ticketing.models import Conversation, Message
from shared.clock import ManualClock
from shared.events.inbox import ContactSaved, ConversationAssigned, ConversationStateChanged
from shared.events.ticketing import TicketStateChanged
from shared.ids import new_id
from tests.support.ticket_desk import TicketDesk


async def test_what_is_written_later_stands_on_the_ticket(desk: TicketDesk) -> None:
    conversation_id = await desk.conversation()
    before = await desk.write(conversation_id, excerpt="Before the ticket")
    ticket_id = await desk.open(conversation_id)
    desk.clock.advance(timedelta(minutes=1))
    await desk.write(conversation_id, excerpt="Hello?")
    desk.clock.advance(timedelta(minutes=1))
    await desk.answer(conversation_id)
    await desk.write(conversation_id, excerpt="From long ago", back_filled=True)
    await desk.write(await desk.conversation(), excerpt="Elsewhere")

    view = await desk.view(ticket_id)
    shown = [(message["direction"], message["excerpt"]) for message in view["messages"]]
    assert shown == [("inbound", "Hello?"), ("outbound", "It left today.")]
    assert [line.kind for line in await desk.history(ticket_id)] == [
        "opened",
        "customer_wrote",
        "answered",
    ]
    assert before not in {row.id for row in await desk.rows(Message)}
    page = (await desk.call("GET", f"/{ticket_id}/messages?limit=1")).json()
    assert [message["excerpt"] for message in page["items"]] == ["It left today."]
    rest = await desk.call("GET", f"/{ticket_id}/messages?cursor={page['next_cursor']}")
    assert [message["excerpt"] for message in rest.json()["items"]] == ["Hello?"]


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("resolved", "open"),
        ("pending", "open"),
        ("on_hold", "on_hold"),
        ("closed", "closed"),
    ],
)
async def test_a_customer_who_writes_again_opens_what_waited_for_them(
    desk: TicketDesk, state: str, then: str
) -> None:
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await desk.move(ticket_id, state)
    await desk.hand.forget_events()
    await desk.write(conversation_id)
    assert (await desk.ticket(ticket_id)).state == then
    changes = [e for e in await desk.events() if isinstance(e, TicketStateChanged)]
    found = [(e.state, e.previous, e.reason, e.by) for e in changes]
    assert found == ([] if then == state else [("open", state, "reply", None)])


async def test_our_own_answer_opens_nothing(desk: TicketDesk) -> None:
    conversation_id = await desk.conversation()
    ticket_id = await desk.open(conversation_id)
    await desk.move(ticket_id, "resolved")
    await desk.answer(conversation_id)
    assert (await desk.ticket(ticket_id)).state == "resolved"


async def test_the_copy_follows_the_inbox_and_never_goes_back(
    desk: TicketDesk, clock: ManualClock
) -> None:
    del clock
    ada, conversation_id = await desk.member("Ada"), new_id()
    await desk.conversation(conversation_id=conversation_id)
    head = {
        "workspace_id": desk.workspace_id,
        "conversation_id": conversation_id,
        "profile_id": desk.profile_id,
    }
    handled = ConversationStateChanged.model_validate(
        {**head, "conversation_version": 5, "by": None, "assignee_id": ada}
        | {"state": "handled", "previous": "open", "reason": "person"}
    )
    late = ConversationAssigned.model_validate({**head, "conversation_version": 3, "by": None})
    await desk.tell(handled, late)
    (row,) = await desk.rows(Conversation)
    assert (row.state, row.assignee_id, row.seen_version) == ("handled", ada, 5)


async def test_a_contact_has_the_name_on_its_card_also_after_a_merge(desk: TicketDesk) -> None:
    conversation_id, merged, kept = new_id(), new_id(), new_id()
    await desk.conversation(conversation_id=conversation_id, contact_id=merged)
    ticket_id = await desk.open(conversation_id)
    assert (await desk.view(ticket_id))["conversation"]["contact_name"] is None
    event = ContactSaved(
        workspace_id=desk.workspace_id,
        contact_id=kept,
        contact_version=2,
        by=desk.me,
        name="Grace Okafor",
        merged_contact_id=merged,
    )
    await desk.tell(event)
    shown = (await desk.view(ticket_id))["conversation"]
    assert (shown["contact_id"], shown["contact_name"]) == (str(kept), "Grace Okafor")
