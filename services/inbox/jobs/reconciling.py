"""Reading threads back, because what a network tells by itself is never all of it."""

from collections.abc import Awaitable, Sequence
from uuid import UUID

from services.inbox.commands.reading import RECONCILE, stream_works, take_thread
from services.inbox.jobs.reading import Reading
from services.inbox.queries.readers import Subject, Watched, threads_to_read
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind
from shared.errors import ParleyError
from shared.networks.errors import NetworkError, Outcome
from shared.networks.types import Access, RawDelivery

STREAM = "reconciliation"


class Reconciling:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    async def reconcile(self, item: WorkItem) -> None:
        """Read back the threads of a profile that were not looked at for longest."""
        profile_id, pace = UUID(item.key), self._reading.pace
        subject = await self._reading.subject(item, profile_id)
        if subject is None:
            return
        async with self._reading.database.read(item.workspace_id) as read:
            threads = await threads_to_read(read, profile_id, pace.window, pace.threads)
        try:
            for thread in threads:
                await self._read_back(item, subject, thread)
        except ParleyError as error:
            await self._reading.failed(item, profile_id, STREAM, error)
            return
        async with self._reading.database.begin(item.workspace_id) as tx:
            await stream_works(tx, profile_id, STREAM)
            await tx.repeat(item, due_at=tx.now + pace.reconcile)

    async def _read_back(self, item: WorkItem, subject: Subject, thread: Watched) -> None:
        found: Sequence[RawDelivery] = ()
        try:
            found = await self._ask(item, subject, thread)
        except NetworkError as error:
            # What can never be read must not keep the other threads from being read.
            if error.outcome is not Outcome.REFUSED:
                raise
        async with self._reading.database.begin(item.workspace_id) as tx:
            await tx.hold(item)
            await take_thread(tx, subject.profile_id, thread.thread_id, found)

    async def _ask(
        self, item: WorkItem, subject: Subject, thread: Watched
    ) -> Sequence[RawDelivery]:
        reading = self._reading
        connector = reading.caller.networks.get(subject.network)

        def ask(access: Access) -> Awaitable[Sequence[RawDelivery]]:
            return connector.thread(access, thread.target, thread.known)

        call = reading.caller.call(item.workspace_id, subject.profile_id, ask)
        return await reading.in_time(call)


def reconciling_work(reading: Reading) -> tuple[WorkKind, ...]:
    return (WorkKind(RECONCILE, Reconciling(reading).reconcile),)
