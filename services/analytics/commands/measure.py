"""Measuring a profile turn by turn: what to ask next, and keeping what the network answered.

Every turn of a profile is its one work item, held with a fence: what a worker brings that has lost
it is dropped, so that no answer is kept twice.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from services.analytics.commands.native_posts import remember_native_posts
from services.analytics.domain.ageing import SOON_AFTER, next_turn
from services.analytics.domain.days import day_in
from services.analytics.domain.engagement import PostMetric, derived, gained
from services.analytics.domain.pacing import after_failure, rest_until
from services.analytics.models import MeasuredPost, MeasuredProfile
from services.analytics.repository import network_measures as kept_measures
from services.analytics.repository.measured import MeasuredPosts, MeasuredProfiles
from services.analytics.repository.workspaces import Workspaces
from shared.db.transaction import LeaseLostError, Tx, WorkItem
from shared.errors import ParleyError
from shared.events.team_directory import ProfileState
from shared.networks.errors import RateLimitedError
from shared.networks.measures import Measure, Metric, PostMeasures, ProfileMeasures
from shared.networks.types import Item, RateLimit

_PROFILE_EVERY = timedelta(hours=1)
# No network takes more posts in one call.
_MOST_POSTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What to ask a network for: some posts of a profile, else the profile itself."""

    profile_id: UUID
    network: str
    posts: Sequence[str] = ()


async def next_errand(tx: Tx, item: WorkItem) -> Errand | None:
    """What is due; None when nothing is yet, and then the item waits until something is."""
    await tx.hold(item)
    profile = await MeasuredProfiles(tx).find(UUID(item.key))
    if profile is None or profile.state != ProfileState.CONNECTED:
        await tx.finish(item)
        return None
    if profile.resume_at is None or profile.resume_at <= tx.now:
        if profile.due_at <= tx.now:
            return Errand(profile_id=profile.id, network=profile.network)
        posts = await MeasuredPosts(tx).due(profile.id, _MOST_POSTS)
        if posts:
            names = tuple(dict.fromkeys(post.external_id for post in posts))
            return Errand(profile_id=profile.id, network=profile.network, posts=names)
    await _wait(tx, item, profile)
    return None


async def keep_profile(
    tx: Tx, item: WorkItem, measured: ProfileMeasures, recent: Sequence[Item] = ()
) -> None:
    """Keep what the network counts of the profile itself, and learn of its recent posts."""
    profile = await _held(tx, item)
    if measured.measures:
        day = day_in(await Workspaces(tx).zone(), tx.now)
        await kept_measures.ProfileMeasures(tx, profile.id).keep(measured.measures, day)
    followers = next((m.value for m in measured.measures if m.metric is Metric.FOLLOWERS), None)
    if followers is not None:
        await MeasuredPosts(tx).tell_followers(profile.id, followers, tx.now - SOON_AFTER)
    await remember_native_posts(tx, profile, recent)
    profile.due_at = tx.now + _PROFILE_EVERY
    await _answered(tx, item, profile, measured.rate)


async def keep_posts(tx: Tx, item: WorkItem, asked: Sequence[str], measured: PostMeasures) -> None:
    """Keep what the network counts of these posts, and which of them are gone."""
    profile = await _held(tx, item)
    named = await MeasuredPosts(tx).named(profile.id, asked)
    posts = [post for post in named if post.due_at is not None]
    told = [post for post in posts if measured.posts.get(post.external_id)]
    if told:
        await _keep_counts(tx, profile.id, [(one, measured.posts[one.external_id]) for one in told])
    for post in told:
        post.measured_at = tx.now
    for post in posts:
        turn = next_turn(post.published_at, max(tx.now, post.due_at or tx.now))
        if post.external_id in measured.gone:
            # What was counted stays; the network has nothing more to say of it.
            post.gone_at, turn = tx.now, None
        post.due_at = turn.due_at if turn else None
        post.early_at = turn.early_at if turn else None
    await _answered(tx, item, profile, measured.rate)


async def note_failure(tx: Tx, item: WorkItem, error: ParleyError) -> None:
    """Ask again later: when the network lets us, or when a person may have helped."""
    profile = await _held(tx, item)
    # Being asked to slow down is no failure.
    if not isinstance(error, RateLimitedError):
        profile.failures += 1
        profile.problem = error.code
    profile.resume_at = after_failure(error, profile.failures, tx.now)
    await _wait(tx, item, profile)


async def _held(tx: Tx, item: WorkItem) -> MeasuredProfile:
    """The profile of an item that is still ours; before anything is written."""
    await tx.hold(item)
    profile = await MeasuredProfiles(tx).find(UUID(item.key))
    if profile is None:
        raise LeaseLostError(kind=item.kind, key=item.key)
    return profile


async def _keep_counts(
    tx: Tx, profile_id: UUID, answers: Sequence[tuple[MeasuredPost, Sequence[Measure]]]
) -> None:
    kept = kept_measures.PostMeasures(tx)
    before = await kept.counts([post.id for post, _ in answers])
    await kept.add_answers({post.id: told for post, told in answers})
    latest: dict[UUID, dict[PostMetric, tuple[float, str | None]]] = {}
    gains: Counter[PostMetric] = Counter()
    for post, told in answers:
        counts = {PostMetric(one.metric.value): one.value for one in told}
        # What an old post had gathered before we knew of it was not gained today.
        if post.id in before or tx.now - post.published_at < SOON_AFTER:
            gains.update(gained(before.get(post.id, {}), counts))
        names = {PostMetric(one.metric.value): one.provider_name for one in told}
        values: dict[PostMetric, float] = {**counts, **derived(counts, post.followers)}
        latest[post.id] = {metric: (value, names.get(metric)) for metric, value in values.items()}
    await kept.replace(latest)
    await kept.add_gains(profile_id, day_in(await Workspaces(tx).zone(), tx.now), gains)


async def _answered(
    tx: Tx, item: WorkItem, profile: MeasuredProfile, rate: RateLimit | None
) -> None:
    """It went well; the next turn comes when something is due and the network has room."""
    profile.measured_at, profile.problem, profile.failures = tx.now, None, 0
    profile.resume_at = rest_until(rate, tx.now)
    await _wait(tx, item, profile)


async def _wait(tx: Tx, item: WorkItem, profile: MeasuredProfile) -> None:
    post_due = await MeasuredPosts(tx).next_due(profile.id)
    due_at = min(profile.due_at, post_due) if post_due else profile.due_at
    await tx.repeat(item, due_at=max(due_at, profile.resume_at or due_at))
