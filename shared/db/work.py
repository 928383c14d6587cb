"""Workers: what is due is claimed with a lease and a fencing token, done, and struck off.

There are no timers in memory: whatever must happen later is a row, so a crash forgets nothing and
two workers never finish the same item.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import func, or_, select, tuple_, update

from shared.db.database import Database, is_transient
from shared.db.kernel_tables import work_items
from shared.db.transaction import LeaseLostError, Tx, WorkItem

log = structlog.get_logger()

_IDLE_SECONDS = 5.0
_FIRST_RETRY = timedelta(seconds=1)
_LONGEST_RETRY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class WorkKind:
    """What to do with due items of a kind; `handle` opens its own transactions."""

    name: str
    handle: Callable[[WorkItem], Awaitable[None]]
    lease: timedelta = timedelta(seconds=60)
    concurrency: int = 8


def back_off(attempts: int) -> timedelta:
    """The wait before the next try: one second, doubled each time, ten minutes at the most."""
    return min(_FIRST_RETRY * (1 << min(attempts, 20)), _LONGEST_RETRY)


class Worker:
    """Keeps one kind of work moving; any number of processes may run the same kind."""

    def __init__(self, database: Database, kind: WorkKind) -> None:
        self._database = database
        self._kind = kind
        self._wake = asyncio.Event()
        database.on_commit(self._notice)

    @property
    def name(self) -> str:
        return self._kind.name

    def _notice(self, tx: Tx) -> None:
        if self._kind.name in tx.work_kinds:
            self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; a slow item occupies its own place and holds up no other."""
        running: set[asyncio.Task[None]] = set()
        try:
            while True:
                self._wake.clear()
                pause = await self._start_due(running)
                await self._rest(running, pause)
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _start_due(self, running: set[asyncio.Task[None]]) -> float | None:
        """Fill the free places with what is due; how long to rest, None while no place is free."""
        try:
            while free := self._kind.concurrency - len(running):
                items = await self.claim(free)
                for item in items:
                    task = asyncio.create_task(self._take(item), name=f"{item.kind}/{item.key}")
                    running.add(task)
                    task.add_done_callback(running.discard)
                if not items:
                    return await self._seconds_to_next()
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("work.database_unavailable", kind=self.name)
            return 1.0
        return None

    async def _rest(self, running: set[asyncio.Task[None]], pause: float | None) -> None:
        """Until something is scheduled here, the time has come, or a place becomes free."""
        if pause is None:
            await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), timeout=pause)

    async def drain(self) -> int:
        """Do what is due now, in batches; the number of items taken up."""
        taken = 0
        while items := await self.claim():
            taken += len(items)
            await asyncio.gather(*(self._take(item) for item in items))
        return taken

    async def claim(self, limit: int | None = None) -> Sequence[WorkItem]:
        """Lease the items that are due, the urgent ones first; as many as there are places."""
        columns = work_items.c
        async with self._database.begin() as tx:
            due = (
                select(columns.kind, columns.workspace_id, columns.key)
                .where(
                    columns.kind == self._kind.name,
                    columns.due_at <= tx.now,
                    or_(columns.leased_until.is_(None), columns.leased_until <= tx.now),
                )
                .order_by(columns.priority.desc(), columns.due_at)
                .limit(limit or self._kind.concurrency)
                .with_for_update(skip_locked=True)
            )
            statement = (
                update(work_items)
                .where(tuple_(columns.kind, columns.workspace_id, columns.key).in_(due))
                .values(leased_until=tx.now + self._kind.lease, fence=columns.fence + 1)
                .returning(
                    columns.kind,
                    columns.workspace_id,
                    columns.key,
                    columns.fence,
                    columns.attempts,
                    columns.due_at,
                )
            )
            return [WorkItem(*row) for row in await tx.session.execute(statement)]

    async def _take(self, item: WorkItem) -> None:
        try:
            await self._kind.handle(item)
        except LeaseLostError:
            log.warning("work.lease_lost", kind=item.kind, key=item.key)
        except Exception:
            # The worker outlives any item: a fault in one must not stop the others.
            log.exception("work.failed", kind=item.kind, key=item.key, attempts=item.attempts)
            await self._give_back(item)

    async def _give_back(self, item: WorkItem) -> None:
        try:
            async with self._database.begin(item.workspace_id) as tx:
                await tx.retry(item, due_at=tx.now + back_off(item.attempts))
        except Exception as error:
            if not isinstance(error, LeaseLostError) and not is_transient(error):
                raise
            # The lease runs out by itself, then the item is claimed again.
            log.warning("work.not_given_back", kind=item.kind, key=item.key)

    async def _seconds_to_next(self) -> float:
        async with self._database.read() as read:
            next_due: datetime | None = await read.scalar(
                select(
                    func.min(func.greatest(work_items.c.due_at, work_items.c.leased_until))
                ).where(work_items.c.kind == self._kind.name)
            )
        if next_due is None:
            return _IDLE_SECONDS
        wait = (next_due - self._database.clock.now()).total_seconds()
        return min(max(wait, 0.01), _IDLE_SECONDS)
