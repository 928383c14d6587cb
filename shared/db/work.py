"""Workers: what is due is claimed with a lease and a fencing token, done, and struck off.

There are no timers in memory: whatever must happen later is a row, so a crash forgets nothing and
two workers never finish the same item. A lease is short and renewed while its item is worked on, so
that what a process held that died is taken up soon after.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import ColumnElement, func, or_, select, true, tuple_, update

from shared.db.database import Database, is_transient
from shared.db.kernel_tables import work_items
from shared.db.transaction import LeaseLostError, Tx, WorkItem

log = structlog.get_logger()

LEASE = timedelta(seconds=15)
_IDLE_SECONDS = 5.0
_FIRST_RETRY = timedelta(seconds=1)
_LONGEST_RETRY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class WorkKind:
    """What to do with due items of a kind; `handle` opens its own transactions.

    A turn that takes longer than `limit` hangs: it is broken off, and the item comes again.
    """

    name: str
    handle: Callable[[WorkItem], Awaitable[None]]
    limit: timedelta = timedelta(minutes=15)
    concurrency: int = 8


def back_off(attempts: int) -> timedelta:
    """The wait before the next try: one second, doubled each time, ten minutes at the most."""
    return min(_FIRST_RETRY * (1 << min(attempts, 20)), _LONGEST_RETRY)


class Worker:
    """Keeps one kind of work moving; any number of processes may run the same kind."""

    def __init__(self, database: Database, kind: WorkKind, lease: timedelta = LEASE) -> None:
        self._database = database
        self._kind = kind
        self._lease = lease
        self._wake = asyncio.Event()
        self._running: dict[asyncio.Task[None], WorkItem] = {}
        database.on_commit(self._notice)

    @property
    def name(self) -> str:
        return self._kind.name

    def _notice(self, tx: Tx) -> None:
        if self._kind.name in tx.work_kinds:
            self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; a slow item occupies its own place and holds up no other."""
        renewing = asyncio.create_task(self._renew_for_ever(), name=f"{self.name}/renew")
        try:
            while True:
                self._wake.clear()
                pause = await self._start_due()
                await self._rest(pause)
        finally:
            tasks = [renewing, *self._running]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _start_due(self) -> float | None:
        """Fill the free places with what is due; how long to rest, None while no place is free."""
        try:
            while free := self._kind.concurrency - len(self._running):
                items = await self.claim(free)
                for item in items:
                    task = asyncio.create_task(self._take(item), name=f"{item.kind}/{item.key}")
                    self._running[task] = item
                    task.add_done_callback(self._running.pop)
                if not items:
                    return await self._seconds_to_next()
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("work.database_unavailable", kind=self.name)
            return 1.0
        return None

    async def _rest(self, pause: float | None) -> None:
        """Until something is scheduled here, the time has come, or a place becomes free."""
        if pause is None:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), timeout=pause)

    async def _renew_for_ever(self) -> None:
        """Hold what is being worked on, until cancelled."""
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            try:
                await self.renew()
            except Exception as error:  # noqa: BLE001 - the next round may succeed
                log.warning("work.not_renewed", kind=self.name, reason=str(error))

    async def renew(self) -> None:
        """Begin the leases of what is being worked on anew, except those that were lost."""
        if not self._running:
            return
        held = [(item.workspace_id, item.key, item.fence) for item in self._running.values()]
        columns = work_items.c
        async with self._database.begin() as tx:
            await tx.session.execute(
                update(work_items)
                .where(
                    columns.kind == self._kind.name,
                    columns.leased_until.is_not(None),
                    tuple_(columns.workspace_id, columns.key, columns.fence).in_(held),
                )
                .values(leased_until=tx.now + self._lease)
            )

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
                    self._not_running(),
                )
                .order_by(columns.priority.desc(), columns.due_at)
                .limit(limit or self._kind.concurrency)
                .with_for_update(skip_locked=True)
            )
            statement = (
                update(work_items)
                .where(tuple_(columns.kind, columns.workspace_id, columns.key).in_(due))
                .values(leased_until=tx.now + self._lease, fence=columns.fence + 1)
                .returning(
                    columns.kind,
                    columns.workspace_id,
                    columns.key,
                    columns.fence,
                    columns.attempts,
                    columns.due_at,
                )
            )
            rows = await tx.session.execute(statement)
            return [
                WorkItem(**row._mapping, lease=self._lease)  # noqa: SLF001 - SQLAlchemy's public name
                for row in rows
            ]

    def _not_running(self) -> ColumnElement[bool]:
        """Not what is being worked on here, though an outage may have kept us from renewing it."""
        held = [(item.workspace_id, item.key, item.fence) for item in self._running.values()]
        columns = work_items.c
        mine = tuple_(columns.workspace_id, columns.key, columns.fence)
        return or_(columns.leased_until.is_(None), mine.not_in(held)) if held else true()

    async def _take(self, item: WorkItem) -> None:
        try:
            async with asyncio.timeout(self._kind.limit.total_seconds()):
                await self._kind.handle(item)
        except LeaseLostError:
            log.warning("work.lease_lost", kind=item.kind, key=item.key)
        except Exception as error:
            # The worker outlives any item: a fault in one must not stop the others.
            about = {"kind": item.kind, "key": item.key, "attempts": item.attempts}
            if is_transient(error):
                log.warning("work.postponed", **about, reason=str(error))
            else:
                log.exception("work.failed", **about)
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
        # What is due after the longest rest makes no difference, and there may be a million of it.
        horizon = self._database.clock.now() + timedelta(seconds=_IDLE_SECONDS)
        async with self._database.read() as read:
            next_due: datetime | None = await read.scalar(
                select(
                    func.min(func.greatest(work_items.c.due_at, work_items.c.leased_until))
                ).where(
                    work_items.c.kind == self._kind.name,
                    work_items.c.due_at <= horizon,
                    self._not_running(),
                )
            )
        if next_due is None:
            return _IDLE_SECONDS
        wait = (next_due - self._database.clock.now()).total_seconds()
        return min(max(wait, 0.01), _IDLE_SECONDS)
