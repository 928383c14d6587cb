"""What the sandbox counts of an account and its posts: which of it, the account's kind says."""

from collections.abc import Iterable, Mapping, Sequence

from shared.networks.measures import (
    Measuring,
    Metric,
    Offer,
    PostMeasures,
    ProfileMeasures,
    offers,
    read_measures,
)
from shared.networks.sandbox.normalize import item_delivery, normalize
from shared.networks.sandbox.wire import Wire
from shared.networks.types import Access, Item, Json, published

_PROFILE = {
    "follower_count": Metric.FOLLOWERS,
    "following_count": Metric.FOLLOWING,
    "post_count": Metric.POSTS,
}
_POST = {
    "like_count": Metric.LIKES,
    "share_count": Metric.REPOSTS,
    "comment_count": Metric.REPLIES,
    "quote_count": Metric.QUOTES,
    "view_count": Metric.VIEWS,
    "reached_people": Metric.REACH,
}
_AT_ONCE = 50


def measuring(facts: Json) -> Measuring | None:
    """What an account of this kind can be asked; nothing where it counts nothing."""
    profile = _offered(_PROFILE, facts.get("profile_measures", ()))
    post = _offered(_POST, facts.get("post_measures", ()))
    if not profile and not post:
        return None
    return Measuring(profile=profile, post=post, posts_at_once=_AT_ONCE)


def _offered(known: Mapping[str, Metric], names: Iterable[str]) -> tuple[Offer, ...]:
    return offers({name: known[name] for name in names if name in known})


class Measurer:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def profile(self, access: Access) -> ProfileMeasures:
        path = f"/v1/accounts/{access.account.external_id}/measures"
        reply = await self._wire.get(access, path)
        return ProfileMeasures(
            measures=read_measures(reply.data, offers(_PROFILE)), rate=reply.rate
        )

    async def recent(self, access: Access) -> list[Item]:
        path = f"/v1/accounts/{access.account.external_id}/posts/recent"
        reply = await self._wire.get(access, path, limit=_AT_ONCE)
        return published(
            change
            for body in reply.data["data"]
            for change in normalize(item_delivery(body), access.account)
        )

    async def posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        path = f"/v1/accounts/{access.account.external_id}/posts/measures"
        reply = await self._wire.get(access, path, id=list(external_ids))
        return PostMeasures(
            posts={
                str(post["id"]): read_measures(post["measures"], offers(_POST))
                for post in reply.data["data"]
            },
            gone=frozenset(map(str, reply.data["gone"])),
            rate=reply.rate,
        )
