"""The ledger's side of publishing: what a worker may do next, and what came of it.

A worker first writes down that it is about to call the network, then calls, then writes down the
answer. Whoever finds a publication that is "being sent" and is not its sender knows that nobody
can tell what happened, and reads back before anything else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from services.scheduler.commands.compose import content_of
from services.scheduler.commands.telling import add_up, move, tell
from services.scheduler.domain.content import Picture, capabilities_of, remarks
from services.scheduler.domain.publication import (
    FAILED,
    FINAL,
    PENDING,
    PUBLISHED,
    SENDING,
    UNKNOWN,
    Step,
)
from services.scheduler.domain.rules import Rules
from services.scheduler.models import Post, Profile, Publication
from services.scheduler.repository import Loaded, Posts
from shared.db.transaction import Tx, WorkItem
from shared.networks.publishing import ImageLimit
from shared.networks.types import ActionResult

UNSETTLED = "scheduler.unsettled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What a worker is to do outside: publish, or look whether it stands there."""

    profile_id: UUID
    network: str
    key: UUID
    text: str
    pictures: Sequence[Picture]
    images: ImageLimit | None
    others: frozenset[str]
    first_sent_at: datetime
    last_sent_at: datetime
    deadline: datetime
    settles: bool


async def prepare(tx: Tx, item: WorkItem, rules: Rules) -> Errand | None:
    """What to do for this publication now; None when there is nothing, or not yet."""
    loaded = await Posts(tx).with_publication(UUID(item.key))
    await tx.hold(item)
    one = _one(loaded, item)
    if loaded is None or one is None or one.state in FINAL:
        await tx.finish(item)
        return None
    if one.state == PENDING:
        return await _prepare_sending(tx, item, (loaded, one), rules)
    if one.state == SENDING:
        move(tx, one, UNKNOWN, "scheduler.sender_lost", "The worker did not come back.")
        # It may only be cut off from us, and not from the network.
        one.last_sent_at = (one.last_sent_at or tx.now) + rules.patience
        await _told(tx, loaded, one)
    if tx.now >= (one.first_sent_at or tx.now) + rules.settle:
        detail = "The network could not tell us whether this appeared. Please look there."
        move(tx, one, UNKNOWN, UNSETTLED, detail)
        await _told(tx, loaded, one)
        await tx.finish(item)
        return None
    return await _errand(tx, (loaded[0], one), rules, settles=True)


def _one(loaded: Loaded | None, item: WorkItem) -> Publication | None:
    publications = loaded[1] if loaded is not None else ()
    return next((one for one in publications if str(one.id) == item.key), None)


async def _prepare_sending(
    tx: Tx, item: WorkItem, found: tuple[Loaded, Publication], rules: Rules
) -> Errand | None:
    loaded, one = found
    step = await _obstacle(tx, loaded[0], one, rules)
    if step is not None:
        await _take_step(tx, item, found, step)
        return None
    await leave(tx, loaded, one)
    return await _errand(tx, (loaded[0], one), rules, settles=False)


async def leave(tx: Tx, loaded: Loaded, one: Publication) -> None:
    """Write down that the network is about to be called."""
    one.key = one.key or tx.new_id()
    one.first_sent_at = one.first_sent_at or tx.now
    one.last_sent_at = tx.now
    one.attempts += 1
    move(tx, one, SENDING)
    await _told(tx, loaded, one)


async def _obstacle(tx: Tx, post: Post, one: Publication, rules: Rules) -> Step | None:
    """What keeps it from being published now."""
    if one.deadline is not None and tx.now >= one.deadline:
        detail = one.error_detail or "It could not be published in time."
        return Step(state=FAILED, code=one.error_code or "scheduler.too_late", detail=detail)
    profile = await tx.session.get(Profile, (tx.workspace_id, one.profile_id))
    if profile is None:
        return Step(state=FAILED, code="scheduler.profile_gone", detail="The profile is gone.")
    found = remarks(rules.networks, profile, content_of(post, one))
    if found:
        issue = found[0].issue
        return Step(state=FAILED, code=f"scheduler.{issue.code}", detail=issue.text)
    return None


async def _errand(
    tx: Tx, found: tuple[Post, Publication], rules: Rules, *, settles: bool
) -> Errand | None:
    post, one = found
    profile = await tx.session.get_one(Profile, (tx.workspace_id, one.profile_id))
    able = capabilities_of(rules.networks, profile)
    content = content_of(post, one)
    sent_at = one.first_sent_at or tx.now
    return Errand(
        profile_id=one.profile_id,
        network=profile.network,
        key=one.key or one.id,
        text=content.text,
        pictures=content.pictures,
        images=able.publishing.images if able is not None and able.publishing else None,
        others=await _others(tx, one),
        first_sent_at=sent_at,
        last_sent_at=one.last_sent_at or sent_at,
        deadline=one.deadline or tx.now + rules.late,
        settles=settles,
    )


async def _others(tx: Tx, one: Publication) -> frozenset[str]:
    """What else of ours may look the same there."""
    statement = select(Publication.external_id).where(
        Publication.workspace_id == tx.workspace_id,
        Publication.profile_id == one.profile_id,
        Publication.fingerprint == one.fingerprint,
        Publication.id != one.id,
        Publication.external_id.is_not(None),
    )
    found = await tx.session.scalars(statement)
    return frozenset(external_id for external_id in found if external_id)


async def conclude(tx: Tx, item: WorkItem, outcome: ActionResult | Step) -> None:
    """Write down what came of it; rolled back when another worker has taken it over."""
    loaded = await Posts(tx).with_publication(UUID(item.key))
    one = _one(loaded, item)
    if loaded is None or one is None:
        await tx.finish(item)
        return
    if isinstance(outcome, Step):
        await _take_step(tx, item, (loaded, one), outcome)
        return
    await stand(tx, loaded, one, outcome)
    await tx.finish(item)


async def stand(tx: Tx, loaded: Loaded, one: Publication, result: ActionResult) -> None:
    """Write down that it stands on the network."""
    move(tx, one, PUBLISHED)
    one.published_at = result.at
    one.external_id = result.external_id
    one.permalink = result.permalink
    await _told(tx, loaded, one)


async def _take_step(tx: Tx, item: WorkItem, found: tuple[Loaded, Publication], step: Step) -> None:
    """Move a publication that is not out, and have it looked at again when it is due."""
    loaded, one = found
    if one.state == SENDING and step.state is UNKNOWN:
        # The sender itself says so: until now something may have left.
        one.last_sent_at = tx.now
    if (step.state.value, step.code) != (one.state, one.error_code):
        move(tx, one, step.state, step.code, step.detail or "")
        await _told(tx, loaded, one)
    if step.due_at is None:
        await tx.finish(item)
    else:
        await tx.retry(item, due_at=step.due_at)


async def _told(tx: Tx, loaded: Loaded, one: Publication) -> None:
    add_up(tx, loaded)
    await tell(tx, loaded[0], one)
