"""Changing tickets: assign, move, prioritise, rename, tag; by people and by what happens.

Every change goes the same way: rights, conflict, decision, row, history, event, clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.ticketing.commands.about import about
from services.ticketing.commands.clockwork import Clockwork
from services.ticketing.commands.takers import demand_taker
from services.ticketing.domain.history import fact_of
from services.ticketing.domain.ticket import (
    MESSAGES,
    Assign,
    Change,
    Facts,
    Move,
    Prioritise,
    Priority,
    Rename,
    Retag,
    State,
    decide,
    demand,
    guards,
    name_of,
)
from services.ticketing.errors import TicketChangedError
from services.ticketing.models import Ticket
from services.ticketing.repository.history import record
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx
from shared.events.ticketing import (
    TicketAssigned,
    TicketEvent,
    TicketPrioritised,
    TicketRenamed,
    TicketStateChanged,
    TicketTagged,
)
from shared.identity import Identity

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a change did; `before` holds the fields that moved as they were."""

    ticket_id: UUID
    version: int
    before: Values
    after: Values


async def change_ticket(
    tx: Tx, identity: Identity, ticket_id: UUID, change: Change, expected_version: int | None
) -> Changed:
    """A person changes a ticket; a version is asked for where the change depends on what stood."""
    ticket = await Tickets(tx).visible(identity, ticket_id)
    demand(change, _facts_of(ticket), identity)
    if expected_version is not None:
        await _demand_unmoved(tx, ticket, change, expected_version)
    if isinstance(change, Assign):
        await demand_taker(tx, ticket.profile_id, change.assignee_id, change.team_id)
    return await apply(tx, ticket, change, identity.actor_id)


async def apply(tx: Tx, ticket: Ticket, change: Change, actor_id: UUID | None) -> Changed:
    """Carry out an allowed change of a locked ticket; does nothing where all is so already."""
    values = decide(change, _facts_of(ticket))
    before = {name: getattr(ticket, name) for name in values}
    if values:
        clockwork = await Clockwork.load(tx, ticket)
        for name, value in values.items():
            setattr(ticket, name, list(value) if isinstance(value, tuple) else value)
        at = max(tx.now, ticket.clock_at)
        record(tx, ticket, name_of(change), actor_id, (before, _noted(change, values)), at=at)
        await tx.publish(_event(ticket, change, actor_id, before))
        fact = fact_of(name_of(change), at, values)
        if fact is not None:
            await clockwork.take_in(fact)
    return Changed(ticket_id=ticket.id, version=ticket.version, before=before, after=values)


def _facts_of(ticket: Ticket) -> Facts:
    return Facts(
        state=State(ticket.state),
        priority=Priority(ticket.priority),
        subject=ticket.subject,
        assignee_id=ticket.assignee_id,
        team_id=ticket.team_id,
        tags=tuple(ticket.tags),
    )


def _noted(change: Change, values: Values) -> Values:
    """What the history says beside the fields."""
    if isinstance(change, Assign | Move) and change.reason not in ("", "person"):
        return {**values, "reason": change.reason}
    return values


async def _demand_unmoved(tx: Tx, ticket: Ticket, change: Change, seen: int) -> None:
    """Refuse who has not seen something that their change depends on."""
    if seen >= ticket.version:
        return
    lines = await Tickets(tx).lines_since(ticket.id, seen)
    moved = {name for line in lines for name in line.after}
    if not moved & guards(change):
        return
    by = next((line.actor_id for line in lines if guards(change) & set(line.after)), None)
    known = {MESSAGES, *Facts.__dataclass_fields__}
    raise TicketChangedError(version=ticket.version, changed=sorted(moved & known), by=by)


def _event(ticket: Ticket, change: Change, by: UUID | None, before: Values) -> TicketEvent:
    head: dict[str, Any] = {**about(ticket), "by": by}
    match change:
        case Assign():
            return TicketAssigned(
                **head,
                previous_assignee_id=before["assignee_id"],
                previous_team_id=before["team_id"],
            )
        case Move():
            return TicketStateChanged(
                **head, state=ticket.state, previous=before["state"], reason=change.reason
            )
        case Prioritise():
            return TicketPrioritised(**head, priority=ticket.priority, previous=before["priority"])
        case Rename():
            return TicketRenamed(**head)
        case Retag():
            return TicketTagged(**head, tags=tuple(ticket.tags))
