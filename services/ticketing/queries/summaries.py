"""A line of a list of tickets: which columns it has and where they come from."""

from typing import Any

from sqlalchemy import Select, and_, exists, select

from services.ticketing.domain.clocks import Outcome
from services.ticketing.models import Clock, Contact, Conversation, Ticket
from services.ticketing.schemas.tickets import TicketSummary

_ELSEWHERE = ("paused", "network", "contact_name", "excerpt")
_PAUSED = (
    exists()
    .where(
        Clock.workspace_id == Ticket.workspace_id,
        Clock.ticket_id == Ticket.id,
        Clock.outcome == Outcome.PAUSED.value,
        Clock.goal.is_not(None),
    )
    .label("paused")
)


def select_summaries(*more: Any) -> Select[Any]:
    """The columns of `TicketSummary` and `more`, of all tickets: the caller says which."""
    own = (
        Ticket.__table__.c[name] for name in TicketSummary.model_fields if name not in _ELSEWHERE
    )
    conversation = and_(
        Conversation.workspace_id == Ticket.workspace_id,
        Conversation.id == Ticket.conversation_id,
    )
    contact = and_(
        Contact.workspace_id == Conversation.workspace_id, Contact.id == Conversation.contact_id
    )
    theirs = (Conversation.network, Conversation.excerpt, Contact.name.label("contact_name"))
    return (
        select(*own, _PAUSED, *theirs, *more)
        .select_from(Ticket)
        .join(Conversation, conversation)
        .outerjoin(Contact, contact)
    )
