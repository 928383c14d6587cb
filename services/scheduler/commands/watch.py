"""The watchdog: whatever is not final has a worker coming for it, or a person waiting to decide."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, exists, or_, select

from services.scheduler.commands.plan import PUBLISH
from services.scheduler.commands.send import UNSETTLED
from services.scheduler.models import Publication
from shared.db.kernel_tables import work_items
from shared.db.transaction import Tx, WorkItem

_EVERY = timedelta(minutes=1)
_OPEN = ("pending", "sending", "unknown")


async def watch(tx: Tx, item: WorkItem) -> Sequence[UUID]:
    """Bring back what was lost; the ids of it. Rests when nothing is open any more."""
    # Held first, so that what is planned meanwhile asks for another look.
    await tx.hold(item)
    lost = (await tx.session.scalars(_lost(tx))).all()
    for publication_id in lost:
        await tx.request(PUBLISH, str(publication_id))
    if await tx.session.scalar(_open(tx).limit(1)):
        await tx.repeat(item, due_at=tx.now + _EVERY)
    else:
        await tx.finish(item)
    return lost


def _open(tx: Tx) -> Select[Any]:
    """What is not final and does not wait for a person."""
    return select(Publication.id).where(
        Publication.workspace_id == tx.workspace_id,
        Publication.state.in_(_OPEN),
        or_(Publication.error_code.is_(None), Publication.error_code != UNSETTLED),
    )


def _lost(tx: Tx) -> Select[Any]:
    """What nobody comes for."""
    coming = exists().where(
        work_items.c.kind == PUBLISH,
        work_items.c.workspace_id == tx.workspace_id,
        work_items.c.key == cast(Publication.id, Text),
    )
    return _open(tx).where(~coming)
