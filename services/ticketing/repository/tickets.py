"""Loading tickets for update: for a person only where they may see them, and for facts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from services.ticketing.errors import ConversationNotFoundError, TicketNotFoundError
from services.ticketing.models import Activity, Conversation, Ticket
from services.ticketing.repository.visibility import visible
from shared.db.transaction import Tx
from shared.identity import Identity

_CLOSED = "closed"


class Tickets:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def visible(self, identity: Identity, ticket_id: UUID) -> Ticket:
        """The ticket, locked; what a person may not see is not there for them."""
        found = await self._one(Ticket.id == ticket_id, *visible(identity))
        if found is None:
            raise TicketNotFoundError
        return found

    async def conversation(self, identity: Identity, conversation_id: UUID) -> Conversation:
        """The copy of a conversation, locked, so that two people do not both open a ticket."""
        statement = (
            select(Conversation)
            .where(Conversation.id == conversation_id, *visible(identity, Conversation))
            .with_for_update()
        )
        found = await self._tx.session.scalar(statement)
        if found is None:
            raise ConversationNotFoundError
        return found

    async def find(self, ticket_id: UUID) -> Ticket | None:
        return await self._one(Ticket.id == ticket_id)

    async def of_conversation(self, conversation_id: UUID) -> Ticket | None:
        """The one ticket of a conversation that is not closed."""
        return await self._one(Ticket.conversation_id == conversation_id, Ticket.state != _CLOSED)

    async def held(self, *held: ColumnElement[bool], limit: int) -> Sequence[Ticket]:
        """Tickets that are not closed, locked in the order of their ids."""
        statement = (
            select(Ticket)
            .where(Ticket.workspace_id == self._tx.workspace_id, Ticket.state != _CLOSED, *held)
            .order_by(Ticket.id)
            .limit(limit)
            .with_for_update()
        )
        return (await self._tx.session.scalars(statement)).all()

    def add(self, ticket: Ticket) -> None:
        self._tx.session.add(ticket)

    async def lines_since(self, ticket_id: UUID, version: int) -> Sequence[Activity]:
        statement = (
            select(Activity)
            .where(
                Activity.workspace_id == self._tx.workspace_id,
                Activity.ticket_id == ticket_id,
                Activity.version > version,
            )
            .order_by(Activity.version)
        )
        return (await self._tx.session.scalars(statement)).all()

    async def _one(self, *where: ColumnElement[bool]) -> Ticket | None:
        statement = select(Ticket).where(Ticket.workspace_id == self._tx.workspace_id, *where)
        return await self._tx.session.scalar(statement.with_for_update())
