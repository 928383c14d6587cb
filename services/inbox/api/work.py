"""Routes that change conversations: who answers, what state they are in, tags, many at once."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox import errors
from services.inbox.api.render import bulk_view
from services.inbox.commands import change
from services.inbox.schemas import work as bodies
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module, Right

router = APIRouter(prefix="/conversations", route_class=UnitOfWorkRoute, tags=["inbox"])
_EDIT = requires(Module.INBOX, Level.EDIT)
_REFUSALS = answers(
    PermissionMissingError, errors.ConversationNotFoundError, errors.ConversationChangedError
)


@router.post(
    "/bulk",
    operation_id="change_conversations",
    dependencies=[requires(Module.INBOX, Level.EDIT, Right.BULK)],
    responses=answers(PermissionMissingError, errors.TagNotFoundError),
)
async def change_many(
    tx: WriteTx, identity: CurrentIdentity, body: bodies.BulkBody
) -> bodies.BulkView:
    expected = {item.id: item.expected_version for item in body.items}
    results = await change.change_conversations(tx, identity, expected, body.change.change())
    return bulk_view(results)


@router.put(
    "/{conversation_id}/assignment",
    operation_id="assign_conversation",
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError,
        errors.ConversationNotFoundError,
        errors.ConversationChangedError,
        errors.AssigneeError,
    ),
)
async def assign(
    tx: WriteTx, identity: CurrentIdentity, conversation_id: UUID, body: bodies.AssignBody
) -> bodies.ChangedView:
    done = await change.change_conversation(
        tx, identity, conversation_id, body.change(), body.expected_version
    )
    return bodies.ChangedView.model_validate(done, from_attributes=True)


@router.put(
    "/{conversation_id}/state",
    operation_id="set_conversation_state",
    dependencies=[_EDIT],
    responses=_REFUSALS | answers(errors.SnoozeInPastError),
)
async def set_state(
    tx: WriteTx, identity: CurrentIdentity, conversation_id: UUID, body: bodies.StateBody
) -> bodies.ChangedView:
    done = await change.change_conversation(
        tx, identity, conversation_id, body.change(), body.expected_version
    )
    return bodies.ChangedView.model_validate(done, from_attributes=True)


@router.put(
    "/{conversation_id}/priority",
    operation_id="prioritise_conversation",
    dependencies=[_EDIT],
    responses=_REFUSALS,
)
async def prioritise(
    tx: WriteTx, identity: CurrentIdentity, conversation_id: UUID, body: bodies.PriorityBody
) -> bodies.ChangedView:
    done = await change.change_conversation(
        tx, identity, conversation_id, body.change(), body.expected_version
    )
    return bodies.ChangedView.model_validate(done, from_attributes=True)


@router.post(
    "/{conversation_id}/tags",
    operation_id="tag_conversation",
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError, errors.ConversationNotFoundError, errors.TagNotFoundError
    ),
)
async def tag(
    tx: WriteTx, identity: CurrentIdentity, conversation_id: UUID, body: bodies.TagChange
) -> bodies.ChangedView:
    done = await change.change_conversation(tx, identity, conversation_id, body.change())
    return bodies.ChangedView.model_validate(done, from_attributes=True)
