"""Reads of partner webhooks: endpoints, the log of deliveries, one delivery with its attempts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Row, Select, func, select

from services.team_directory.domain.public_events import CATALOGUE
from services.team_directory.domain.webhooks import DeliveryState, message_name, reach_of
from services.team_directory.errors import WebhookDeliveryNotFoundError, WebhookNotFoundError
from services.team_directory.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookSecret,
)
from services.team_directory.repository.webhooks import shown, within
from services.team_directory.schemas.common import Text
from services.team_directory.schemas.webhooks import (
    AttemptView,
    DeliveryDetail,
    DeliveryView,
    EventTypeView,
    WebhookView,
)
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor
from shared.identity import Identity

_MOST_ATTEMPTS = 100


@dataclass(frozen=True, slots=True)
class DeliveryFilter:
    endpoint_id: UUID
    state: DeliveryState | None = None
    type: str | None = None


def list_event_types(identity: Identity) -> list[EventTypeView]:
    """What one may subscribe to: the types of the modules that one sees in full."""
    modules = reach_of(identity).modules
    return [
        EventTypeView(
            name=public.name,
            module=public.module,
            about=Text.model_validate(public.about),
            data_schema=public.schema(),
        )
        for public in CATALOGUE.values()
        if public.module in modules
    ]


async def list_webhooks(read: ReadTx, identity: Identity) -> list[WebhookView]:
    statement = _endpoints(read, identity).order_by(WebhookEndpoint.id.desc())
    return [
        WebhookView.model_validate(row, from_attributes=True) for row in await read.all(statement)
    ]


async def _log(read: ReadTx, identity: Identity, endpoint_id: UUID) -> list[ColumnElement[bool]]:
    """The deliveries of an endpoint that one may see; raises when one does not see it at all."""
    query = select(WebhookEndpoint.log_from).where(
        WebhookEndpoint.workspace_id == read.workspace_id,
        WebhookEndpoint.id == endpoint_id,
        *within(reach_of(identity)),
    )
    row = await read.first(query)
    if row is None:
        raise WebhookNotFoundError
    return shown(read.workspace_id, endpoint_id, row.log_from)


async def get_webhook(read: ReadTx, identity: Identity, endpoint_id: UUID) -> WebhookView:
    row = await read.first(_endpoints(read, identity).where(WebhookEndpoint.id == endpoint_id))
    if row is None:
        raise WebhookNotFoundError
    return WebhookView.model_validate(row, from_attributes=True)


def _endpoints(read: ReadTx, identity: Identity) -> Select[Any]:
    old_secret_until = (
        select(func.max(WebhookSecret.expires_at))
        .where(
            WebhookSecret.workspace_id == WebhookEndpoint.workspace_id,
            WebhookSecret.endpoint_id == WebhookEndpoint.id,
            WebhookSecret.expires_at > read.now,
        )
        .scalar_subquery()
    )
    own = [name for name in WebhookView.model_fields if name != "old_secret_until"]
    return select(
        *(getattr(WebhookEndpoint, name) for name in own),
        old_secret_until.label("old_secret_until"),
    ).where(WebhookEndpoint.workspace_id == read.workspace_id, *within(reach_of(identity)))


async def list_deliveries(
    read: ReadTx, identity: Identity, wanted: DeliveryFilter, cursor: str | None, limit: int
) -> Page[DeliveryView]:
    """The newest first."""
    theirs = await _log(read, identity, wanted.endpoint_id)
    statement = (
        select(*_COLUMNS)
        .where(*theirs, *_conditions(wanted))
        .order_by(WebhookDelivery.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        statement = statement.where(WebhookDelivery.id < cursor_id(decode_cursor(cursor, 1)[0]))
    rows = await read.all(statement)
    items = [DeliveryView.model_validate(_delivery(row)) for row in rows[:limit]]
    more = encode_cursor(items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)


async def get_delivery(
    read: ReadTx, identity: Identity, endpoint_id: UUID, delivery_id: UUID
) -> DeliveryDetail:
    theirs = await _log(read, identity, endpoint_id)
    row = await read.first(
        select(*_COLUMNS, WebhookMessage.body)
        .join(
            WebhookMessage,
            (WebhookMessage.workspace_id == WebhookDelivery.workspace_id)
            & (WebhookMessage.id == WebhookDelivery.message_id),
        )
        .where(*theirs, WebhookDelivery.id == delivery_id)
    )
    if row is None:
        raise WebhookDeliveryNotFoundError
    attempts = await read.all(
        select(*(getattr(WebhookAttempt, name) for name in AttemptView.model_fields))
        .where(
            WebhookAttempt.workspace_id == read.workspace_id,
            WebhookAttempt.delivery_id == delivery_id,
        )
        .order_by(WebhookAttempt.id.desc())
        .limit(_MOST_ATTEMPTS)
    )
    return DeliveryDetail(
        **_delivery(row),
        body=orjson.loads(row.body),
        attempts=[AttemptView.model_validate(it, from_attributes=True) for it in attempts],
    )


_COLUMNS = [
    WebhookDelivery.message_id,
    *(getattr(WebhookDelivery, name) for name in DeliveryView.model_fields if name != "webhook_id"),
]


def _conditions(wanted: DeliveryFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.state:
        yield WebhookDelivery.state == wanted.state
    if wanted.type:
        yield WebhookDelivery.type == wanted.type


def _delivery(row: Row[Any]) -> dict[str, Any]:
    """Only what waits has a next time."""
    values = {name: getattr(row, name) for name in DeliveryView.model_fields if name in row._fields}
    if row.state != DeliveryState.WAITING:
        values["next_at"] = None
    return {**values, "webhook_id": message_name(row.message_id)}
