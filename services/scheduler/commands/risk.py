"""Noting hours before that a publication will fail at its time, and that it no longer will."""

from uuid import UUID

from services.scheduler.commands.telling import tell_risk
from services.scheduler.domain.publication import PENDING
from services.scheduler.models import Publication
from services.scheduler.repository import Posts
from shared.db.transaction import Tx, WorkItem

CHECK = "scheduler.check_profile"


async def note_risk(tx: Tx, publication_id: UUID, code: str | None, detail: str = "") -> None:
    """`code` None takes an earlier warning back."""
    loaded = await Posts(tx).with_publication(publication_id)
    if loaded is None:
        return
    post, publications = loaded
    one = next(one for one in publications if one.id == publication_id)
    if one.state != PENDING or one.risk_code == code:
        return
    one.at_risk = code is not None
    one.risk_code = code
    one.risk_detail = detail or None
    one.version += 1
    await tell_risk(tx, post, one)


async def to_check(tx: Tx, item: WorkItem) -> Publication | None:
    """The publication whose profile is to be looked at; None when it is no longer planned."""
    one = await tx.session.get(Publication, (tx.workspace_id, UUID(item.key)))
    if one is not None and one.state == PENDING and one.due_at and one.due_at > tx.now:
        return one
    await tx.finish(item)
    return None
