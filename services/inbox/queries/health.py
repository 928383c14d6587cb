"""The inbound ledger of each profile, with whether it adds up."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.inbox.domain.health import HealthFacts, health_of, is_balanced
from services.inbox.errors import ProfileNotFoundError
from services.inbox.models import Delivery, HookAddress, Ledger, Profile, Reader
from services.inbox.repository.deliveries import STORED, in_state
from services.inbox.repository.readers import in_trouble
from services.inbox.schemas.deliveries import ProfileHealth, ReaderView
from shared.db.transaction import ReadTx
from shared.identity import Identity

COUNTERS = ("received", "repeated", "stored", "handled", "failed", "discarded", "gaps_filled")


async def health_of_profiles(
    read: ReadTx, identity: Identity, profile_id: UUID | None = None
) -> list[ProfileHealth]:
    """The health of one profile or of all that this person works with."""
    statement = (
        select(Profile.id, Profile.state, Profile.reason, *_ledger_columns())
        .outerjoin(
            Ledger,
            (Ledger.workspace_id == Profile.workspace_id) & (Ledger.profile_id == Profile.id),
        )
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    if profile_id is not None:
        statement = statement.where(Profile.id == profile_id)
    rows = await read.all(statement)
    waiting = await _waiting(read)
    readers = await _readers(read)
    return [_health(row, waiting.get(row.id, 0), readers.get(row.id, [])) for row in rows]


async def find_health(read: ReadTx, identity: Identity, profile_id: UUID) -> ProfileHealth:
    found = await health_of_profiles(read, identity, profile_id)
    if not found:
        raise ProfileNotFoundError
    return found[0]


async def workspaces_with_profiles(read: ReadTx) -> Sequence[UUID]:
    """Every workspace into which something may come."""
    rows = await read.all(select(HookAddress.workspace_id).distinct())
    return [row.workspace_id for row in rows]


async def ledger_sums(read: ReadTx) -> dict[str, int]:
    """The counters of a workspace, all profiles together, and how much waits."""
    row = await read.first(select(*(func.sum(Ledger.__table__.c[name]) for name in COUNTERS)))
    sums = dict(zip(COUNTERS, row or (), strict=True))
    waiting = sum((await _waiting(read)).values())
    return {name: int(number or 0) for name, number in sums.items()} | {"waiting": waiting}


def _ledger_columns() -> list[Any]:
    columns = Ledger.__table__.c
    counters = [func.coalesce(columns[name], 0).label(name) for name in COUNTERS]
    return [*counters, columns.last_event_at, columns.last_reconciled_at]


async def _waiting(read: ReadTx) -> dict[UUID, int]:
    """Counted and not remembered, so that the ledger is checked against the rows themselves."""
    rows = await read.all(
        select(Delivery.profile_id, func.count().label("number"))
        .where(Delivery.workspace_id == read.workspace_id, in_state(STORED))
        .group_by(Delivery.profile_id)
    )
    return {row.profile_id: row.number for row in rows}


async def _readers(read: ReadTx) -> dict[UUID, list[ReaderView]]:
    columns = Reader.__table__.c
    rows = await read.all(
        select(Reader.profile_id, *(columns[name] for name in ReaderView.model_fields))
        .where(Reader.workspace_id == read.workspace_id)
        .order_by(Reader.stream)
    )
    found: dict[UUID, list[ReaderView]] = {}
    for row in rows:
        view = ReaderView.model_validate(row, from_attributes=True)
        found.setdefault(row.profile_id, []).append(view)
    return found


def _health(row: Any, waiting: int, readers: list[ReaderView]) -> ProfileHealth:
    counts = {name: getattr(row, name) for name in COUNTERS} | {"waiting": waiting}
    errors = [
        reader.error_code
        for reader in readers
        if reader.error_code is not None and in_trouble(reader.failures)
    ]
    health = health_of(HealthFacts(row.state, row.reason, row.failed, errors))
    return ProfileHealth(
        profile_id=row.id,
        state=health.state,
        reason=health.reason,
        balanced=is_balanced(counts),
        last_event_at=row.last_event_at,
        last_reconciled_at=row.last_reconciled_at,
        readers=readers,
        **counts,
    )
