"""The two kinds of transaction: `Tx` writes and publishes, `ReadTx` only reads.

Neither can commit: the edge that opened it does (a request, a batch of messages, a job).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Delete, Executable, Row, Select, Update, func, insert, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from shared.db.kernel_tables import outbox, work_items
from shared.errors import ConflictError, InvalidError
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.ids import Ids
from shared.observability.tracing import current_traceparent

SET_WORKSPACE = text("SELECT set_config('parley.workspace_id', :workspace, true)")
NO_WORKSPACE = UUID(int=0)


# What every bus takes; a larger one would hold up the relay for ever.
EVENT_BYTES = 900_000


class EventTooLargeError(InvalidError):
    code = "events.too_large"
    title = "This is too much for one event."


class LeaseLostError(ConflictError):
    code = "work.lease_lost"
    title = "Another worker has taken this over."


@dataclass(frozen=True, slots=True)
class WorkItem:
    """What a worker holds, `lease` at a time; `fence` tells its hold from later ones."""

    kind: str
    workspace_id: UUID
    key: str
    fence: int
    attempts: int
    due_at: datetime
    lease: timedelta


@dataclass(slots=True)
class Tx:
    """One unit of work in one workspace; events and follow-up work appear with it or not at all."""

    session: AsyncSession
    producer: str
    now: datetime
    new_id: Ids
    workspace_id: UUID = NO_WORKSPACE
    causation_id: UUID | None = None
    # When the event that is being handled occurred, which is earlier than `now`.
    caused_at: datetime | None = None
    published: bool = False
    work_kinds: set[str] = field(default_factory=set)

    async def enter_workspace(self, workspace_id: UUID) -> None:
        """See and write the rows of this workspace from here on."""
        await self.session.execute(SET_WORKSPACE, {"workspace": str(workspace_id)})
        self.workspace_id = workspace_id

    async def publish(self, *events: Event) -> None:
        """Write events to the outbox; the relay sends them once this transaction is committed."""
        if not events:
            return
        rows = [self._outbox_row(event) for event in events]
        await self.session.execute(insert(outbox), rows)
        self.published = True

    def _outbox_row(self, event: Event) -> dict[str, Any]:
        if event.producer() != self.producer:
            raise TypeError(f"{self.producer} may not publish {event.event_name()}.")
        envelope = Envelope(
            id=self.new_id(),
            occurred_at=self.now,
            event=event,
            causation_id=self.causation_id,
            traceparent=current_traceparent(),
        )
        body = envelope.body()
        if len(body) > EVENT_BYTES:
            raise EventTooLargeError(event=event.event_name(), bytes=len(body))
        return {
            "event_id": envelope.id,
            "topic": event.topic,
            "key": event.key,
            "headers": envelope.headers(),
            "body": body,
        }

    async def schedule(
        self, kind: str, key: str, *, due_at: datetime | None = None, priority: int = 0
    ) -> None:
        """Have a worker take up `key` when it is due; scheduling again moves the one item.

        A worker that holds the item at this moment loses its lease: its result no longer fits.
        """
        row = {
            "kind": kind,
            "workspace_id": self.workspace_id,
            "key": key,
            "priority": priority,
            "due_at": due_at or self.now,
            "fence": self._first_fence(),
        }
        statement = upsert(work_items).values(row)
        await self.session.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "workspace_id", "key"],
                set_={
                    "due_at": statement.excluded.due_at,
                    "priority": statement.excluded.priority,
                    "leased_until": None,
                    "fence": work_items.c.fence + 1,
                    "attempts": 0,
                },
            )
        )
        self.work_kinds.add(kind)

    async def request(
        self, kind: str, key: str, *, due_at: datetime | None = None, priority: int = 0
    ) -> None:
        """Have `key` looked at by `due_at`, and leave it with the worker that may hold it.

        Without `due_at` that is now. For work that many add to: its worker takes `hold` before it
        looks for the last time and finishes in the same transaction, so that nothing added
        meanwhile is overlooked.
        """
        row = {
            "kind": kind,
            "workspace_id": self.workspace_id,
            "key": key,
            "priority": priority,
            "due_at": due_at or self.now,
            "fence": self._first_fence(),
        }
        statement = upsert(work_items).values(row)
        await self.session.execute(
            statement.on_conflict_do_update(
                index_elements=["kind", "workspace_id", "key"],
                set_={"due_at": func.least(work_items.c.due_at, statement.excluded.due_at)},
            )
        )
        self.work_kinds.add(kind)

    def _first_fence(self) -> int:
        """Where the fences of a new item begin.

        Above those of an item of the same key that was struck off before, so that a worker which
        slept through all that does not take the new one for its own.
        """
        return int(self.now.timestamp() * 1_000_000)

    async def hold(self, item: WorkItem) -> None:
        """Make sure that a claimed item is ours; raises `LeaseLostError` when it is not any more.

        Until this transaction ends, nobody else can request or claim the item.
        """
        await self._settle(item, work_items.update().values(leased_until=self.now + item.lease))

    async def repeat(self, item: WorkItem, *, due_at: datetime) -> None:
        """Done for this time: the next turn comes at `due_at`, with a clean record."""
        again = work_items.update().values(due_at=due_at, leased_until=None, attempts=0)
        await self._settle(item, again)
        self.work_kinds.add(item.kind)

    async def finish(self, item: WorkItem) -> None:
        """Strike off a claimed item together with its effect.

        Raises `LeaseLostError` when another worker holds it by now; the effect is rolled back.
        """
        await self._settle(item, work_items.delete())

    async def retry(self, item: WorkItem, *, due_at: datetime) -> None:
        """Give a claimed item back for later; raises `LeaseLostError` as `finish` does."""
        again = work_items.update().values(
            due_at=due_at, leased_until=None, attempts=work_items.c.attempts + 1
        )
        await self._settle(item, again)
        self.work_kinds.add(item.kind)

    async def _settle(self, item: WorkItem, statement: Delete | Update) -> None:
        held = statement.where(
            work_items.c.kind == item.kind,
            work_items.c.workspace_id == item.workspace_id,
            work_items.c.key == item.key,
            work_items.c.fence == item.fence,
        ).returning(work_items.c.key)
        if (await self.session.execute(held)).first() is None:
            raise LeaseLostError(kind=item.kind, key=item.key)

    async def unschedule(self, kind: str, key: str) -> None:
        await self.session.execute(
            work_items.delete().where(
                work_items.c.kind == kind,
                work_items.c.workspace_id == self.workspace_id,
                work_items.c.key == key,
            )
        )


@dataclass(frozen=True, slots=True)
class ReadTx:
    """A read-only view of one workspace."""

    connection: AsyncConnection
    now: datetime
    workspace_id: UUID

    async def all(
        self, statement: Executable, parameters: dict[str, Any] | None = None
    ) -> Sequence[Row[Any]]:
        return (await self.connection.execute(statement, parameters)).all()

    async def first(
        self, statement: Executable, parameters: dict[str, Any] | None = None
    ) -> Row[Any] | None:
        return (await self.connection.execute(statement, parameters)).first()

    async def scalar(self, statement: Select[Any]) -> Any:
        return (await self.connection.execute(statement)).scalar()
