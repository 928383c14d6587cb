"""Routes about deliveries: what came, what could not be handled, and what to do about it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.inbox.commands.settle_delivery import discard_delivery, replay_delivery
from services.inbox.errors import DeliveryNotFoundError
from services.inbox.queries import deliveries
from services.inbox.schemas.deliveries import DeliveryDetail, DeliveryState, DeliveryView
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
)
from shared.permissions import Level, Module

# A delivery holds whole messages, whoever they are for: it is shown to those who run the profiles.
router = APIRouter(
    prefix="/deliveries",
    route_class=UnitOfWorkRoute,
    tags=["deliveries"],
    dependencies=[requires(Module.PROFILES, Level.EDIT)],
)


@router.get("", operation_id="list_deliveries", responses=answers(CursorError))
async def list_deliveries(
    read: Reading,
    identity: CurrentIdentity,
    state: DeliveryState = DeliveryState.FAILED,
    profile_id: Annotated[UUID | None, Query()] = None,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[DeliveryView]:
    return await deliveries.list_deliveries(read, identity, state, profile_id, cursor, limit)


@router.get("/{delivery_id}", operation_id="get_delivery", responses=answers(DeliveryNotFoundError))
async def get_delivery(
    read: Reading, identity: CurrentIdentity, delivery_id: UUID
) -> DeliveryDetail:
    return await deliveries.find_delivery(read, identity, delivery_id)


@router.post(
    "/{delivery_id}/replay",
    status_code=204,
    operation_id="replay_delivery",
    responses=answers(DeliveryNotFoundError),
)
async def replay(tx: WriteTx, identity: CurrentIdentity, delivery_id: UUID) -> None:
    await replay_delivery(tx, identity, delivery_id)


@router.post(
    "/{delivery_id}/discard",
    status_code=204,
    operation_id="discard_delivery",
    responses=answers(DeliveryNotFoundError),
)
async def discard(tx: WriteTx, identity: CurrentIdentity, delivery_id: UUID) -> None:
    await discard_delivery(tx, identity, delivery_id)
