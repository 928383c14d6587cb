"""Conversations that wake up, and those whose holder has left."""

from uuid import UUID

from services.inbox.commands.change import WAKE
from services.inbox.commands.wake import RELEASE, release_member, wake_conversation
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind


def conversation_work(database: Database) -> tuple[WorkKind, ...]:
    async def wake(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            await wake_conversation(tx, UUID(item.key))
            await tx.finish(item)

    async def release(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            if await release_member(tx, UUID(item.key)):
                await tx.retry(item, due_at=tx.now)
            else:
                await tx.finish(item)

    return (WorkKind(WAKE, wake), WorkKind(RELEASE, release, concurrency=2))
