"""Endpoints of partners, their secrets, and what is on its way to them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.domain.public_events import PING
from services.team_directory.domain.webhooks import DeliveryState, Ear, EndpointState, Reach
from services.team_directory.errors import WebhookDeliveryNotFoundError, WebhookNotFoundError
from services.team_directory.models import (
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
    WebhookSecret,
)
from shared.db.transaction import Tx


def within(reach: Reach) -> list[ColumnElement[bool]]:
    """The endpoints that tell of nothing that one may not see oneself."""
    conditions = [WebhookEndpoint.modules.contained_by(sorted(reach.modules))]
    if reach.profile_ids is not None:
        # Nothing is contained in null, which stands for all profiles.
        conditions.append(WebhookEndpoint.profile_ids.contained_by(sorted(reach.profile_ids)))
    return conditions


@dataclass(frozen=True, slots=True)
class NewMessage:
    id: UUID
    type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class NewDelivery:
    endpoint_id: UUID
    message: NewMessage
    state: DeliveryState = DeliveryState.WAITING
    id: UUID | None = None

    @property
    def waits(self) -> bool:
        return self.state is DeliveryState.WAITING


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A delivery whose time has come, with what is to be sent."""

    delivery_id: UUID
    message_id: UUID
    type: str
    body: bytes


class Endpoints:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session
        self._here = WebhookEndpoint.workspace_id == tx.workspace_id

    async def find(self, endpoint_id: UUID) -> WebhookEndpoint | None:
        key = (self._tx.workspace_id, endpoint_id)
        return await self._session.get(WebhookEndpoint, key, with_for_update=True)

    async def get(self, endpoint_id: UUID, reach: Reach) -> WebhookEndpoint:
        query = select(WebhookEndpoint).where(
            self._here, WebhookEndpoint.id == endpoint_id, *within(reach)
        )
        endpoint = await self._session.scalar(query.with_for_update())
        if endpoint is None:
            raise WebhookNotFoundError
        return endpoint

    async def number(self) -> int:
        query = select(func.count()).select_from(WebhookEndpoint).where(self._here)
        return await self._session.scalar(query) or 0

    async def ears(self) -> list[Ear]:
        """The endpoints of the workspace that a person has not disabled."""
        query = select(
            WebhookEndpoint.id,
            WebhookEndpoint.event_types,
            WebhookEndpoint.profile_ids,
            WebhookEndpoint.state,
        ).where(self._here, WebhookEndpoint.state != EndpointState.DISABLED)
        return [
            Ear(
                row.id,
                frozenset(row.event_types),
                None if row.profile_ids is None else frozenset(row.profile_ids),
                enabled=row.state == EndpointState.ENABLED,
            )
            for row in await self._session.execute(query.order_by(WebhookEndpoint.id))
        ]

    def add(self, endpoint: WebhookEndpoint) -> None:
        self._session.add(endpoint)

    async def remove(self, endpoint: WebhookEndpoint) -> None:
        await self._session.delete(endpoint)

    def add_secret(self, secret: WebhookSecret) -> None:
        self._session.add(secret)

    async def secrets(self, endpoint_id: UUID) -> Sequence[WebhookSecret]:
        """Those that are valid now, the newest first."""
        query = (
            select(WebhookSecret)
            .where(
                WebhookSecret.workspace_id == self._tx.workspace_id,
                WebhookSecret.endpoint_id == endpoint_id,
                or_(WebhookSecret.expires_at.is_(None), WebhookSecret.expires_at > self._tx.now),
            )
            .order_by(WebhookSecret.id.desc())
        )
        return (await self._session.scalars(query)).all()


