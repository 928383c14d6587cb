"""Following networks that write to a connection we hold open, each profile in one process only.

The work item of a profile is the right to follow it: whoever holds it renews it, and a process that
dies loses it by itself. Whatever a broken connection missed is polled when it is opened again.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import structlog

from services.inbox.commands.reading import FOLLOW, poll_again, stream_works
from services.inbox.commands.receive import Arrival, Receipt, Source
from services.inbox.jobs.reading import PUSH, Reading
from services.inbox.queries.readers import Subject
from shared.db.database import is_transient
from shared.db.group_commit import GroupCommit
from shared.db.transaction import LeaseLostError, WorkItem
from shared.db.work import LEASE, Worker, WorkKind
from shared.errors import ParleyError
from shared.networks.errors import RemoteTransientError
from shared.networks.types import Access

log = structlog.get_logger()

Intake = GroupCommit[Arrival, Receipt]

_ROUND_SECONDS = 2.0


class Streaming:
    """Follows as many profiles as it can get hold of, until cancelled."""

    def __init__(self, reading: Reading, intake: Intake, lease: timedelta = LEASE) -> None:
        self._reading = reading
        self._intake = intake
        self._claims = Worker(
            reading.database, WorkKind(FOLLOW, self._follow, concurrency=50), lease
        )
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        try:
            while True:
                await self.take_up()
                await asyncio.sleep(_ROUND_SECONDS)
        finally:
            await self.stop()

    @property
    def following(self) -> int:
        """How many profiles this process follows."""
        return len(self._tasks)

    async def stop(self) -> None:
        """Let go of all of them; their leases run out by themselves."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def take_up(self) -> int:
        """Begin to follow what is due; the number of profiles taken up."""
        try:
            items = await self._claims.claim()
        except Exception as error:
            if not is_transient(error):
                raise
            log.warning("inbox.streams_database_unavailable")
            return 0
        for item in items:
            task = asyncio.create_task(self._guarded(item), name=f"inbox.follow/{item.key}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(items)

    async def _guarded(self, item: WorkItem) -> None:
        try:
            await self._follow(item)
        except LeaseLostError:
            log.info("inbox.follow_ended", profile_id=item.key)
        except Exception:
            # The lease runs out by itself, then the profile is taken up again.
            log.exception("inbox.follow_failed", profile_id=item.key)

    async def _follow(self, item: WorkItem) -> None:
        profile_id = UUID(item.key)
        subject = await self._reading.subject(item, profile_id)
        if subject is None:
            return
        listening = asyncio.create_task(self._listen(item, subject))
        try:
            await self._poll_beside(item, subject)
            pulse = item.lease.total_seconds() / 3
            while not (await asyncio.wait({listening}, timeout=pulse))[0]:
                async with self._reading.database.begin(item.workspace_id) as tx:
                    await tx.hold(item)
                    await stream_works(tx, profile_id, PUSH)
        finally:
            listening.cancel()
            with suppress(asyncio.CancelledError, ParleyError):
                await listening
        error = listening.exception()
        if not isinstance(error, ParleyError):
            raise error or RuntimeError("A stream ended without a word.")
        await self._reading.failed(item, profile_id, PUSH, error)

    async def _poll_beside(self, item: WorkItem, subject: Subject) -> None:
        """What came while nobody was listening lies in what can be polled."""
        connector = self._reading.caller.networks.get(subject.network)
        async with self._reading.database.begin(item.workspace_id) as tx:
            await tx.hold(item)
            await poll_again(tx, subject.profile_id, connector.manifest.streams)

    async def _listen(self, item: WorkItem, subject: Subject) -> None:
        """Store what the network says until the connection ends; always ends by raising."""
        connector = self._reading.caller.networks.get(subject.network)

        async def hear(access: Access) -> None:
            async for delivery in connector.stream(access):
                arrival = Arrival(
                    profile_id=subject.profile_id,
                    source=Source.STREAM,
                    deliveries=[delivery],
                )
                await self._intake.add(item.workspace_id, arrival)

        def listen(access: Access) -> Awaitable[None]:
            return hear(access)

        await self._reading.caller.call(item.workspace_id, subject.profile_id, listen)
        raise RemoteTransientError("The network ended the connection.")
