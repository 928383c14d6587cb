"""Planning posts: for a time in a zone, for now, not yet, or not at all; and what failed again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from services.scheduler.commands.compose import Written, check_stored, edit, seen
from services.scheduler.commands.risk import CHECK
from services.scheduler.commands.telling import add_up, move, tell, tell_post, tell_risk
from services.scheduler.domain.publication import (
    CANCELLED,
    DRAFT,
    FAILED,
    PENDING,
    PUBLISHED,
    UNKNOWN,
)
from services.scheduler.domain.rules import Rules
from services.scheduler.domain.zones import UnknownZone, planned
from services.scheduler.errors import PostRefusedError, PostStateError, TimeError
from services.scheduler.models import Publication
from services.scheduler.repository import Loaded, Posts
from shared.db.transaction import Tx
from shared.events.scheduler import PostState
from shared.identity import Identity

PUBLISH = "scheduler.publish"
WATCH = "scheduler.watch"
PLANNED = 10
"""The priority of what a time was promised for."""

Decision = Literal["published", "not_published", "publish_again"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A wall time, without an offset, in a named zone."""

    wall_time: datetime
    zone: str


async def schedule(
    tx: Tx, identity: Identity, post_id: UUID, expected_version: int, at: tuple[When, Rules]
) -> Loaded:
    """Plan a draft, or plan anew what has not left yet."""
    when, rules = at
    due_at = _instant(when, tx.now)
    loaded = await _plannable(tx, identity, post_id, expected_version)
    post = loaded[0]
    post.zone, post.wall_time = when.zone, when.wall_time.isoformat()
    return await _plan(tx, identity, loaded, due_at, rules)


async def publish_now(
    tx: Tx, identity: Identity, post_id: UUID, expected_version: int, rules: Rules
) -> Loaded:
    loaded = await _plannable(tx, identity, post_id, expected_version)
    loaded[0].zone = loaded[0].wall_time = None
    return await _plan(tx, identity, loaded, tx.now, rules)


async def rewrite(
    tx: Tx,
    identity: Identity,
    post_id: UUID,
    expected_version: int,
    changed: tuple[Written, Rules],
) -> Loaded:
    """Write a post anew; what is planned keeps its time, if the networks would still take it."""
    written, rules = changed
    loaded = await seen(tx, identity, post_id, expected_version)
    post = loaded[0]
    due_at = post.due_at if post.state == PostState.SCHEDULED else None
    if due_at is None:
        return await edit(tx, identity, post_id, expected_version, written)
    await _take_back(tx, loaded)
    add_up(tx, loaded)
    await tx.session.flush()
    loaded = await edit(tx, identity, post_id, post.version, written)
    if not loaded[1]:
        raise PostRefusedError("A planned post has at least one profile.", issues=[])
    return await _plan(tx, identity, loaded, due_at, rules)


async def unschedule(tx: Tx, identity: Identity, post_id: UUID, expected_version: int) -> Loaded:
    """Take a planned post back into draft, before any of it leaves."""
    loaded = await seen(tx, identity, post_id, expected_version)
    if loaded[0].state != PostState.SCHEDULED:
        raise PostStateError(state=loaded[0].state)
    post = loaded[0]
    post.due_at = post.zone = post.wall_time = None
    await _take_back(tx, loaded)
    add_up(tx, loaded)
    await tell_post(tx, loaded, "unscheduled", identity.actor_id)
    return loaded


async def cancel(tx: Tx, identity: Identity, post_id: UUID, expected_version: int) -> Loaded:
    """Give up whatever has not left yet; what stands on a network stays there."""
    loaded = await seen(tx, identity, post_id, expected_version)
    waiting = [one for one in loaded[1] if one.state in (DRAFT, PENDING)]
    if not waiting:
        raise PostStateError(state=loaded[0].state)
    for one in waiting:
        due_at = one.due_at
        move(tx, one, CANCELLED)
        await _forget_work(tx, one)
        if due_at is not None:
            await tell(tx, loaded[0], one, identity.actor_id)
    add_up(tx, loaded)
    await tell_post(tx, loaded, "cancelled", identity.actor_id)
    return loaded


