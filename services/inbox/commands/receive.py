"""Taking in what a network hands over: raw, once, and counted in the same transaction."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.inbox.domain.raw import encode, fit_id
from services.inbox.repository import deliveries, ledgers, orphans
from services.inbox.repository.deliveries import NewDelivery
from shared.db.transaction import Tx
from shared.networks.types import RawDelivery

HANDLE = "inbox.handle_deliveries"


class Source(StrEnum):
    """How a delivery came first."""

    WEBHOOK = "webhook"
    STREAM = "stream"
    POLL = "poll"
    THREAD = "thread"
    BACK_FILL = "back_fill"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What came for a profile at once; `fills_gap` says that it should have come before."""

    profile_id: UUID
    source: Source
    deliveries: Sequence[RawDelivery]
    fills_gap: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """How much came, and how much of it was new."""

    received: int
    stored: int


async def receive(tx: Tx, arrivals: Sequence[Arrival]) -> list[Receipt]:
    """Store what is new, count everything, have it handled; one receipt for each arrival."""
    rows = [_rows(tx, arrival) for arrival in arrivals]
    stored = await deliveries.store(tx, [row for some in rows for row in some])
    receipts = [Receipt(len(some), sum(row.id in stored for row in some)) for some in rows]
    counts: dict[UUID, Counter[str]] = {}
    for arrival, receipt in zip(arrivals, receipts, strict=True):
        counts.setdefault(arrival.profile_id, Counter()).update(_counts(arrival, receipt))
    for profile_id, numbers in sorted(counts.items()):
        await ledgers.count(tx, profile_id, numbers)
        if numbers["stored"]:
            await tx.request(HANDLE, str(profile_id))
    return receipts


async def recognise(tx: Tx, profile_id: UUID, external_id: str) -> None:
    """We know now where an item of ours belongs: handle what was told of it too early."""
    if await orphans.release_item(tx, profile_id, external_id):
        await tx.request(HANDLE, str(profile_id))


def _rows(tx: Tx, arrival: Arrival) -> list[NewDelivery]:
    return [
        NewDelivery(
            id=tx.new_id(),
            profile_id=arrival.profile_id,
            external_id=fit_id(raw.external_id),
            kind=fit_id(raw.kind),
            source=arrival.source,
            body=encode(raw.body),
        )
        for raw in arrival.deliveries
    ]


def _counts(arrival: Arrival, receipt: Receipt) -> dict[str, int]:
    return {
        "received": receipt.received,
        "stored": receipt.stored,
        "repeated": receipt.received - receipt.stored,
        "gaps_filled": receipt.stored if arrival.fills_gap else 0,
    }
