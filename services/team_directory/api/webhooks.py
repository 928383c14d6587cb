"""Routes of partner webhooks: endpoints, and what is done with them."""

from datetime import timedelta
from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor, ToolsDep
from services.team_directory.commands import replay, webhooks
from services.team_directory.commands.webhooks import EndpointDraft
from services.team_directory.queries import webhooks as queries
from services.team_directory.schemas.common import Saved
from services.team_directory.schemas.webhooks import (
    CreatedWebhookView,
    EnableBody,
    EventTypeView,
    QueuedView,
    RotateBody,
    SecretView,
    WebhookBody,
    WebhookEdit,
    WebhookView,
)
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
    shown_once,
)
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    prefix="/webhooks",
    tags=["webhooks"],
    route_class=UnitOfWorkRoute,
    dependencies=[requires(Module.CONNECTIONS, Level.ADMINISTER)],
)
_FINDING = answers(PermissionMissingError, errors.WebhookNotFoundError)
_FILLING = (
    PermissionMissingError,
    errors.WebhookAddressError,
    errors.GrantTooHighError,
    errors.ProfileNotFoundError,
)


def _draft(body: WebhookBody) -> EndpointDraft:
    profiles = None if body.profile_ids is None else frozenset(body.profile_ids)
    return EndpointDraft(body.url, body.description, frozenset(body.event_types), profiles)


@router.get(
    "/event-types",
    operation_id="list_webhook_event_types",
    responses=answers(PermissionMissingError),
)
async def list_event_types(identity: CurrentIdentity) -> list[EventTypeView]:
    return queries.list_event_types(identity)


@router.get("", operation_id="list_webhooks", responses=answers(PermissionMissingError))
async def list_webhooks(read: Reading, identity: CurrentIdentity) -> list[WebhookView]:
    return await queries.list_webhooks(read, identity)


@router.post(
    "",
    status_code=201,
    operation_id="create_webhook",
    dependencies=[shown_once],
    responses=answers(*_FILLING, errors.TooManyWebhooksError),
)
async def create_webhook(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, body: WebhookBody
) -> CreatedWebhookView:
    created = await webhooks.create_endpoint(tx, tools, actor, _draft(body))
    return CreatedWebhookView(
        id=created.endpoint.id, version=created.endpoint.version, secret=created.secret
    )


@router.get("/{webhook_id}", operation_id="get_webhook", responses=_FINDING)
async def get_webhook(read: Reading, identity: CurrentIdentity, webhook_id: UUID) -> WebhookView:
    return await queries.get_webhook(read, identity, webhook_id)


@router.put(
    "/{webhook_id}",
    operation_id="edit_webhook",
    responses=answers(*_FILLING, errors.WebhookNotFoundError, errors.ChangedMeanwhileError),
)
async def edit_webhook(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, webhook_id: UUID, body: WebhookEdit
) -> Saved:
    place = (webhook_id, body.version)
    endpoint = await webhooks.edit_endpoint(tx, tools, actor, place, _draft(body))
    return Saved(id=endpoint.id, version=endpoint.version)


@router.delete("/{webhook_id}", status_code=204, operation_id="remove_webhook", responses=_FINDING)
async def remove_webhook(tx: WriteTx, actor: CurrentActor, webhook_id: UUID) -> None:
    await webhooks.remove_endpoint(tx, actor, webhook_id)


@router.post(
    "/{webhook_id}/secret",
    operation_id="rotate_webhook_secret",
    dependencies=[shown_once],
    responses=_FINDING,
)
async def rotate_secret(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, webhook_id: UUID, body: RotateBody
) -> SecretView:
    overlap = timedelta(hours=body.overlap_hours)
    return SecretView(secret=await webhooks.rotate_secret(tx, tools, actor, webhook_id, overlap))


@router.post("/{webhook_id}/enable", operation_id="enable_webhook", responses=_FINDING)
async def enable_webhook(
    tx: WriteTx, actor: CurrentActor, webhook_id: UUID, body: EnableBody
) -> Saved:
    endpoint = await webhooks.enable_endpoint(tx, actor, webhook_id, send_held=body.send_held)
    return Saved(id=endpoint.id, version=endpoint.version)


@router.post("/{webhook_id}/disable", operation_id="disable_webhook", responses=_FINDING)
async def disable_webhook(tx: WriteTx, actor: CurrentActor, webhook_id: UUID) -> Saved:
    endpoint = await webhooks.disable_endpoint(tx, actor, webhook_id)
    return Saved(id=endpoint.id, version=endpoint.version)


@router.post("/{webhook_id}/ping", status_code=202, operation_id="ping_webhook", responses=_FINDING)
async def ping_webhook(tx: WriteTx, actor: CurrentActor, webhook_id: UUID) -> QueuedView:
    return QueuedView(delivery_id=await replay.ping(tx, actor, webhook_id))
