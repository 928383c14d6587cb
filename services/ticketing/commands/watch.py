"""Watching a ticket: being told of what happens to it. It opens nothing that a role hides."""

from uuid import UUID

from services.ticketing.commands.about import about
from services.ticketing.commands.takers import demand_watcher
from services.ticketing.models import Ticket
from services.ticketing.repository.history import record
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx
from shared.events.ticketing import TicketWatchersChanged
from shared.identity import Identity
from shared.permissions import Level, Module


async def watch(tx: Tx, identity: Identity, ticket_id: UUID, person_id: UUID) -> None:
    """Let a person watch; already watching is no mistake."""
    ticket = await _allowed(tx, identity, ticket_id, person_id)
    if person_id in ticket.watcher_ids:
        return
    await demand_watcher(tx, ticket.profile_id, person_id)
    await _set(tx, identity, ticket, person_id, watching=True)


async def stop_watching(tx: Tx, identity: Identity, ticket_id: UUID, person_id: UUID) -> None:
    ticket = await _allowed(tx, identity, ticket_id, person_id)
    if person_id in ticket.watcher_ids:
        await _set(tx, identity, ticket, person_id, watching=False)


async def _allowed(tx: Tx, identity: Identity, ticket_id: UUID, person_id: UUID) -> Ticket:
    """Everybody may watch what they see; who edits tickets may let others watch."""
    if person_id != identity.actor_id:
        identity.demand(Module.TICKETS, Level.EDIT)
    return await Tickets(tx).visible(identity, ticket_id)


async def _set(
    tx: Tx, identity: Identity, ticket: Ticket, person_id: UUID, *, watching: bool
) -> None:
    before = list(ticket.watcher_ids)
    others = [watcher for watcher in before if watcher != person_id]
    ticket.watcher_ids = [*others, person_id] if watching else others
    moved = ({"watcher_ids": before}, {"watcher_ids": ticket.watcher_ids})
    record(tx, ticket, "watchers_changed", identity.actor_id, moved)
    event = TicketWatchersChanged(
        **about(ticket), by=identity.actor_id, person_id=person_id, watching=watching
    )
    await tx.publish(event)
