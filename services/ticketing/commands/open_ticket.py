"""Delegating a conversation: one ticket at a time, with the promise that holds for its profile."""

from dataclasses import dataclass
from uuid import UUID

from services.ticketing.commands.about import about
from services.ticketing.commands.clockwork import Clockwork
from services.ticketing.commands.takers import demand_taker
from services.ticketing.domain.clocks import Opened
from services.ticketing.domain.ticket import Priority
from services.ticketing.errors import TicketExistsError
from services.ticketing.models import Conversation, Ticket
from services.ticketing.repository.clocks import policy_for
from services.ticketing.repository.history import record
from services.ticketing.repository.tickets import Tickets
from services.ticketing.repository.visibility import sees
from shared.db.transaction import Tx
from shared.events.ticketing import TicketAssigned, TicketOpened
from shared.identity import Identity
from shared.permissions import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    conversation_id: UUID
    subject: str
    priority: Priority = Priority.NORMAL
    assignee_id: UUID | None = None
    team_id: UUID | None = None


async def open_ticket(tx: Tx, identity: Identity, new: NewTicket) -> Ticket:
    tickets = Tickets(tx)
    conversation = await tickets.conversation(identity, new.conversation_id)
    existing = await tickets.of_conversation(conversation.id)
    if existing is not None:
        seen = sees(identity, existing)
        raise TicketExistsError(ticket_id=existing.id if seen else None)
    given = new.assignee_id is not None or new.team_id is not None
    if given:
        identity.demand_right(Right.ASSIGN)
        await demand_taker(tx, conversation.profile_id, new.assignee_id, new.team_id)
    ticket = await _new_row(tx, identity, conversation, new)
    tickets.add(ticket)
    fields = ("subject", "priority", "state", "assignee_id", "team_id")
    after = {name: getattr(ticket, name) for name in fields}
    record(tx, ticket, "opened", identity.actor_id, ({}, after))
    by = identity.actor_id
    await tx.publish(TicketOpened(**about(ticket), by=by, priority=ticket.priority))
    if given:
        await tx.publish(TicketAssigned(**about(ticket), by=by))
    await Clockwork.new(tx, ticket).take_in(Opened(at=tx.now, priority=new.priority))
    return ticket


async def _new_row(
    tx: Tx, identity: Identity, conversation: Conversation, new: NewTicket
) -> Ticket:
    promised = await policy_for(tx, conversation.profile_id)
    terms = None
    if promised is not None:
        policy, calendar = promised
        terms = {"calendar": calendar.body, "goals": policy.goals}
    return Ticket(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        conversation_id=conversation.id,
        profile_id=conversation.profile_id,
        subject=new.subject,
        state="open",
        priority=new.priority,
        assignee_id=new.assignee_id,
        team_id=new.team_id,
        tags=[],
        watcher_ids=[],
        opened_at=tx.now,
        opened_by=identity.actor_id,
        updated_at=tx.now,
        clock_at=tx.now,
        policy_id=None if promised is None else promised[0].id,
        terms=terms,
        version=0,
    )
