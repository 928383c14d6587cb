"""Counting everything again: on request, and when the zone or the calendars have changed."""

from datetime import timedelta
from uuid import UUID

from services.analytics.commands import recount
from services.analytics.commands.count import RECOUNT
from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import WorkKind

# Broken off, it would begin anew and perhaps never end.
_LIMIT = timedelta(hours=12)


def recounting(database: Database) -> WorkKind:
    """One workspace at a time, so that it never takes more than a little of the database."""

    async def handle(item: WorkItem) -> None:
        async with database.begin(item.workspace_id) as tx:
            generation = await recount.begin(tx, item)
        after: UUID | None = UUID(int=0)
        while after is not None:
            async with database.begin(item.workspace_id) as tx:
                after = await recount.go_on(tx, item, generation, after)
        async with database.begin(item.workspace_id) as tx:
            await recount.complete(tx, item, generation)
        more = True
        while more:
            async with database.begin(item.workspace_id) as tx:
                more = await recount.clear(tx, item)

    return WorkKind(RECOUNT, handle, limit=_LIMIT, concurrency=1)
