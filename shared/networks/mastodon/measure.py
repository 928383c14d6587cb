"""What a Mastodon server counts of an account and its posts; it does not count who saw them."""

from collections.abc import Sequence

from shared.networks.errors import GoneError, UnsupportedError
from shared.networks.mastodon.api import Api, Reply, Server, server_of
from shared.networks.mastodon.normalize import normalize, status_delivery
from shared.networks.measures import (
    Measuring,
    Metric,
    PostMeasures,
    ProfileMeasures,
    offers,
    read_measures,
)
from shared.networks.types import Access, Item, Json, RateLimit, published

MEASURING = Measuring(
    profile=offers(
        {
            "followers_count": Metric.FOLLOWERS,
            "following_count": Metric.FOLLOWING,
            "statuses_count": Metric.POSTS,
        }
    ),
    post=offers(
        {
            "favourites_count": Metric.LIKES,
            "reblogs_count": Metric.REPOSTS,
            "replies_count": Metric.REPLIES,
            "quotes_count": Metric.QUOTES,
        }
    ),
    # A server refuses to look up more at once.
    posts_at_once=20,
)


_RECENT = 40


class Measurer:
    def __init__(self, api: Api) -> None:
        self._api = api

    async def profile(self, access: Access) -> ProfileMeasures:
        path = "/api/v1/accounts/verify_credentials"
        reply = await self._api.get(server_of(access), path)
        return ProfileMeasures(
            measures=read_measures(reply.data, MEASURING.profile), rate=reply.rate
        )

    async def recent(self, access: Access) -> list[Item]:
        path = f"/api/v1/accounts/{access.account.external_id}/statuses"
        params = {"limit": _RECENT, "exclude_replies": "true", "exclude_reblogs": "true"}
        reply = await self._api.get(server_of(access), path, params)
        # A post that answers nobody is the root of its own conversation.
        return published(
            change
            for status in reply.data
            for change in normalize(status_delivery(status, status), access.account)
        )

    async def posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        server, wanted = server_of(access), list(dict.fromkeys(external_ids))
        statuses: dict[str, Json] = {}
        rate: RateLimit | None = None
        reply = await self._several(server, wanted)
        if reply is not None:
            statuses, rate = {str(one["id"]): one for one in reply.data}, reply.rate
        gone = set()
        for status_id in wanted:
            if status_id not in statuses:
                one = await self._one(server, status_id)
                if one is None:
                    gone.add(status_id)
                else:
                    statuses[status_id], rate = one.data, one.rate
        return PostMeasures(
            posts={
                one: read_measures(statuses[one], MEASURING.post)
                for one in wanted
                if one in statuses
            },
            gone=gone,
            rate=rate,
        )

    async def _several(self, server: Server, ids: Sequence[str]) -> Reply | None:
        """All in one call; None from a server that is older than this call (4.3)."""
        try:
            return await self._api.get(server, "/api/v1/statuses", {"id[]": list(ids)})
        except (GoneError, UnsupportedError):
            return None

    async def _one(self, server: Server, status_id: str) -> Reply | None:
        try:
            return await self._api.get(server, f"/api/v1/statuses/{status_id}")
        except GoneError:
            return None
