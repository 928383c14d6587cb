"""Handling the next deliveries of a profile in one transaction; setting one aside that fails."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from services.inbox.commands.handle.intake import Subject, take_in
from services.inbox.commands.health import tell_health
from services.inbox.commands.receive import Source
from services.inbox.domain.ingest import belongs_in_inbox, gather
from services.inbox.repository import deliveries, ledgers, orphans
from shared.db.transaction import Tx
from shared.networks.types import Change, RawDelivery, Upsert

Normalize = Callable[[RawDelivery], Sequence[Change]]

UNREADABLE = "inbox.delivery_unreadable"
NOT_HANDLED = "inbox.delivery_not_handled"


@dataclass(slots=True)
class Read:
    """A batch after the connector looked at it: what it means, and what it could not make out."""

    meanings: dict[UUID, Sequence[Change]] = field(default_factory=dict)
    unreadable: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many deliveries were taken up, and how many of them failed."""

    handled: int
    failed: int

    @property
    def taken(self) -> int:
        return self.handled + self.failed


async def handle_waiting(tx: Tx, subject: Subject, normalize: Normalize, limit: int) -> Progress:
    """Handle the next deliveries, oldest first; what cannot be read is marked as failed."""
    await deliveries.lock(tx, subject.profile_id)
    waiting = await deliveries.waiting(tx, subject.profile_id, limit)
    if not waiting:
        return Progress(0, 0)
    read = _read(waiting, normalize)
    changes = [change for meaning in read.meanings.values() for change in meaning]
    past = _only_back_filled(waiting, read)
    taken = await take_in(tx, subject, gather(changes), past)
    await deliveries.mark_handled(tx, list(read.meanings))
    for delivery_id, detail in read.unreadable.items():
        await deliveries.mark_failed(tx, delivery_id, UNREADABLE, detail)
    await _keep_orphans(tx, subject.profile_id, read, taken.homeless)
    # After keeping them: what this batch leaves homeless may be awaiting what this batch brought.
    await orphans.release_awaiting(tx, subject.profile_id, taken.arrived)
    progress = Progress(len(read.meanings), len(read.unreadable))
    await ledgers.count(
        tx, subject.profile_id, {"handled": progress.handled, "failed": progress.failed}
    )
    if progress.failed:
        await tell_health(tx, subject.profile_id)
    return progress


async def set_aside(tx: Tx, profile_id: UUID, delivery_id: UUID, detail: str) -> None:
    """Mark the delivery as failed that broke its transaction, so that the others go on."""
    await deliveries.mark_failed(tx, delivery_id, NOT_HANDLED, detail)
    await ledgers.count(tx, profile_id, {"failed": 1})
    await tell_health(tx, profile_id)


async def next_waiting(tx: Tx, profile_id: UUID) -> UUID | None:
    """The delivery that is handled next."""
    await deliveries.lock(tx, profile_id)
    waiting = await deliveries.waiting(tx, profile_id, 1)
    return waiting[0].id if waiting else None


def _read(waiting: Sequence[Any], normalize: Normalize) -> Read:
    read = Read()
    for row in waiting:
        raw = RawDelivery(external_id=row.external_id, kind=row.kind, body=row.body)
        try:
            read.meanings[row.id] = normalize(raw)
        except Exception as error:  # noqa: BLE001 -- One unreadable body must not stop the others.
            read.unreadable[row.id] = f"{type(error).__name__}: {error}"[:1000]
    return read


def _only_back_filled(waiting: Sequence[Any], read: Read) -> frozenset[str]:
    """The items that no delivery but those of the back-fill speaks of."""
    past: set[str] = set()
    present: set[str] = set()
    for row in waiting:
        told = past if row.source == Source.BACK_FILL else present
        told.update(_ids(read.meanings.get(row.id, ())))
    return frozenset(past - present)


def _ids(meaning: Sequence[Change]) -> set[str]:
    return {
        change.item.external_id if isinstance(change, Upsert) else change.external_id
        for change in meaning
    }


async def _keep_orphans(tx: Tx, profile_id: UUID, read: Read, homeless: Mapping[str, str]) -> None:
    for delivery_id, meaning in read.meanings.items():
        awaits = {
            change.item.external_id: homeless[change.item.external_id]
            for change in meaning
            if isinstance(change, Upsert)
            and belongs_in_inbox(change.item)
            and change.item.external_id in homeless
        }
        if awaits:
            await orphans.keep(tx, profile_id, delivery_id, awaits)
