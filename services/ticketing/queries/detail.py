"""One ticket with its conversation, clocks, messages, notes and history."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, select

from services.ticketing.domain.clocks import Outcome, TargetClock, recount
from services.ticketing.domain.promises import terms_of
from services.ticketing.domain.ticket import TRANSITIONS, State
from services.ticketing.errors import TicketNotFoundError
from services.ticketing.models import Activity, Clock, Contact, Conversation, Message, Note, Ticket
from services.ticketing.queries.keyset import moment_and_id, number_of
from services.ticketing.queries.summaries import select_summaries
from services.ticketing.repository.clocks import value_of
from services.ticketing.repository.visibility import visible
from services.ticketing.schemas.tickets import (
    ClockView,
    TicketActivity,
    TicketConversation,
    TicketMessage,
    TicketNote,
    TicketSummary,
    TicketView,
)
from shared.db.transaction import ReadTx
from shared.events.ticketing import SlaTarget
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor
from shared.identity import Identity

_SHOWN_MESSAGES = 50


async def get_ticket(read: ReadTx, identity: Identity, ticket_id: UUID) -> TicketView:
    row = await read.first(
        select_summaries(Ticket.terms).where(Ticket.id == ticket_id, *visible(identity))
    )
    if row is None:
        raise TicketNotFoundError
    summary = TicketSummary.model_validate(row, from_attributes=True)
    messages = await _messages(read, ticket_id, None, _SHOWN_MESSAGES)
    return TicketView(
        **summary.model_dump(),
        conversation=await _conversation(read, row.conversation_id),
        clocks=await _clocks(read, ticket_id, row.terms),
        messages=messages[::-1],
        next_states=sorted(TRANSITIONS[State(row.state)]),
    )


async def list_messages(
    read: ReadTx, identity: Identity, ticket_id: UUID, cursor: str | None, limit: int
) -> Page[TicketMessage]:
    """The newest first."""
    await _demand_visible(read, identity, ticket_id)
    found = await _messages(read, ticket_id, cursor, limit + 1)
    if len(found) <= limit:
        return Page(items=found)
    last = found[limit - 1]
    return Page(items=found[:limit], next_cursor=encode_cursor(last.written_at, last.id))


async def list_notes(
    read: ReadTx, identity: Identity, ticket_id: UUID, cursor: str | None, limit: int
) -> Page[TicketNote]:
    """The newest first."""
    await _demand_visible(read, identity, ticket_id)
    statement = select(Note.id, Note.author_id, Note.body, Note.mentions, Note.created_at).where(
        Note.workspace_id == read.workspace_id, Note.ticket_id == ticket_id
    )
    if cursor is not None:
        (before,) = decode_cursor(cursor, 1)
        statement = statement.where(Note.id < cursor_id(before))
    rows = await read.all(statement.order_by(Note.id.desc()).limit(limit + 1))
    items = [TicketNote.model_validate(row, from_attributes=True) for row in rows]
    more = len(items) > limit
    return Page(
        items=items[:limit], next_cursor=encode_cursor(items[limit - 1].id) if more else None
    )


async def list_history(
    read: ReadTx, identity: Identity, ticket_id: UUID, cursor: str | None, limit: int
) -> Page[TicketActivity]:
    """The newest first."""
    await _demand_visible(read, identity, ticket_id)
    columns = (Activity.__table__.c[name] for name in TicketActivity.model_fields)
    statement = select(*columns).where(
        Activity.workspace_id == read.workspace_id, Activity.ticket_id == ticket_id
    )
    if cursor is not None:
        statement = statement.where(Activity.version < number_of(cursor))
    rows = await read.all(statement.order_by(Activity.version.desc()).limit(limit + 1))
    items = [TicketActivity.model_validate(row, from_attributes=True) for row in rows]
    more = len(items) > limit
    return Page(
        items=items[:limit], next_cursor=encode_cursor(items[limit - 1].version) if more else None
    )


async def _demand_visible(read: ReadTx, identity: Identity, ticket_id: UUID) -> None:
    found = await read.first(select(Ticket.id).where(Ticket.id == ticket_id, *visible(identity)))
    if found is None:
        raise TicketNotFoundError


async def _messages(
    read: ReadTx, ticket_id: UUID, cursor: str | None, limit: int
) -> list[TicketMessage]:
    columns = (Message.__table__.c[name] for name in TicketMessage.model_fields)
    statement = select(*columns).where(
        Message.workspace_id == read.workspace_id, Message.ticket_id == ticket_id
    )
    if cursor is not None:
        at, id_ = moment_and_id(cursor)
        older = (Message.written_at < at) | ((Message.written_at == at) & (Message.id < id_))
        statement = statement.where(older)
    order = (Message.written_at.desc(), Message.id.desc())
    rows = await read.all(statement.order_by(*order).limit(limit))
    return [TicketMessage.model_validate(row, from_attributes=True) for row in rows]


async def _conversation(read: ReadTx, conversation_id: UUID) -> TicketConversation:
    contact = and_(
        Contact.workspace_id == Conversation.workspace_id, Contact.id == Conversation.contact_id
    )
    (row,) = await read.all(
        select(
            Conversation.id,
            Conversation.network,
            Conversation.kind,
            Conversation.contact_id,
            Contact.name.label("contact_name"),
            Conversation.excerpt,
            Conversation.state,
        )
        .outerjoin(Contact, contact)
        .where(Conversation.workspace_id == read.workspace_id, Conversation.id == conversation_id)
    )
    return TicketConversation.model_validate(row, from_attributes=True)


async def _clocks(read: ReadTx, ticket_id: UUID, terms: Any) -> list[ClockView]:
    rows = await read.all(
        select(*Clock.__table__.c).where(
            Clock.workspace_id == read.workspace_id, Clock.ticket_id == ticket_id
        )
    )
    known = terms_of(terms)
    clocks = {row.target: recount(known, value_of(row), read.now) for row in rows}
    return [_view(read, clocks[target]) for target in SlaTarget if target in clocks]


def _view(read: ReadTx, clock: TargetClock) -> ClockView:
    running = clock.outcome is Outcome.RUNNING
    return ClockView(
        target=clock.target,
        run=clock.run,
        outcome=clock.outcome,
        overdue=running and clock.due_at is not None and clock.due_at <= read.now,
        goal_seconds=clock.goal.within.total_seconds() if clock.goal else None,
        measure=clock.goal.measure if clock.goal else None,
        due_at=None if clock.outcome is Outcome.PAUSED else clock.due_at,
        stopped_at=clock.stopped_at,
        wall_seconds=clock.spent_wall.total_seconds(),
        business_seconds=clock.spent_business.total_seconds(),
    )
