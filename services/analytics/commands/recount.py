"""Counting everything again: into a new generation, which then takes the place of the old one.

Events go on being counted meanwhile, into both; whoever reads sees the old numbers until the new
ones are complete.
"""

from uuid import UUID

from services.analytics.commands.count import RECOUNT, measure, settings
from services.analytics.repository import books
from services.analytics.repository.books import BUILDING, Generation
from services.analytics.repository.kept import next_subjects
from shared.db.transaction import Tx, WorkItem

_CHUNK = 500


async def request_recount(tx: Tx) -> None:
    await tx.schedule(RECOUNT, "all")


async def begin(tx: Tx, item: WorkItem) -> Generation:
    """A new generation; one that was begun before is given up, because its worker is gone."""
    await tx.hold(item)
    await books.take_books(tx)
    await books.drop_book(tx, BUILDING)
    return await books.open_next_book(tx, await settings(tx))


async def go_on(tx: Tx, item: WorkItem, generation: Generation, after: UUID) -> UUID | None:
    """Count some subjects; the last of them, None when there are no more."""
    await tx.hold(item)
    subjects = await next_subjects(tx, after, _CHUNK)
    await measure(tx, generation, subjects)
    return subjects[-1] if subjects else None


async def complete(tx: Tx, item: WorkItem, generation: Generation) -> None:
    """Let the new numbers be read."""
    await tx.hold(item)
    await books.take_books(tx)
    await books.crown(tx, generation.number)


async def clear(tx: Tx, item: WorkItem) -> bool:
    """Remove some of the old numbers; True while there may be more, else the work is done."""
    await tx.hold(item)
    if await books.sweep(tx):
        return True
    await tx.finish(item)
    return False
