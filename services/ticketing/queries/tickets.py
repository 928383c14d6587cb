"""Lists of tickets and how many there are, only of what the asking person may see."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_

from services.ticketing.domain.ticket import State
from services.ticketing.models import Ticket
from services.ticketing.queries.keyset import moment_and_id
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
from shared.http.pages import Page, encode_cursor
from shared.identity import Identity

_COUNTED = 1000
_FINISHED = ("resolved", "closed")
SUMMARY = tuple(Ticket.__table__.c[name] for name in TicketSummary.model_fields)


async def list_tickets(read: ReadTx, identity: Identity, wanted: TicketList) -> Page[TicketSummary]:
    due = wanted.order is Order.DUE
    key = Ticket.__table__.c["due_at" if due else "opened_at"]
    statement = select(*SUMMARY).where(
        *visible(identity), *conditions(read, identity, wanted), key.is_not(None)
    )
    if wanted.cursor is not None:
        here, there = tuple_(key, Ticket.id), tuple_(*moment_and_id(wanted.cursor))
        statement = statement.where(here > there if due else here < there)
    order = (key.asc(), Ticket.id.asc()) if due else (key.desc(), Ticket.id.desc())
    rows = await read.all(statement.order_by(*order).limit(wanted.limit + 1))
    items = [TicketSummary.model_validate(row, from_attributes=True) for row in rows]
    if len(items) <= wanted.limit:
        return Page(items=items)
    last = items[wanted.limit - 1]
    cursor = encode_cursor((last.due_at if due else last.opened_at), last.id)
    return Page(items=items[: wanted.limit], next_cursor=cursor)


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
    if wanted.watching:
        found.append(_watched(identity))
    if wanted.overdue:
        found.append(Ticket.due_at <= read.now)
    return [*found, *_assignee(wanted.assignee, identity)]


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
