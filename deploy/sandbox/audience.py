"""Who follows an account and who sees its posts: a crowd without names, growing in virtual time.

Everything here is a function of the seed, of what the crowd looks at and of the moment, so that the
same world counts the same. What persons did by name is added to it.
"""

import math
from datetime import timedelta
from random import Random

from deploy.sandbox.model import Account, Item, ItemKind
from deploy.sandbox.views import is_visible
from deploy.sandbox.world import World

_DAY = timedelta(days=1)
_WEEK = 7.0


class Audience:
    def __init__(self, world: World) -> None:
        self._world = world

    def followers(self, account: Account) -> int:
        """More on the whole, while some leave again in the course of a week."""
        if account.opened_at is None:
            return account.followers
        rng = self._rng(account.id)
        days = max(0.0, (self._world.clock.now() - account.opened_at) / _DAY)
        trend, tide = rng.uniform(0.001, 0.006) * days, rng.uniform(0.002, 0.008)
        change = trend + tide * math.sin(2 * math.pi * days / _WEEK)
        return account.followers + round(account.followers * change)

    def of_account(self, account: Account) -> dict[str, int]:
        counts = {
            "follower_count": self.followers(account),
            "following_count": account.following,
            "post_count": sum(1 for _ in self._world.posts(account.id)),
        }
        told = self._world.capabilities(account.id).profile_measures
        return {name: counts[name] for name in told}

    def of_post(self, post: Item) -> dict[str, int]:
        crowd = self._crowd(post)
        counts = {
            "like_count": len(post.liked_by) + crowd["likes"],
            "share_count": len(post.shared_by) + crowd["shares"],
            "comment_count": self._written_below(post),
            "quote_count": self._quotes(post),
            "view_count": crowd["views"],
            "reached_people": crowd["reach"],
        }
        told = self._world.capabilities(post.account_id).post_measures
        return {name: counts[name] for name in told}

    def _crowd(self, post: Item) -> dict[str, int]:
        """Most see a post in its first hours, and never fewer than before."""
        rng = self._rng(post.id)
        share = _share_seen(self._world.clock.now() - post.created_at, rng.uniform(3, 9))
        reach = self._world.account(post.account_id).followers * rng.uniform(0.08, 0.6) * share
        return {
            "reach": int(reach),
            "views": int(reach * rng.uniform(1.1, 1.8)),
            "likes": int(reach * rng.uniform(0.01, 0.06)),
            "shares": int(reach * rng.uniform(0.001, 0.01)),
        }

    def _written_below(self, post: Item) -> int:
        below = self._world.thread_items(post.thread_id or "")
        return sum(1 for item in below if item.id != post.id and _stands(item))

    def _quotes(self, post: Item) -> int:
        items = self._world.state.items.values()
        return sum(
            1
            for item in items
            if item.kind is ItemKind.QUOTE and item.post_id == post.id and _stands(item)
        )

    def _rng(self, name: str) -> Random:
        return Random(f"{self._world.state.seed}:{name}")  # noqa: S311 - repeatable on purpose


def _share_seen(age: timedelta, half_life_hours: float) -> float:
    hours = max(0.0, age / timedelta(hours=1))
    return float(1 - 0.5 ** (hours / half_life_hours))


def _stands(item: Item) -> bool:
    return item.deleted_at is None and is_visible(item)
