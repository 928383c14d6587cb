"""A network in memory whose counts a test sets, and which fails exactly as it is told."""

from collections.abc import Sequence

from typing_extensions import override

from shared.clock import Clock
from shared.networks.capabilities import Capabilities
from shared.networks.errors import InvalidInputError
from shared.networks.measures import (
    Measure,
    Measuring,
    Metric,
    PostMeasures,
    ProfileMeasures,
    offers,
    read_measures,
)
from shared.networks.types import Access, Account, Item, RateLimit
from tests.support.fake_network import FakeConnector

_PROFILE = offers({"fans": Metric.FOLLOWERS, "entries": Metric.POSTS})
_POST = offers({"hearts": Metric.LIKES, "answers": Metric.REPLIES, "seen_by": Metric.REACH})
AT_ONCE = 3

Counts = dict[str, int]


class FakeCounter(FakeConnector):
    """`posts` are those that it knows, `gone` those that were deleted, `poison` what it refuses.

    `failures` are raised by the next calls, one each; `asked` is what posts were asked for.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.profile: Counts = {"fans": 1000, "entries": 3}
        self.posts: dict[str, Counts] = {}
        self.gone: set[str] = set()
        self.poison: set[str] = set()
        self.failures: list[Exception] = []
        self.rate: RateLimit | None = None
        self.asked: list[Sequence[str]] = []
        self.profile_calls = 0
        self.recent: list[Item] = []

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        able = Measuring(profile=_PROFILE, post=_POST, posts_at_once=AT_ONCE)
        return super().capabilities(account, scopes).refined(measuring=able)

    @override
    async def measure_profile(self, access: Access) -> ProfileMeasures:
        self.profile_calls += 1
        self._fail()
        return ProfileMeasures(measures=read_measures(self.profile, _PROFILE), rate=self.rate)

    @override
    async def recent_posts(self, access: Access) -> Sequence[Item]:
        return self.recent

    @override
    async def measure_posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        assert len(external_ids) <= AT_ONCE
        self.asked.append(external_ids)
        self._fail()
        if self.poison & set(external_ids):
            raise InvalidInputError
        found: dict[str, tuple[Measure, ...]] = {
            one: read_measures(self.posts[one], _POST) for one in external_ids if one in self.posts
        }
        return PostMeasures(posts=found, gone=self.gone & set(external_ids), rate=self.rate)

    def _fail(self) -> None:
        if self.failures:
            raise self.failures.pop(0)
