"""Conversations that wake up, and those whose holder is no longer there."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from services.inbox.commands.change import WAKE
from services.inbox.commands.wake import (
    RELEASE,
    RELEASE_TEAM,
    release_member,
    release_team,
    wake_conversation,
)
from shared.db.database import Database
from shared.db.transaction import Tx, WorkItem
from shared.db.work import WorkKind


def conversation_work(database: Database) -> tuple[WorkKind, ...]:
    async def wake(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            await wake_conversation(tx, UUID(item.key))
            await tx.finish(item)

    return (
        WorkKind(WAKE, wake),
        _batches(database, RELEASE, release_member),
        _batches(database, RELEASE_TEAM, release_team),
    )


def _batches(
    database: Database, name: str, step: Callable[[Tx, UUID], Awaitable[bool]]
) -> WorkKind:
    """Work in steps, each in its own transaction, until a step says that nothing is left."""

    async def work(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            if await step(tx, UUID(item.key)):
                await tx.repeat(item, due_at=tx.now)
            else:
                await tx.finish(item)

    return WorkKind(name, work, concurrency=2)
