"""Notes for colleagues; whoever is mentioned is told by the event."""

from collections.abc import Sequence
from uuid import UUID

from services.ticketing.commands.about import about
from services.ticketing.commands.takers import demand_mentioned
from services.ticketing.models import Note
from services.ticketing.repository.history import record
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx
from shared.events.ticketing import TicketNoteAdded
from shared.identity import Identity


async def add_note(
    tx: Tx, identity: Identity, ticket_id: UUID, body: str, mentions: Sequence[UUID]
) -> UUID:
    ticket = await Tickets(tx).visible(identity, ticket_id)
    await demand_mentioned(tx, mentions)
    note = Note(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        ticket_id=ticket.id,
        author_id=identity.actor_id,
        body=body,
        mentions=list(dict.fromkeys(mentions)),
        created_at=tx.now,
    )
    tx.session.add(note)
    record(tx, ticket, "note_added", identity.actor_id, ({}, {"note": note.id}))
    by, named = identity.actor_id, tuple(note.mentions)
    await tx.publish(TicketNoteAdded(**about(ticket), note_id=note.id, by=by, mentions=named))
    return note.id
