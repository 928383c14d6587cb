"""Whether a profile's writing arrives as it should, told to the others when that changes."""

from uuid import UUID

from services.inbox.domain.health import HealthFacts, health_of
from services.inbox.repository import ledgers, readers
from services.inbox.repository.copies import Copies
from shared.db.transaction import Tx
from shared.events.inbox import ProfileHealthChanged


async def tell_health(tx: Tx, profile_id: UUID) -> None:
    """Work out the health of a profile; publish it only when it is another than before."""
    profile = await Copies(tx).profile(profile_id)
    if profile is None:
        return
    ledger = await ledgers.ledger_for_update(tx, profile_id)
    codes = await readers.error_codes(tx, profile_id)
    health = health_of(HealthFacts(profile.state, profile.reason, ledger.failed, codes))
    if health.state == ledger.health:
        return
    ledger.health = health.state
    await tx.publish(
        ProfileHealthChanged(
            workspace_id=tx.workspace_id,
            profile_id=profile_id,
            state=health.state,
            reason=health.reason,
        )
    )
