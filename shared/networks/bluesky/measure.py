"""What Bluesky counts of an account and its posts; of how many saw something it says nothing."""

from collections.abc import Sequence

from shared.networks.bluesky.ids import AtUri
from shared.networks.bluesky.normalize import normalize, post_delivery
from shared.networks.bluesky.records import Records
from shared.networks.bluesky.xrpc import Xrpc, server_of
from shared.networks.measures import (
    Measuring,
    Metric,
    PostMeasures,
    ProfileMeasures,
    offers,
    read_measures,
)
from shared.networks.types import Access, Item, published

MEASURING = Measuring(
    profile=offers(
        {
            "followersCount": Metric.FOLLOWERS,
            "followsCount": Metric.FOLLOWING,
            "postsCount": Metric.POSTS,
        }
    ),
    post=offers(
        {
            "likeCount": Metric.LIKES,
            "repostCount": Metric.REPOSTS,
            "replyCount": Metric.REPLIES,
            "quoteCount": Metric.QUOTES,
            "bookmarkCount": Metric.SAVES,
        }
    ),
    posts_at_once=25,
)


_RECENT = 50


class Measurer:
    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc
        self._records = Records(xrpc)

    async def profile(self, access: Access) -> ProfileMeasures:
        params = {"actor": access.account.external_id}
        reply = await self._xrpc.query(server_of(access), "app.bsky.actor.getProfile", params)
        return ProfileMeasures(
            measures=read_measures(reply.data, MEASURING.profile), rate=reply.rate
        )

    async def recent(self, access: Access) -> list[Item]:
        params = {
            "actor": access.account.external_id,
            "filter": "posts_no_replies",
            "limit": _RECENT,
        }
        reply = await self._xrpc.query(server_of(access), "app.bsky.feed.getAuthorFeed", params)
        # Reposts have a reason; they are nothing that we wrote.
        views = [one["post"] for one in reply.data.get("feed", []) if "reason" not in one]
        return published(
            change for view in views for change in normalize(post_delivery(view), access.account)
        )

    async def posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        server, wanted = server_of(access), list(dict.fromkeys(external_ids))
        reply = await self._xrpc.query(server, "app.bsky.feed.getPosts", {"uris": wanted})
        found = {
            str(post["uri"]): read_measures(post, MEASURING.post)
            for post in reply.data.get("posts", [])
        }
        # The index answers only what it knows: the record itself says whether the post was deleted.
        missing = [uri for uri in wanted if uri not in found]
        gone = [uri for uri in missing if await self._records.get(server, AtUri.parse(uri)) is None]
        return PostMeasures(posts=found, gone=frozenset(gone), rate=reply.rate)
