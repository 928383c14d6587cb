"""Work that tells once more what stands, step by step, so that new readers hear of it."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from shared.db.database import Database
from shared.db.transaction import Tx, WorkItem
from shared.db.work import WorkKind

_FIRST = UUID(int=0)

Step = Callable[[Tx, UUID], Awaitable[UUID | None]]
"""Tells what follows after an id; the last id that was told, None when nothing is left."""


def restating(database: Database, kind: str, step: Step) -> WorkKind:
    """A kind that migrations ask for by `shared.db.schema.restate`; it may begin anew any time."""

    async def work(item: WorkItem) -> None:
        after: UUID | None = _FIRST
        while after is not None:
            async with database.begin(item.workspace_id) as tx:
                await tx.hold(item)
                after = await step(tx, after)
                if after is None:
                    await tx.finish(item)

    return WorkKind(kind, work, concurrency=2)
