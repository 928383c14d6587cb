"""Our own writing that came before what it answers, kept until its conversation is known."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import Orphan
from services.inbox.repository import deliveries, ledgers
from shared.db.transaction import Tx


async def keep(tx: Tx, profile_id: UUID, delivery_id: UUID, awaits: Mapping[str, str]) -> None:
    """Remember the items of a delivery that belong nowhere yet, by what each awaits."""
    await tx.session.execute(
        insert(Orphan).on_conflict_do_nothing(),
        [
            {
                "workspace_id": tx.workspace_id,
                "profile_id": profile_id,
                "external_id": external_id,
                "delivery_id": delivery_id,
                "awaits": what,
            }
            for external_id, what in awaits.items()
        ],
    )


async def release_awaiting(tx: Tx, profile_id: UUID, arrived: Collection[str]) -> None:
    """Have the deliveries handled once more that waited for one of these."""
    await _release(tx, profile_id, Orphan.awaits.in_(arrived))


async def release_item(tx: Tx, profile_id: UUID, external_id: str) -> bool:
    """Have an item handled once more, whose conversation is known now; whether there is one."""
    return await _release(tx, profile_id, Orphan.external_id == external_id)


async def _release(tx: Tx, profile_id: UUID, condition: object) -> bool:
    released = await tx.session.scalars(
        delete(Orphan)
        .where(
            Orphan.workspace_id == tx.workspace_id,
            Orphan.profile_id == profile_id,
            condition,  # type: ignore[arg-type]  # A column expression of this table.
        )
        .returning(Orphan.delivery_id)
        .execution_options(synchronize_session=False)
    )
    ids = sorted(set(released))
    if ids:
        await deliveries.mark_waiting(tx, ids)
        await ledgers.count(tx, profile_id, {"handled": -len(ids)})
    return bool(ids)
