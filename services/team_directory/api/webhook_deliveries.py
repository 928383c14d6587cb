"""Routes of what partners were told: the log, and sending once more."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor
from services.team_directory.commands import replay
from services.team_directory.commands.replay import Span
from services.team_directory.domain.webhooks import DeliveryState
from services.team_directory.queries import webhooks as queries
from services.team_directory.queries.webhooks import DeliveryFilter
from services.team_directory.schemas.webhooks import (
    DeliveryDetail,
    DeliveryView,
    QueuedView,
    ReplayBody,
    ReplayView,
)
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    prefix="/webhooks/{webhook_id}",
    tags=["webhooks"],
    route_class=UnitOfWorkRoute,
    dependencies=[requires(Module.CONNECTIONS, Level.ADMINISTER)],
)
_ERRORS = (PermissionMissingError, errors.WebhookNotFoundError)
_TYPE_LENGTH = 100


async def _filter(
    webhook_id: UUID,
    state: DeliveryState | None = None,
    type_: Annotated[str | None, Query(alias="type", max_length=_TYPE_LENGTH)] = None,
) -> DeliveryFilter:
    return DeliveryFilter(webhook_id, state, type_)


@router.get(
    "/deliveries",
    operation_id="list_webhook_deliveries",
    responses=answers(*_ERRORS, CursorError),
)
async def list_deliveries(
    read: Reading,
    identity: CurrentIdentity,
    wanted: Annotated[DeliveryFilter, Depends(_filter)],
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[DeliveryView]:
    return await queries.list_deliveries(read, identity, wanted, cursor, limit)


@router.get(
    "/deliveries/{delivery_id}",
    operation_id="get_webhook_delivery",
    responses=answers(*_ERRORS, errors.WebhookDeliveryNotFoundError),
)
async def get_delivery(
    read: Reading, identity: CurrentIdentity, webhook_id: UUID, delivery_id: UUID
) -> DeliveryDetail:
    return await queries.get_delivery(read, identity, webhook_id, delivery_id)


@router.post(
    "/deliveries/{delivery_id}/replay",
    status_code=202,
    operation_id="replay_webhook_delivery",
    responses=answers(*_ERRORS, errors.WebhookDeliveryNotFoundError, errors.WebhookOffError),
)
async def replay_one(
    tx: WriteTx, actor: CurrentActor, webhook_id: UUID, delivery_id: UUID
) -> QueuedView:
    delivery = await replay.replay_one(tx, actor, webhook_id, delivery_id)
    return QueuedView(delivery_id=delivery.id)


@router.post(
    "/replay",
    status_code=202,
    operation_id="replay_webhook",
    responses=answers(*_ERRORS, errors.WebhookOffError),
)
async def replay_span(
    tx: WriteTx, actor: CurrentActor, webhook_id: UUID, body: ReplayBody
) -> ReplayView:
    span = Span(body.states, body.since, body.until)
    return ReplayView(deliveries=await replay.replay_span(tx, actor, webhook_id, span))
