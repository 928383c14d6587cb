"""Routes of the outbound ledger: replying, acting, and what became of both."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.inbox import errors
from services.inbox.api.dependencies import OutboxRules
from services.inbox.commands import act, reply
from services.inbox.queries import actions
from services.inbox.schemas.conversations import ActionView
from services.inbox.schemas.work import ActBody, DecisionBody, ReplyBody
from shared.events.inbox import ActionKind, ActionState
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["inbox"])
_VIEW = requires(Module.INBOX, Level.VIEW)
_EDIT = requires(Module.INBOX, Level.EDIT)
_MOVES = answers(PermissionMissingError, errors.ActionNotFoundError, errors.ActionStateError)


@router.post(
    "/conversations/{conversation_id}/replies",
    operation_id="reply",
    status_code=202,
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError,
        errors.ConversationNotFoundError,
        errors.InteractionNotFoundError,
        errors.ConversationChangedError,
        errors.AnsweredMeanwhileError,
        errors.ActionImpossibleError,
        errors.TextRefusedError,
    ),
)
async def send_reply(
    tx: WriteTx,
    identity: CurrentIdentity,
    conversation_id: UUID,
    body: ReplyBody,
    outbox: OutboxRules,
) -> ActionView:
    written = reply.Reply(
        private=body.visibility == "private", **body.model_dump(exclude={"visibility"})
    )
    action = await reply.reply(tx, identity, conversation_id, written, outbox)
    return ActionView.model_validate(action, from_attributes=True)


@router.post(
    "/interactions/{interaction_id}/actions",
    operation_id="act_on_interaction",
    status_code=202,
    dependencies=[_EDIT],
    responses=answers(
        PermissionMissingError, errors.InteractionNotFoundError, errors.ActionImpossibleError
    ),
)
async def act_on_interaction(
    tx: WriteTx,
    identity: CurrentIdentity,
    interaction_id: UUID,
    body: ActBody,
    outbox: OutboxRules,
) -> ActionView:
    action = await act.act(tx, identity, interaction_id, ActionKind(body.kind), outbox)
    return ActionView.model_validate(action, from_attributes=True)


@router.get(
    "/actions",
    operation_id="list_actions",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, CursorError),
)
async def list_actions(
    read: Reading,
    identity: CurrentIdentity,
    state: Annotated[list[ActionState] | None, Query()] = None,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[ActionView]:
    return await actions.list_actions(read, identity, state or [], (cursor, limit))


@router.get(
    "/actions/{action_id}",
    operation_id="get_action",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, errors.ActionNotFoundError),
)
async def get_action(read: Reading, identity: CurrentIdentity, action_id: UUID) -> ActionView:
    return await actions.get_action(read, identity, action_id)


@router.post(
    "/actions/{action_id}/cancel",
    operation_id="cancel_action",
    dependencies=[_EDIT],
    responses=_MOVES,
)
async def cancel_action(tx: WriteTx, identity: CurrentIdentity, action_id: UUID) -> ActionView:
    action = await act.cancel(tx, identity, action_id)
    return ActionView.model_validate(action, from_attributes=True)


@router.post(
    "/actions/{action_id}/retry",
    operation_id="retry_action",
    dependencies=[_EDIT],
    responses=_MOVES,
)
async def retry_action(
    tx: WriteTx, identity: CurrentIdentity, action_id: UUID, outbox: OutboxRules
) -> ActionView:
    action = await act.retry(tx, identity, action_id, outbox)
    return ActionView.model_validate(action, from_attributes=True)


@router.post(
    "/actions/{action_id}/decision",
    operation_id="decide_action",
    dependencies=[_EDIT],
    responses=_MOVES,
)
async def decide_action(
    tx: WriteTx,
    identity: CurrentIdentity,
    action_id: UUID,
    body: DecisionBody,
    outbox: OutboxRules,
) -> ActionView:
    action = await act.decide(tx, identity, action_id, body.decision, outbox)
    return ActionView.model_validate(action, from_attributes=True)
