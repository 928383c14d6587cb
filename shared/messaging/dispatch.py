"""Runs the handlers of a batch of records inside one transaction, each event once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from sqlalchemy import text

from shared.db.database import Database
from shared.db.transaction import Tx
from shared.events.envelope import Envelope
from shared.messaging.bus import Record
from shared.messaging.subscriptions import Handler, Subscription
from shared.observability.tracing import span

# Sorted, so that two transactions that meet wait for each other instead of deadlocking.
_MARK_SEEN = text(
    "INSERT INTO processed_events (consumer, event_id) "
    "SELECT :consumer, id FROM unnest(CAST(:ids AS uuid[])) AS id ORDER BY id "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Applies records to the handlers of one consumer."""

    database: Database
    consumer: str
    subscriptions: Mapping[str, Sequence[Subscription]]

    async def handle(self, records: Sequence[Record]) -> None:
        """Apply all records or none; unknown types and events seen before are passed over."""
        envelopes = self.read(records)
        if not envelopes:
            return
        async with self.database.begin() as tx:
            await self.apply(tx, envelopes)

    def read(self, records: Iterable[Record]) -> list[Envelope]:
        """The events among the records that this consumer subscribes to."""
        return [
            envelope
            for record in records
            if record.headers.get("ce_type") in self.subscriptions
            and (envelope := Envelope.read(record.headers, record.body)) is not None
        ]

    async def apply(self, tx: Tx, envelopes: Iterable[Envelope]) -> None:
        """The same inside a transaction that is open already (the replay of a dead letter)."""
        fresh = await self._mark_seen(tx, envelopes)
        for workspace_id, group in groupby(fresh, key=lambda e: e.event.workspace_id):
            await tx.enter_workspace(workspace_id)
            await self._apply_in_workspace(tx, list(group))

    async def _mark_seen(self, tx: Tx, envelopes: Iterable[Envelope]) -> list[Envelope]:
        """The envelopes that were not seen before, stable within a workspace."""
        by_id: dict[UUID, Envelope] = {}
        for envelope in envelopes:
            by_id.setdefault(envelope.id, envelope)
        fresh = await tx.session.execute(
            _MARK_SEEN, {"consumer": self.consumer, "ids": list(by_id)}
        )
        new_ids = set(fresh.scalars())
        return sorted(
            (envelope for id_, envelope in by_id.items() if id_ in new_ids),
            key=lambda envelope: envelope.event.workspace_id,
        )

    async def _apply_in_workspace(self, tx: Tx, envelopes: Sequence[Envelope]) -> None:
        together: dict[Handler, list[Envelope]] = {}
        for envelope in envelopes:
            tx.causation_id = envelope.id
            tx.caused_at = envelope.occurred_at
            for subscription in self.subscriptions[envelope.event.event_name()]:
                if subscription.together:
                    together.setdefault(subscription.handle, []).append(envelope)
                    continue
                with span(f"consume {envelope.event.event_name()}", envelope.traceparent):
                    await subscription.handle(tx, envelope.event)
        tx.causation_id = tx.caused_at = None
        for handle, some in together.items():
            with span(f"consume {len(some)} events together"):
                await handle(tx, some)
