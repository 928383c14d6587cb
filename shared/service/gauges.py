"""Gauges that are read when somebody looks: how far outbox, work and consumer are behind."""

from typing import Any

from sqlalchemy import func, select

from shared.db.database import Database
from shared.db.kernel_tables import outbox, work_items
from shared.messaging.consumer import ConsumerLoop
from shared.observability.metrics import (
    CONSUMER_LAG,
    OUTBOX_AGE,
    OUTBOX_UNSENT,
    WORK_AGE,
    WORK_DUE,
)


async def refresh_gauges(database: Database, consumer: ConsumerLoop) -> None:
    """Set the gauges of one service; cheap, because each query has its index."""
    await _look_at_tables(database)
    CONSUMER_LAG.clear()
    for place, behind in (await consumer.lag()).items():
        CONSUMER_LAG.labels(place.topic, place.partition).set(behind)


async def _look_at_tables(database: Database) -> None:
    async with database.read() as read:
        unsent: Any = (
            await read.all(
                select(func.count(), func.min(outbox.c.created_at)).where(
                    outbox.c.sent_at.is_(None)
                )
            )
        )[0]
        due: Any = await read.all(
            select(work_items.c.kind, func.count(), func.min(work_items.c.due_at))
            .where(work_items.c.due_at <= read.now)
            .group_by(work_items.c.kind)
        )
    OUTBOX_UNSENT.set(unsent[0])
    OUTBOX_AGE.set((read.now - unsent[1]).total_seconds() if unsent[1] else 0)
    WORK_DUE.clear()
    WORK_AGE.clear()
    for kind, number, oldest in due:
        WORK_DUE.labels(kind).set(number)
        WORK_AGE.labels(kind).set((read.now - oldest).total_seconds())