async def retry(tx: Tx, identity: Identity, publication_id: UUID, rules: Rules) -> Loaded:
    """Publish what has failed once more; the other targets are left alone."""
    loaded = await Posts(tx).of_publication(identity, publication_id)
    one = _of(loaded, publication_id, FAILED)
    # A failure is certain, so this is a new attempt with a key, and a date, of its own.
    one.key = one.first_sent_at = None
    await _again(tx, one, rules)
    add_up(tx, loaded)
    await tell(tx, loaded[0], one, identity.actor_id)
    return loaded


async def decide(
    tx: Tx, identity: Identity, publication_id: UUID, decision: Decision, rules: Rules
) -> Loaded:
    """A person says what became of a publication that reading back could not settle."""
    loaded = await Posts(tx).of_publication(identity, publication_id)
    one = _of(loaded, publication_id, UNKNOWN)
    if decision == "publish_again":
        await _again(tx, one, rules)
    elif decision == "published":
        move(tx, one, PUBLISHED)
        one.published_at = min(one.last_sent_at or tx.now, tx.now)
        await _forget_work(tx, one)
    else:
        move(tx, one, FAILED, "scheduler.given_up", "A person decided that this did not appear.")
        await _forget_work(tx, one)
    add_up(tx, loaded)
    await tell(tx, loaded[0], one, identity.actor_id)
    return loaded


def _instant(when: When, now: datetime) -> datetime:
    if when.wall_time.tzinfo is not None:
        raise TimeError("The wall time has no offset; the zone says it.")
    try:
        at = planned(when.wall_time, when.zone).at
    except (UnknownZone, OverflowError) as error:
        raise TimeError(f"There is no such time in {when.zone!r}.") from error
    if at <= now:
        raise TimeError("This time is over.")
    return at


async def _plannable(tx: Tx, identity: Identity, post_id: UUID, expected_version: int) -> Loaded:
    loaded = await seen(tx, identity, post_id, expected_version)
    post, publications = loaded
    if post.state not in (PostState.DRAFT, PostState.SCHEDULED) or not publications:
        raise PostStateError(state=post.state)
    await _take_back(tx, loaded)
    return loaded


async def _take_back(tx: Tx, loaded: Loaded) -> None:
    post, publications = loaded
    for one in publications:
        if one.state == PENDING:
            if one.at_risk:
                one.at_risk, one.risk_code, one.risk_detail = False, None, None
                await tell_risk(tx, post, one)
            move(tx, one, DRAFT)
            one.due_at = one.deadline = None
            await _forget_work(tx, one)


async def _plan(
    tx: Tx, identity: Identity, loaded: Loaded, due_at: datetime, rules: Rules
) -> Loaded:
    post, publications = loaded
    await check_stored(tx, identity, loaded, rules)
    post.due_at = due_at
    for one in publications:
        one.due_at = due_at
        await _again(tx, one, rules)
    add_up(tx, loaded)
    await tell_post(tx, loaded, "scheduled", identity.actor_id)
    for one in publications:
        await tell(tx, post, one, identity.actor_id)
    return loaded


async def _again(tx: Tx, one: Publication, rules: Rules) -> None:
    """Have a worker take it up at its time, and somebody look at the profile before that."""
    at = max(one.due_at or tx.now, tx.now)
    move(tx, one, PENDING)
    one.at_risk, one.risk_code, one.risk_detail = False, None, None
    one.deadline = at + rules.late
    one.attempts = 0
    await tx.schedule(PUBLISH, str(one.id), due_at=at, priority=PLANNED)
    if at > tx.now:
        await tx.schedule(CHECK, str(one.id), due_at=max(tx.now, at - rules.ahead))
    await tx.request(WATCH, "all")


async def _forget_work(tx: Tx, one: Publication) -> None:
    await tx.unschedule(PUBLISH, str(one.id))
    await tx.unschedule(CHECK, str(one.id))


def _of(loaded: Loaded, publication_id: UUID, state: str) -> Publication:
    one = next(one for one in loaded[1] if one.id == publication_id)
    if one.state != state:
        raise PostStateError(state=one.state)
    return one
