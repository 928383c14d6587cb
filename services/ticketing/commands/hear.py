"""What the inbox tells: conversations as they are, and what is written in those with a ticket."""

from uuid import UUID

from services.ticketing.commands.change import apply
from services.ticketing.commands.clockwork import Clockwork
from services.ticketing.domain.history import fact_of
from services.ticketing.domain.ticket import REOPENED_BY_CUSTOMER, Move, State
from services.ticketing.models import Contact, Conversation, Message, Ticket
from services.ticketing.repository.copies import Copies
from services.ticketing.repository.history import record
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx
from shared.events.inbox import (
    ContactSaved,
    ConversationAssigned,
    ConversationEvent,
    ConversationOpened,
    ConversationStateChanged,
    Direction,
    InteractionReceived,
)


async def remember_conversation(tx: Tx, event: ConversationOpened) -> None:
    await _copy(tx, event)


async def follow_assignment(tx: Tx, event: ConversationAssigned) -> None:
    _update(await Copies(tx).find(Conversation, event.conversation_id), event)


async def follow_state(tx: Tx, event: ConversationStateChanged) -> None:
    row = await Copies(tx).find(Conversation, event.conversation_id)
    if row is not None and _update(row, event):
        row.state = event.state


async def remember_contact(tx: Tx, event: ContactSaved) -> None:
    copies = Copies(tx)
    contact = await copies.find_or_add(Contact, event.contact_id)
    contact.name = event.name
    if event.merged_contact_id is not None:
        await copies.merge_contact(event.contact_id, event.merged_contact_id)


async def hear_interaction(tx: Tx, event: InteractionReceived) -> None:
    """Show what was written on the ticket of its conversation, and let its clocks know."""
    row = await _copy(tx, event)
    if row.excerpt_at is None or row.excerpt_at <= event.written_at:
        row.excerpt, row.excerpt_at = event.excerpt, event.written_at
    if event.back_filled:
        return
    ticket = await Tickets(tx).of_conversation(event.conversation_id)
    if ticket is None:
        return
    shown = await tx.session.get(Message, (tx.workspace_id, event.interaction_id))
    if shown is not None:
        return
    _show(tx, ticket, event)
    if event.direction is Direction.INBOUND:
        await _customer_wrote(tx, ticket, event)
    elif event.written_at >= ticket.opened_at:
        # What we wrote before the ticket was there is no answer to it.
        await _take_in(tx, ticket, "answered", event)


def _show(tx: Tx, ticket: Ticket, event: InteractionReceived) -> None:
    message = Message(
        workspace_id=tx.workspace_id,
        id=event.interaction_id,
        ticket_id=ticket.id,
        direction=event.direction,
        kind=event.kind,
        excerpt=event.excerpt,
        written_at=event.written_at,
    )
    tx.session.add(message)


async def _customer_wrote(tx: Tx, ticket: Ticket, event: InteractionReceived) -> None:
    if ticket.state in REOPENED_BY_CUSTOMER:
        await apply(tx, ticket, Move(state=State.OPEN, reason="reply"), None)
    await _take_in(tx, ticket, "customer_wrote", event)


async def _take_in(tx: Tx, ticket: Ticket, kind: str, event: InteractionReceived) -> None:
    """A fact counts from when it was written, though never before what the clocks know."""
    at = max(ticket.clock_at, min(event.written_at, tx.now))
    clockwork = await Clockwork.load(tx, ticket)
    record(tx, ticket, kind, None, ({}, {"messages": event.interaction_id}), at=at)
    fact = fact_of(kind, at, {})
    if fact is not None:
        await clockwork.take_in(fact)


async def _copy(tx: Tx, event: ConversationOpened | InteractionReceived) -> Conversation:
    """The copy of a conversation; whichever event of it comes first makes it."""
    copies = Copies(tx)
    row = await copies.find(Conversation, event.conversation_id)
    if row is None:
        row = _new(tx, event, event.contact_id)
        copies.add(row)
    elif _update(row, event):
        row.contact_id = event.contact_id
    return row


def _new(tx: Tx, event: ConversationOpened | InteractionReceived, contact_id: UUID) -> Conversation:
    return Conversation(
        workspace_id=tx.workspace_id,
        id=event.conversation_id,
        profile_id=event.profile_id,
        network=event.network,
        kind=event.kind,
        contact_id=contact_id,
        excerpt="",
        state="open",
        assignee_id=event.assignee_id,
        team_id=event.team_id,
        seen_version=event.conversation_version,
    )


def _update(row: Conversation | None, event: ConversationEvent) -> bool:
    """Take over what every event says, unless a newer one was heard (a replay may come late)."""
    if row is None or event.conversation_version < row.seen_version:
        return False
    row.seen_version = event.conversation_version
    row.assignee_id, row.team_id = event.assignee_id, event.team_id
    return True
