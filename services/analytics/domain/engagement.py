"""What follows from the counts of a post: how many engaged, and which share that is."""

from collections.abc import Mapping
from enum import StrEnum

from shared.networks.measures import Metric


class PostMetric(StrEnum):
    """What is shown of a post: the counts of networks, and what is calculated from them."""

    LIKES = Metric.LIKES.value
    REPOSTS = Metric.REPOSTS.value
    REPLIES = Metric.REPLIES.value
    QUOTES = Metric.QUOTES.value
    SAVES = Metric.SAVES.value
    VIEWS = Metric.VIEWS.value
    REACH = Metric.REACH.value
    ENGAGEMENTS = "engagements"
    RATE_BY_FOLLOWERS = "engagement_rate_by_followers"
    RATE_BY_REACH = "engagement_rate_by_reach"
    RATE_BY_VIEWS = "engagement_rate_by_views"


class ProfileMetric(StrEnum):
    FOLLOWERS = Metric.FOLLOWERS.value
    FOLLOWING = Metric.FOLLOWING.value
    POSTS = Metric.POSTS.value


RATES = frozenset(
    {PostMetric.RATE_BY_FOLLOWERS, PostMetric.RATE_BY_REACH, PostMetric.RATE_BY_VIEWS}
)
_ENGAGEMENTS = (
    PostMetric.LIKES,
    PostMetric.REPOSTS,
    PostMetric.REPLIES,
    PostMetric.QUOTES,
    PostMetric.SAVES,
)
# People, unlike acts, are not added up: who saw two posts, or one on two days, is one person.
ADDITIVE = (*_ENGAGEMENTS, PostMetric.VIEWS)


def derived(values: Mapping[PostMetric, int], followers: int | None) -> dict[PostMetric, float]:
    """What can be calculated; `followers` are those of the time when the post was published.

    Without any count that is an engagement there are none to speak of, which is not zero.
    """
    counts = [values[metric] for metric in _ENGAGEMENTS if metric in values]
    if not counts:
        return {}
    engagements = sum(counts)
    found: dict[PostMetric, float] = {PostMetric.ENGAGEMENTS: engagements}
    for rate, base in (
        (PostMetric.RATE_BY_FOLLOWERS, followers),
        (PostMetric.RATE_BY_REACH, values.get(PostMetric.REACH)),
        (PostMetric.RATE_BY_VIEWS, values.get(PostMetric.VIEWS)),
    ):
        if base:
            found[rate] = engagements / base
    return found


def gained(
    before: Mapping[PostMetric, int], now: Mapping[PostMetric, int]
) -> dict[PostMetric, int]:
    """By how much each count that adds up has changed; a first value is all new."""
    changes = {one: now[one] - before.get(one, 0) for one in ADDITIVE if one in now}
    return {metric: change for metric, change in changes.items() if change}
