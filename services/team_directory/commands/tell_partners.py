"""From an event to the partners that are to hear of it, in the transaction that consumes it."""

from uuid import UUID

import orjson

from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.public_events import BY_SOURCE, PublicEvent, profiles_of
from services.team_directory.domain.webhooks import DeliveryState, Ear
from services.team_directory.repository.webhooks import Deliveries, Endpoints, Messages
from shared.db.transaction import Tx
from shared.events.base import Event

_EARS = "webhook_ears"
_REQUESTED = "webhooks_requested"


async def tell_partners(tx: Tx, event: Event) -> None:
    """Write down the message and a delivery for each endpoint that hears it."""
    public = BY_SOURCE[type(event)]
    about = profiles_of(event)
    ears = [ear for ear in await _ears(tx) if ear.hears(public.name, about)]
    if not ears:
        return
    message_id = tx.causation_id or tx.new_id()
    await Messages(tx).add(message_id, public.name, _body(tx, public, event))
    for ear in ears:
        state = DeliveryState.WAITING if ear.enabled else DeliveryState.HELD
        await Deliveries(tx, ear.id).add(message_id, public.name, state)
        if ear.enabled:
            await _request(tx, ear.id)


async def _ears(tx: Tx) -> list[Ear]:
    """Asked for once in a transaction, which may hold hundreds of events of a workspace."""
    known: dict[UUID, list[Ear]] = tx.session.info.setdefault(_EARS, {})
    if tx.workspace_id not in known:
        known[tx.workspace_id] = await Endpoints(tx).ears()
    return known[tx.workspace_id]


async def _request(tx: Tx, endpoint_id: UUID) -> None:
    """Once in a transaction: the item stays locked until all its deliveries can be seen."""
    requested: set[UUID] = tx.session.info.setdefault(_REQUESTED, set())
    if endpoint_id not in requested:
        requested.add(endpoint_id)
        await tx.request(DELIVER, str(endpoint_id))


def _body(tx: Tx, public: PublicEvent, event: Event) -> bytes:
    at = tx.caused_at or tx.now
    return message_body(public.name, at.isoformat(), public.data(event))


def message_body(name: str, timestamp: str, data: object) -> bytes:
    """The bytes that are signed and sent, the same at every attempt."""
    return orjson.dumps({"type": name, "timestamp": timestamp, "data": data})
