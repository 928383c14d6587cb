"""Group commit: what many callers bring within a few milliseconds becomes durable together.

A commit costs the same for one row as for hundreds, so whoever acknowledges only what is durable
must share it. Each caller waits for its own result and fails with its batch, never with another's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from uuid import UUID

from shared.db.database import Database
from shared.db.transaction import Tx
from shared.errors import BusyError

T = TypeVar("T")
R = TypeVar("R")

_LINGER_SECONDS = 0.002
_BATCH = 200


class QueueFullError(BusyError):
    code = "database.queue_full"
    title = "More is arriving than can be stored; send it again shortly."


@dataclass(slots=True)
class _Group(Generic[T, R]):
    """What waits for one workspace, and the task that stores it."""

    waiting: list[tuple[T, asyncio.Future[R]]] = field(default_factory=list)
    task: asyncio.Task[None] | None = None


class GroupCommit(Generic[T, R]):
    """`store` gets what has gathered in a workspace and answers with one result for each."""

    def __init__(
        self,
        database: Database,
        store: Callable[[Tx, Sequence[T]], Awaitable[Sequence[R]]],
        *,
        queue: int = 10_000,
    ) -> None:
        self._database = database
        self._store = store
        self._queue = queue
        self._groups: dict[UUID, _Group[T, R]] = {}

    async def add(self, workspace_id: UUID, item: T) -> R:
        """The result for `item`, once it is committed; raises what its batch failed with."""
        group = self._groups.setdefault(workspace_id, _Group())
        if len(group.waiting) >= self._queue:
            raise QueueFullError(retry_after=1)
        done: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        group.waiting.append((item, done))
        if group.task is None:
            group.task = asyncio.create_task(self._empty(workspace_id, group))
        return await done

    async def close(self) -> None:
        """Wait until everything that was brought is stored."""
        tasks = [group.task for group in self._groups.values() if group.task is not None]
        await asyncio.gather(*tasks)

    async def _empty(self, workspace_id: UUID, group: _Group[T, R]) -> None:
        await asyncio.sleep(_LINGER_SECONDS)
        while group.waiting:
            batch, group.waiting = group.waiting[:_BATCH], group.waiting[_BATCH:]
            await self._commit(workspace_id, batch)
        # Nothing can be added between the last look and here, because nothing is awaited.
        del self._groups[workspace_id]

    async def _commit(self, workspace_id: UUID, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            async with self._database.begin(workspace_id) as tx:
                results = await self._store(tx, [item for item, _ in batch])
                settled = list(zip(batch, results, strict=True))
        except Exception as error:  # noqa: BLE001 -- It belongs to those who wait for it.
            for _, done in batch:
                if not done.done():
                    done.set_exception(error)
            return
        for (_, done), result in settled:
            if not done.done():
                done.set_result(result)
