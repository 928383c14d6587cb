"""Telling in time that a promise is near its end, or was missed."""

from datetime import datetime
from uuid import UUID

from services.ticketing.commands.clockwork import Clockwork
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx


async def tell_due(tx: Tx, ticket_id: UUID) -> datetime | None:
    """Tell what is due about a ticket; when to look again, None for never."""
    ticket = await Tickets(tx).find(ticket_id)
    if ticket is None:
        return None
    return await (await Clockwork.load(tx, ticket)).tell_due()
