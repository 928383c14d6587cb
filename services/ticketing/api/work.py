"""Routes that open and change tickets."""

from uuid import UUID

from fastapi import APIRouter

from services.ticketing import errors
from services.ticketing.commands import change, note, open_ticket, watch
from services.ticketing.schemas import work as bodies
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["tickets"])
_VIEW = requires(Module.TICKETS, Level.VIEW)
_EDIT = requires(Module.TICKETS, Level.EDIT)
_NOT_THERE = answers(PermissionMissingError, errors.TicketNotFoundError)
_CONFLICT = answers(PermissionMissingError, errors.TicketNotFoundError, errors.TicketChangedError)


@router.post(
    "/",
    operation_id="open_ticket",
    status_code=201,
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError,
        errors.ConversationNotFoundError,
        errors.TicketExistsError,
        errors.AssigneeError,
    ),
)
async def open_new(
    tx: WriteTx, identity: CurrentIdentity, body: bodies.OpenTicketBody
) -> bodies.OpenedTicketView:
    new = open_ticket.NewTicket(**body.model_dump())
    opened = await open_ticket.open_ticket(tx, identity, new)
    return bodies.OpenedTicketView(id=opened.id, version=opened.version)


@router.put(
    "/{ticket_id}/assignment",
    operation_id="assign_ticket",
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError,
        errors.TicketNotFoundError,
        errors.TicketChangedError,
        errors.AssigneeError,
    ),
)
async def assign(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketAssignBody
) -> bodies.TicketChangedView:
    done = await change.change_ticket(tx, identity, ticket_id, body.change(), body.expected_version)
    return bodies.TicketChangedView.model_validate(done, from_attributes=True)


@router.put(
    "/{ticket_id}/state",
    operation_id="set_ticket_state",
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError,
        errors.TicketNotFoundError,
        errors.TicketChangedError,
        errors.StateImpossibleError,
    ),
)
async def set_state(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketStateBody
) -> bodies.TicketChangedView:
    done = await change.change_ticket(tx, identity, ticket_id, body.change(), body.expected_version)
    return bodies.TicketChangedView.model_validate(done, from_attributes=True)


@router.put(
    "/{ticket_id}/priority",
    operation_id="prioritise_ticket",
    dependencies=[_EDIT],
    responses=_CONFLICT,
)
async def prioritise(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketPriorityBody
) -> bodies.TicketChangedView:
    done = await change.change_ticket(tx, identity, ticket_id, body.change(), body.expected_version)
    return bodies.TicketChangedView.model_validate(done, from_attributes=True)


@router.put(
    "/{ticket_id}/subject",
    operation_id="rename_ticket",
    dependencies=[_EDIT],
    responses=_CONFLICT,
)
async def rename(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketSubjectBody
) -> bodies.TicketChangedView:
    done = await change.change_ticket(tx, identity, ticket_id, body.change(), body.expected_version)
    return bodies.TicketChangedView.model_validate(done, from_attributes=True)


@router.post(
    "/{ticket_id}/tags",
    operation_id="tag_ticket",
    dependencies=[_EDIT],
    responses=_NOT_THERE | answers(errors.TooManyTagsError),
)
async def tag(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketTagsBody
) -> bodies.TicketChangedView:
    done = await change.change_ticket(tx, identity, ticket_id, body.change(), None)
    return bodies.TicketChangedView.model_validate(done, from_attributes=True)


@router.post(
    "/{ticket_id}/notes",
    operation_id="add_ticket_note",
    status_code=201,
    dependencies=[_EDIT],
    responses=_NOT_THERE | answers(errors.MentionError),
)
async def add_note(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, body: bodies.TicketNoteBody
) -> bodies.TicketNoteCreated:
    note_id = await note.add_note(tx, identity, ticket_id, body.body, body.mentions)
    return bodies.TicketNoteCreated(id=note_id)


@router.put(
    "/{ticket_id}/watchers/{person_id}",
    operation_id="watch_ticket",
    status_code=204,
    dependencies=[_VIEW],
    responses=_NOT_THERE | answers(errors.WatcherError),
)
async def start_watching(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, person_id: UUID
) -> None:
    await watch.watch(tx, identity, ticket_id, person_id)


@router.delete(
    "/{ticket_id}/watchers/{person_id}",
    operation_id="unwatch_ticket",
    status_code=204,
    dependencies=[_VIEW],
    responses=_NOT_THERE,
)
async def stop_watching(
    tx: WriteTx, identity: CurrentIdentity, ticket_id: UUID, person_id: UUID
) -> None:
    await watch.stop_watching(tx, identity, ticket_id, person_id)
