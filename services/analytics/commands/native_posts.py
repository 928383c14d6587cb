"""Measuring, too, what was published in the network's own app or with another tool."""

from collections.abc import Sequence
from datetime import timedelta

from services.analytics.domain.ageing import SOON_AFTER, STAGES, next_turn
from services.analytics.models import MeasuredPost, MeasuredProfile
from services.analytics.repository.measured import MeasuredPosts
from services.analytics.repository.network_measures import ProfileMeasures
from shared.db.transaction import Tx
from shared.networks.measures import Metric
from shared.networks.types import Item

EXCERPT = 200
# Of what was published here scheduler tells us, mostly before its network lists it.
_TIME_TO_BE_TOLD = timedelta(minutes=10)


async def remember_native_posts(tx: Tx, profile: MeasuredProfile, recent: Sequence[Item]) -> None:
    """Measure from now on those that nobody has told us of; the work item of the profile is ours.

    How many followed a profile when an old post appeared is not known any more.
    """
    young = [
        item for item in recent if _TIME_TO_BE_TOLD <= tx.now - item.created_at < STAGES[-1].until
    ]
    posts = MeasuredPosts(tx)
    known = {
        post.external_id for post in await posts.named(profile.id, [i.external_id for i in young])
    }
    followers = await ProfileMeasures(tx, profile.id).latest(Metric.FOLLOWERS)
    for item in young:
        if item.external_id in known:
            continue
        known.add(item.external_id)
        first = next_turn(item.created_at, item.created_at)
        posts.add(
            MeasuredPost(
                workspace_id=tx.workspace_id,
                id=tx.new_id(),
                profile_id=profile.id,
                network=profile.network,
                external_id=item.external_id,
                permalink=item.permalink,
                excerpt=" ".join(item.text.split())[:EXCERPT] or None,
                published_at=item.created_at,
                followers=followers if tx.now - item.created_at < SOON_AFTER else None,
                due_at=first.due_at if first else None,
                early_at=first.early_at if first else None,
            )
        )
