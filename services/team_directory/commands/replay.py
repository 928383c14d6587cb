"""Sending once more: a test, one delivery, or all that did not arrive."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.team_directory.commands.tell_partners import message_body
from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.public_events import PING
from services.team_directory.domain.webhooks import DeliveryState, EndpointState, reach_of
from services.team_directory.errors import WebhookOffError
from services.team_directory.models import WebhookDelivery, WebhookEndpoint
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.webhooks import (
    Deliveries,
    Endpoints,
    Log,
    Messages,
    NewDelivery,
    NewMessage,
)
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class Span:
    """What to send again: deliveries in these states, of messages that came in this time."""

    states: Collection[DeliveryState]
    since: datetime
    until: datetime | None


async def ping(tx: Tx, actor: Actor, endpoint_id: UUID) -> UUID:
    """Send a message that only tests the way; also to an endpoint that is off."""
    await _awaken(tx, actor, endpoint_id)
    message_id, delivery_id = tx.new_id(), tx.new_id()
    body = message_body(PING, tx.now.isoformat(), {"endpoint_id": str(endpoint_id)})
    message = NewMessage(message_id, PING, body)
    await Messages(tx).add([message])
    await Deliveries(tx).add([NewDelivery(endpoint_id, message, id=delivery_id)])
    return delivery_id


async def replay_one(tx: Tx, actor: Actor, endpoint_id: UUID, delivery_id: UUID) -> WebhookDelivery:
    """Send one delivery again, also one that arrived; it keeps its `webhook-id`."""
    endpoint = _demand_on(await _awaken(tx, actor, endpoint_id))
    delivery = await Log(tx, endpoint).get(delivery_id)
    delivery.state = DeliveryState.WAITING
    delivery.tries = 0
    delivery.next_at = tx.now
    record(tx, actor, Change("webhook.replayed", endpoint_id, after={"delivery_id": delivery_id}))
    return delivery


async def replay_span(tx: Tx, actor: Actor, endpoint_id: UUID, span: Span) -> int:
    """Send everything in the span again; how many deliveries that are."""
    endpoint = _demand_on(await _awaken(tx, actor, endpoint_id))
    number = await Log(tx, endpoint).send_again(span.states, span.since, span.until)
    after = {"since": span.since, "until": span.until, "deliveries": number}
    record(tx, actor, Change("webhook.replayed", endpoint_id, after=after))
    return number


async def _awaken(tx: Tx, actor: Actor, endpoint_id: UUID) -> WebhookEndpoint:
    """The item first, then the endpoint: the worker takes its locks in the same order."""
    await tx.request(DELIVER, str(endpoint_id))
    return await Endpoints(tx).get(endpoint_id, reach_of(actor.identity))


def _demand_on(endpoint: WebhookEndpoint) -> WebhookEndpoint:
    if endpoint.state != EndpointState.ENABLED:
        raise WebhookOffError(state=endpoint.state)
    return endpoint
