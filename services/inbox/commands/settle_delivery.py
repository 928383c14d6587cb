"""What a person decides about a delivery that could not be handled: try again, or let it go."""

from uuid import UUID

from services.inbox.commands.health import tell_health
from services.inbox.commands.receive import HANDLE
from services.inbox.errors import DeliveryNotFoundError
from services.inbox.models import Delivery
from services.inbox.repository import deliveries, ledgers
from services.inbox.repository.deliveries import DISCARDED, STORED
from shared.db.transaction import Tx
from shared.identity import Identity


async def replay_delivery(tx: Tx, identity: Identity, delivery_id: UUID) -> None:
    """Handle a failed delivery once more, in its place among those that wait."""
    delivery = await _failed(tx, identity, delivery_id)
    delivery.state = STORED
    await ledgers.count(tx, delivery.profile_id, {"failed": -1})
    await tx.request(HANDLE, str(delivery.profile_id))
    await _tell(tx, delivery)


async def discard_delivery(tx: Tx, identity: Identity, delivery_id: UUID) -> None:
    """Let a failed delivery go; it stays in the ledger as discarded."""
    delivery = await _failed(tx, identity, delivery_id)
    delivery.state, delivery.handled_at = DISCARDED, tx.now
    await ledgers.count(tx, delivery.profile_id, {"failed": -1, "discarded": 1})
    await _tell(tx, delivery)


async def _failed(tx: Tx, identity: Identity, delivery_id: UUID) -> Delivery:
    delivery = await deliveries.failed_for_update(tx, delivery_id)
    if delivery is None or not identity.sees_profile(delivery.profile_id):
        raise DeliveryNotFoundError
    return delivery


async def _tell(tx: Tx, delivery: Delivery) -> None:
    await tx.session.flush()
    await tell_health(tx, delivery.profile_id)
