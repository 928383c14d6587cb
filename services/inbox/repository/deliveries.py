"""The inbound ledger: storing deliveries once, taking up those that wait, settling them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Text, Uuid, bindparam, select, text, update

from services.inbox.models import Delivery
from shared.db.transaction import Tx

STORED, HANDLED, FAILED, DISCARDED = "stored", "handled", "failed", "discarded"

# Sorted, so that two transactions that bring the same wait for each other instead of deadlocking.
_STORE = text(
    "INSERT INTO deliveries"
    " (workspace_id, id, profile_id, external_id, kind, source, body, received_at, state, attempts)"
    " SELECT :workspace_id, id, profile_id, external_id, kind, source, CAST(body AS jsonb),"
    " :now, 'stored', 0 FROM unnest(:ids, :profile_ids, :external_ids, :kinds, :sources, :bodies)"
    " AS new (id, profile_id, external_id, kind, source, body)"
    " ORDER BY profile_id, external_id ON CONFLICT DO NOTHING RETURNING id"
).bindparams(
    bindparam("ids", type_=ARRAY(Uuid)),
    bindparam("profile_ids", type_=ARRAY(Uuid)),
    *(
        bindparam(name, type_=ARRAY(Text))
        for name in ("external_ids", "kinds", "sources", "bodies")
    ),
)
_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


def in_state(state: str) -> ColumnElement[bool]:
    """A condition that is written out in the statement, so that partial indexes serve it."""
    return Delivery.state == bindparam(None, state, type_=Text, literal_execute=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A row to be; `body` is JSON already."""

    id: UUID
    profile_id: UUID
    external_id: str
    kind: str
    source: str
    body: str


async def store(tx: Tx, rows: Sequence[NewDelivery]) -> frozenset[UUID]:
    """Store what is not known yet; the ids of those rows."""
    stored = await tx.session.execute(
        _STORE,
        {
            "workspace_id": tx.workspace_id,
            "now": tx.now,
            "ids": [row.id for row in rows],
            "profile_ids": [row.profile_id for row in rows],
            "external_ids": [row.external_id for row in rows],
            "kinds": [row.kind for row in rows],
            "sources": [row.source for row in rows],
            "bodies": [row.body for row in rows],
        },
    )
    return frozenset(stored.scalars())


async def lock(tx: Tx, profile_id: UUID) -> None:
    """Be the only one that handles this profile's deliveries, until the transaction ends."""
    await tx.session.execute(_LOCK, {"name": f"inbox.deliveries/{profile_id}"})


async def waiting(tx: Tx, profile_id: UUID, limit: int) -> Sequence[Any]:
    """The next deliveries to handle, oldest first: id, external_id, kind, source and body."""
    rows = await tx.session.execute(
        select(Delivery.id, Delivery.external_id, Delivery.kind, Delivery.source, Delivery.body)
        .where(
            Delivery.workspace_id == tx.workspace_id,
            Delivery.profile_id == profile_id,
            in_state(STORED),
        )
        .order_by(Delivery.id)
        .limit(limit)
    )
    return rows.all()


async def mark_handled(tx: Tx, ids: Sequence[UUID]) -> None:
    await _mark(tx, ids, state=HANDLED, handled_at=tx.now, error_code=None, error_detail=None)


async def mark_failed(tx: Tx, id_: UUID, code: str, detail: str) -> None:
    await _mark(tx, [id_], state=FAILED, error_code=code, error_detail=detail)


async def mark_waiting(tx: Tx, ids: Sequence[UUID]) -> None:
    """Have deliveries handled once more."""
    await _mark(tx, ids, state=STORED, handled_at=None)


async def _mark(tx: Tx, ids: Sequence[UUID], **values: Any) -> None:
    await tx.session.execute(
        update(Delivery)
        .where(Delivery.workspace_id == tx.workspace_id, Delivery.id.in_(ids))
        .values(attempts=Delivery.attempts + 1, **values)
        .execution_options(synchronize_session=False)
    )


async def failed_for_update(tx: Tx, id_: UUID) -> Delivery | None:
    """A delivery that could not be handled."""
    delivery = await tx.session.get(Delivery, (tx.workspace_id, id_), with_for_update=True)
    return delivery if delivery is not None and delivery.state == FAILED else None
