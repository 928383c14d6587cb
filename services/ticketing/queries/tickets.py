"""Lists of tickets and how many there are, only of what the asking person may see."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, tuple_

from services.ticketing.domain.ticket import State
from services.ticketing.models import Contact, Conversation, Ticket
from services.ticketing.queries.keyset import moment_and_id
from services.ticketing.queries.summaries import select_summaries
from services.ticketing.repository.visibility import visible
from services.ticketing.schemas.tickets import (
    Order,
    TicketCount,
    TicketCounts,
    TicketFilters,
    TicketList,
    TicketSummary,
)
from shared.db.transaction import ReadTx
from shared.http.pages import (
    CursorError,
    Page,
    cursor_id,
    cursor_moment,
    decode_cursor,
    encode_cursor,
)
from shared.identity import Identity

_COUNTED = 1000
_FINISHED = ("resolved", "closed")
_RUNNING, _REST = "due", "rest"
_Place = tuple[str | None, datetime, UUID]


async def list_tickets(read: ReadTx, identity: Identity, wanted: TicketList) -> Page[TicketSummary]:
    parts = (_RUNNING, _REST) if wanted.order is Order.DUE else (None,)
    place = _place(wanted)
    asked = (*visible(identity), *conditions(read, identity, wanted))
    items: list[TicketSummary] = []
    for part in parts:
        if place is not None and part != place[0]:
            continue  # This part lies before the page.
        missing = wanted.limit + 1 - len(items)
        items += await _part(read, asked, part, place, missing)
        place = None
        if len(items) > wanted.limit:
            break
    if len(items) <= wanted.limit:
        return Page(items=items)
    return Page(items=items[: wanted.limit], next_cursor=_cursor(wanted, items[wanted.limit - 1]))


async def _part(
    read: ReadTx,
    asked: Sequence[ColumnElement[bool]],
    part: str | None,
    place: _Place | None,
    limit: int,
) -> list[TicketSummary]:
    """Some rows of one part of a list, beyond a place; a list is one part unless it is by due."""
    by_due = part == _RUNNING
    key = Ticket.due_at if by_due else Ticket.opened_at
    statement = select_summaries().where(*asked)
    if part is not None:
        statement = statement.where(Ticket.due_at.is_not(None) == by_due)
    if place is not None:
        here, there = tuple_(key, Ticket.id), tuple_(*place[1:])
        statement = statement.where(here > there if by_due else here < there)
    order = (key.asc(), Ticket.id.asc()) if by_due else (key.desc(), Ticket.id.desc())
    rows = await read.all(statement.order_by(*order).limit(limit))
    return [TicketSummary.model_validate(row, from_attributes=True) for row in rows]


def _place(wanted: TicketList) -> _Place | None:
    """Where the page before ended; by due the cursor names the part, too."""
    if wanted.cursor is None:
        return None
    if wanted.order is not Order.DUE:
        return None, *moment_and_id(wanted.cursor)
    part, moment, id_ = decode_cursor(wanted.cursor, 3)
    if part not in (_RUNNING, _REST):
        raise CursorError
    return part, cursor_moment(moment), cursor_id(id_)


def _cursor(wanted: TicketList, last: TicketSummary) -> str:
    if wanted.order is not Order.DUE:
        return encode_cursor(last.opened_at, last.id)
    if last.due_at is not None:
        return encode_cursor(_RUNNING, last.due_at, last.id)
    return encode_cursor(_REST, last.opened_at, last.id)


def conditions(
    read: ReadTx, identity: Identity, wanted: TicketFilters
) -> list[ColumnElement[bool]]:
    """What the filters ask for."""
    found: list[ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (Ticket.state, [state.value for state in wanted.state]),
            (Ticket.priority, [priority.value for priority in wanted.priority]),
            (Ticket.profile_id, wanted.profile_id),
            (Ticket.team_id, wanted.team_id),
        )
        if values
    ]
    if wanted.tag:
        found.append(Ticket.tags.overlap(wanted.tag))
    if wanted.conversation_id is not None:
        found.append(Ticket.conversation_id == wanted.conversation_id)
    if wanted.q:
        found.append(_named(wanted.q))
    if wanted.watching:
        found.append(_watched(identity))
    if wanted.overdue:
        found.append(Ticket.due_at <= read.now)
    return [*found, *_assignee(wanted.assignee, identity)]


def _named(words: str) -> ColumnElement[bool]:
    """The subject or the customer's name holds the words, whatever their case."""
    customer = (
        exists()
        .where(
            Conversation.workspace_id == Ticket.workspace_id,
            Conversation.id == Ticket.conversation_id,
            Contact.workspace_id == Conversation.workspace_id,
            Contact.id == Conversation.contact_id,
            Contact.name.icontains(words, autoescape=True),
        )
        .correlate(Ticket)
    )
    return or_(Ticket.subject.icontains(words, autoescape=True), customer)


def _watched(identity: Identity) -> ColumnElement[bool]:
    return Ticket.watcher_ids.contains([identity.actor_id])


def _assignee(assignee: str | UUID | None, identity: Identity) -> Sequence[ColumnElement[bool]]:
    match assignee:
        case None:
            return ()
        case "none":
            return (Ticket.assignee_id.is_(None),)
        case "me":
            return (Ticket.assignee_id == identity.actor_id,)
        case _:
            return (Ticket.assignee_id == assignee,)


async def count_tickets(read: ReadTx, identity: Identity, wanted: TicketFilters) -> TicketCounts:
    """How many each view holds, counted to a thousand: an exact number would read every row."""
    active = Ticket.state.not_in(_FINISHED)
    views: dict[str, tuple[ColumnElement[bool], ...]] = {
        "mine": (active, Ticket.assignee_id == identity.actor_id),
        "team": (active, Ticket.team_id.in_(identity.team_ids)),
        "unassigned": (active, Ticket.assignee_id.is_(None)),
        "watching": (active, _watched(identity)),
        "overdue": (active, Ticket.due_at <= read.now),
        **{state.value: (Ticket.state == state.value,) for state in State},
    }
    shared = (*visible(identity), *conditions(read, identity, wanted))
    counts = [
        select(func.count())
        .select_from(select(Ticket.id).where(*shared, *view).limit(_COUNTED + 1).subquery())
        .scalar_subquery()
        .label(name)
        for name, view in views.items()
    ]
    (row,) = await read.all(select(*counts))
    return TicketCounts(
        **{
            name: TicketCount(count=min(number, _COUNTED), more=number > _COUNTED)
            for name, number in zip(views, row, strict=True)
        }
    )
