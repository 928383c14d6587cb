"""Deliveries as people see them: the raw truth behind the inbox, and what went wrong with it."""

from uuid import UUID

from sqlalchemy import select

from services.inbox.errors import DeliveryNotFoundError
from services.inbox.models import Delivery
from services.inbox.repository.deliveries import in_state
from services.inbox.schemas.deliveries import DeliveryDetail, DeliveryState, DeliveryView
from shared.db.transaction import ReadTx
from shared.http.pages import CursorError, Page, decode_cursor, encode_cursor
from shared.identity import Identity

_COLUMNS = Delivery.__table__.c


async def list_deliveries(
    read: ReadTx,
    identity: Identity,
    state: DeliveryState,
    profile_id: UUID | None,
    cursor: str | None,
    limit: int,
) -> Page[DeliveryView]:
    """Deliveries in one state, newest first."""
    statement = select(*(_COLUMNS[name] for name in DeliveryView.model_fields)).where(
        Delivery.workspace_id == read.workspace_id, in_state(state)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Delivery.profile_id.in_(identity.profile_ids))
    if profile_id is not None:
        statement = statement.where(Delivery.profile_id == profile_id)
    if cursor is not None:
        statement = statement.where(Delivery.id < _id_in(cursor))
    rows = await read.all(statement.order_by(Delivery.id.desc()).limit(limit + 1))
    items = [DeliveryView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    following = encode_cursor(items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=following)


def _id_in(cursor: str) -> UUID:
    (key,) = decode_cursor(cursor, 1)
    try:
        return UUID(key)
    except (TypeError, ValueError, AttributeError) as error:
        raise CursorError from error


async def find_delivery(read: ReadTx, identity: Identity, delivery_id: UUID) -> DeliveryDetail:
    row = await read.first(
        select(*(_COLUMNS[name] for name in DeliveryDetail.model_fields)).where(
            Delivery.workspace_id == read.workspace_id, Delivery.id == delivery_id
        )
    )
    if row is None or not identity.sees_profile(row.profile_id):
        raise DeliveryNotFoundError
    return DeliveryDetail.model_validate(row, from_attributes=True)
