"""What happens to tickets by itself: clocks that are due, and work whose holder is gone."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from services.ticketing.commands.clockwork import WATCH
from services.ticketing.commands.due import tell_due
from services.ticketing.commands.requeue import (
    RELEASE,
    RELEASE_TEAM,
    release_member,
    release_team,
)
from services.ticketing.commands.service_levels import RESTATE, restate_promises
from shared.db.database import Database
from shared.db.transaction import Tx, WorkItem
from shared.db.work import WorkKind
from shared.service.restating import restating


def ticket_work(database: Database) -> tuple[WorkKind, ...]:
    async def watch(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            following = await tell_due(tx, UUID(item.key))
            if following is None:
                await tx.finish(item)
            else:
                await tx.repeat(item, due_at=following)

    return (
        WorkKind(WATCH, watch),
        _batches(database, RELEASE, release_member),
        _batches(database, RELEASE_TEAM, release_team),
        restating(database, RESTATE, restate_promises),
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
