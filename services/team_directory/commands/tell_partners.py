"""From events to the partners that are to hear of them, in the transaction that consumes them."""

from collections.abc import Sequence

import orjson

from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.public_events import BY_SOURCE, profiles_of
from services.team_directory.domain.webhooks import DeliveryState, Ear
from services.team_directory.repository.webhooks import (
    Deliveries,
    Endpoints,
    Messages,
    NewDelivery,
    NewMessage,
)
from shared.db.transaction import Tx
from shared.events.base import is_restated
from shared.events.envelope import Envelope


async def tell_partners(tx: Tx, envelopes: Sequence[Envelope]) -> None:
    """Write down a message for each event, and a delivery for each endpoint that hears it."""
    ears = await Endpoints(tx).ears()
    messages: list[NewMessage] = []
    deliveries: list[NewDelivery] = []
    for envelope in envelopes:
        hearing = _hearing(ears, envelope)
        if hearing:
            message = _message(envelope)
            messages.append(message)
            deliveries += [NewDelivery(ear.id, message, _state(ear)) for ear in hearing]
    await Messages(tx).add(messages)
    await Deliveries(tx).add(deliveries)
    # In the order of their ids, so that two transactions wait for each other and do not deadlock.
    for endpoint_id in sorted({it.endpoint_id for it in deliveries if it.waits}):
        await tx.request(DELIVER, str(endpoint_id))


def _hearing(ears: Sequence[Ear], envelope: Envelope) -> list[Ear]:
    if is_restated(envelope.event):
        return []
    name, about = BY_SOURCE[type(envelope.event)].name, profiles_of(envelope.event)
    return [ear for ear in ears if ear.hears(name, about)]


def _state(ear: Ear) -> DeliveryState:
    return DeliveryState.WAITING if ear.enabled else DeliveryState.HELD


def _message(envelope: Envelope) -> NewMessage:
    public = BY_SOURCE[type(envelope.event)]
    body = message_body(public.name, envelope.occurred_at.isoformat(), public.data(envelope.event))
    return NewMessage(envelope.id, public.name, body)


def message_body(name: str, timestamp: str, data: object) -> bytes:
    """The bytes that are signed and sent, the same at every attempt."""
    return orjson.dumps({"type": name, "timestamp": timestamp, "data": data})
