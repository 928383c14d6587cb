"""The counters of a profile; every change of them shares a transaction with what it counts."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import Ledger
from shared.db.transaction import Tx

_COUNTERS = ("received", "repeated", "stored", "handled", "failed", "discarded", "gaps_filled")


async def count(tx: Tx, profile_id: UUID, counts: Mapping[str, int]) -> None:
    """Add to the counters of a profile; a received delivery is also its latest event."""
    counts = {name: counts.get(name, 0) for name in _COUNTERS}
    moment = {"last_event_at": tx.now} if counts["received"] else {}
    statement = insert(Ledger).values(
        workspace_id=tx.workspace_id, profile_id=profile_id, health="healthy", **counts, **moment
    )
    columns = Ledger.__table__.c
    sums = {name: columns[name] + number for name, number in counts.items() if number}
    await tx.session.execute(
        statement.on_conflict_do_update(
            index_elements=["workspace_id", "profile_id"],
            set_={**sums, **moment} or {"health": columns.health},
        )
    )


async def ledger_for_update(tx: Tx, profile_id: UUID) -> Ledger:
    """The ledger of a profile, made when there is none yet."""
    await count(tx, profile_id, {})
    found = await tx.session.execute(
        select(Ledger)
        .where(Ledger.workspace_id == tx.workspace_id, Ledger.profile_id == profile_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one()
