"""Routes that read tickets: lists, counts, one with all that belongs to it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.ticketing.errors import TicketNotFoundError
from services.ticketing.queries import detail, members, tickets
from services.ticketing.schemas import tickets as bodies
from services.ticketing.schemas.members import AssigneeView
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    route_class=UnitOfWorkRoute,
    tags=["tickets"],
    dependencies=[requires(Module.TICKETS, Level.VIEW)],
)
_PAGES = answers(PermissionMissingError, TicketNotFoundError, CursorError)


@router.get("/assignees", operation_id="list_assignees", responses=answers(PermissionMissingError))
async def list_assignees(read: Reading) -> list[AssigneeView]:
    return await members.list_assignees(read)


@router.get(
    "/", operation_id="list_tickets", responses=answers(PermissionMissingError, CursorError)
)
async def list_tickets(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.TicketList, Query()]
) -> Page[bodies.TicketSummary]:
    return await tickets.list_tickets(read, identity, wanted)


@router.get("/counts", operation_id="count_tickets", responses=answers(PermissionMissingError))
async def count_tickets(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.TicketFilters, Query()]
) -> bodies.TicketCounts:
    return await tickets.count_tickets(read, identity, wanted)


@router.get(
    "/{ticket_id}",
    operation_id="get_ticket",
    responses=answers(PermissionMissingError, TicketNotFoundError),
)
async def get_ticket(
    read: Reading, identity: CurrentIdentity, ticket_id: UUID
) -> bodies.TicketView:
    return await detail.get_ticket(read, identity, ticket_id)


@router.get("/{ticket_id}/messages", operation_id="list_ticket_messages", responses=_PAGES)
async def list_messages(
    read: Reading,
    identity: CurrentIdentity,
    ticket_id: UUID,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[bodies.TicketMessage]:
    return await detail.list_messages(read, identity, ticket_id, cursor, limit)


@router.get("/{ticket_id}/notes", operation_id="list_ticket_notes", responses=_PAGES)
async def list_notes(
    read: Reading,
    identity: CurrentIdentity,
    ticket_id: UUID,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[bodies.TicketNote]:
    return await detail.list_notes(read, identity, ticket_id, cursor, limit)


@router.get("/{ticket_id}/history", operation_id="list_ticket_history", responses=_PAGES)
async def list_history(
    read: Reading,
    identity: CurrentIdentity,
    ticket_id: UUID,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[bodies.TicketActivity]:
    return await detail.list_history(read, identity, ticket_id, cursor, limit)
