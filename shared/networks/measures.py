"""Counts that a network gives of an account and of its posts, under one name on every network.

What a network does not give is absent and never zero. Beside each value stands the name by which
its network calls it, since two networks rarely count exactly the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from shared.networks.types import Json, RateLimit


class Metric(StrEnum):
    """The canonical names. `REACH` counts people, so it never adds up over posts or days."""

    FOLLOWERS = "followers"
    FOLLOWING = "following"
    POSTS = "posts"
    LIKES = "likes"
    REPOSTS = "reposts"
    REPLIES = "replies"
    QUOTES = "quotes"
    SAVES = "saves"
    VIEWS = "views"
    REACH = "reach"


class Offer(BaseModel):
    """A metric that a network gives, and what it calls it."""

    model_config = ConfigDict(frozen=True)

    metric: Metric
    provider_name: str


class Measuring(BaseModel):
    """What can be measured of an account, and how many posts one call takes."""

    model_config = ConfigDict(frozen=True)

    profile: tuple[Offer, ...] = ()
    post: tuple[Offer, ...] = ()
    posts_at_once: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    metric: Metric
    provider_name: str
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileMeasures:
    """What the network says of the account at this moment."""

    measures: tuple[Measure, ...]
    rate: RateLimit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMeasures:
    """What the network says of some posts; one it cannot tell anything of yet is in neither.

    `gone` are those that no longer stand on the network.
    """

    posts: Mapping[str, tuple[Measure, ...]]
    gone: Collection[str] = field(default_factory=frozenset)
    rate: RateLimit | None = None


def offers(names: Mapping[str, Metric]) -> tuple[Offer, ...]:
    return tuple(Offer(metric=metric, provider_name=name) for name, metric in names.items())


def read_measures(body: Json, wanted: Iterable[Offer]) -> tuple[Measure, ...]:
    """The counts in the network's own words; whatever is not a count is left out."""
    found = ((offer, body.get(offer.provider_name)) for offer in wanted)
    return tuple(
        Measure(metric=offer.metric, provider_name=offer.provider_name, value=count)
        for offer, count in found
        # A bool is an int to Python, and no count.
        if isinstance(count, int) and not isinstance(count, bool) and count >= 0
    )