class Deliveries:
    """What is told to endpoints."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, deliveries: Sequence[NewDelivery]) -> None:
        """One for each endpoint and message; what was added before is not added again."""
        if not deliveries:
            return
        rows = [
            {
                "workspace_id": self._tx.workspace_id,
                "id": it.id or self._tx.new_id(),
                "endpoint_id": it.endpoint_id,
                "message_id": it.message.id,
                "type": it.message.type,
                "state": it.state,
                "next_at": self._tx.now,
                "created_at": self._tx.now,
            }
            for it in deliveries
        ]
        await self._tx.session.execute(insert(WebhookDelivery).on_conflict_do_nothing(), rows)


def shown(
    workspace_id: UUID, endpoint_id: UUID, log_from: datetime | None
) -> list[ColumnElement[bool]]:
    """The deliveries of an endpoint that may be shown, and sent again, with it."""
    conditions = [
        WebhookDelivery.workspace_id == workspace_id,
        WebhookDelivery.endpoint_id == endpoint_id,
    ]
    if log_from is not None:
        conditions.append(WebhookDelivery.created_at >= log_from)
    return conditions


class Log:
    """What was and is to be told to one endpoint."""

    def __init__(self, tx: Tx, endpoint: WebhookEndpoint) -> None:
        self._tx = tx
        self._session = tx.session
        self._here = shown(tx.workspace_id, endpoint.id, None)
        self._shown = shown(tx.workspace_id, endpoint.id, endpoint.log_from)
        self._waiting = (*self._here, WebhookDelivery.state == DeliveryState.WAITING)

    async def due(self, limit: int, *, only_pings: bool) -> list[DueMessage]:
        query = (
            select(
                WebhookDelivery.id,
                WebhookDelivery.message_id,
                WebhookDelivery.type,
                WebhookMessage.body,
            )
            .join(
                WebhookMessage,
                (WebhookMessage.workspace_id == WebhookDelivery.workspace_id)
                & (WebhookMessage.id == WebhookDelivery.message_id),
            )
            .where(*self._waiting, WebhookDelivery.next_at <= self._tx.now)
            .order_by(WebhookDelivery.next_at)
            .limit(limit)
        )
        if only_pings:
            query = query.where(WebhookDelivery.type == PING)
        return [DueMessage(*row) for row in await self._session.execute(query)]

    async def next_times(self) -> tuple[datetime | None, datetime | None]:
        """When the next ping is due, and when the next of anything else."""
        ping = WebhookDelivery.type == PING
        at = func.min(WebhookDelivery.next_at)
        query = select(at.filter(ping), at.filter(~ping)).where(*self._waiting)
        pings, others = (await self._session.execute(query)).one()
        return pings, others

    async def locked(self, delivery_ids: Collection[UUID]) -> dict[UUID, WebhookDelivery]:
        query = (
            select(WebhookDelivery)
            .where(*self._here, WebhookDelivery.id.in_(delivery_ids))
            .order_by(WebhookDelivery.id)
            .with_for_update()
        )
        return {row.id: row for row in await self._session.scalars(query)}

    async def get(self, delivery_id: UUID) -> WebhookDelivery:
        query = select(WebhookDelivery).where(*self._shown, WebhookDelivery.id == delivery_id)
        found = await self._session.scalar(query.with_for_update())
        if found is None:
            raise WebhookDeliveryNotFoundError
        return found

    def add_attempt(self, attempt: WebhookAttempt) -> None:
        self._session.add(attempt)

    async def hold_waiting(self) -> None:
        """Keep back whatever waits; pings go on, they ask whether the endpoint is there again."""
        await self._session.execute(
            update(WebhookDelivery)
            .where(*self._waiting, WebhookDelivery.type != PING)
            .values(state=DeliveryState.HELD)
        )

    async def send_again(
        self,
        states: Collection[DeliveryState],
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> int:
        """Begin anew with what is in one of these states and was told in this time."""
        conditions = [
            *self._shown,
            WebhookDelivery.state.in_(states),
            WebhookDelivery.type != PING,
        ]
        if since is not None:
            conditions.append(WebhookDelivery.created_at >= since)
        if until is not None:
            conditions.append(WebhookDelivery.created_at < until)
        moved = await self._session.execute(
            update(WebhookDelivery)
            .where(*conditions)
            .values(state=DeliveryState.WAITING, tries=0, next_at=self._tx.now)
            .returning(WebhookDelivery.id)
        )
        return len(moved.all())


class Messages:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def add(self, messages: Sequence[NewMessage]) -> None:
        if not messages:
            return
        rows = [
            {
                "workspace_id": self._tx.workspace_id,
                "id": it.id,
                "type": it.type,
                "body": it.body,
                "created_at": self._tx.now,
            }
            for it in messages
        ]
        await self._tx.session.execute(insert(WebhookMessage).on_conflict_do_nothing(), rows)
