"""The Mastodon connector: puts its parts together behind the protocol."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime

from typing_extensions import override

from shared.networks.capabilities import Capabilities
from shared.networks.connector import (
    Connected,
    Connector,
    Field,
    Inspection,
    Manifest,
    Push,
    Redirect,
)
from shared.networks.http import NetworkHttp
from shared.networks.mastodon.act import Actor
from shared.networks.mastodon.api import Api
from shared.networks.mastodon.auth import Sessions
from shared.networks.mastodon.instance import capabilities
from shared.networks.mastodon.measure import Measurer
from shared.networks.mastodon.normalize import normalize
from shared.networks.mastodon.publish import Publisher
from shared.networks.mastodon.read import Reader
from shared.networks.measures import PostMeasures, ProfileMeasures
from shared.networks.publishing import PostDraft, Sought
from shared.networks.types import (
    Access,
    Account,
    ActionResult,
    Change,
    Command,
    Credentials,
    Item,
    Json,
    Known,
    Page,
    RawDelivery,
    Settlement,
    Target,
)

MANIFEST = Manifest(
    network="mastodon",
    label="Mastodon",
    fields=(Field(name="instance", label="Instance", help="For example mastodon.social"),),
    streams=("notifications", "posts", "conversations"),
    push=Push.STREAM,
)


class MastodonConnector(Connector):
    manifest = MANIFEST

    def __init__(self, http: NetworkHttp) -> None:
        api = Api(http)
        self._sessions = Sessions(api)
        self._reader = Reader(api, http.clock)
        self._actor = Actor(api, http.clock)
        self._publisher = Publisher(api, http.clock)
        self._measurer = Measurer(api)

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        return capabilities(account, scopes)

    @override
    async def connect(self, answers: Mapping[str, str], return_url: str) -> Redirect:
        return await self._sessions.begin(answers, return_url)

    @override
    async def finish(self, pending: Json, answers: Mapping[str, str]) -> Connected:
        return await self._sessions.finish(pending, answers)

    @override
    async def refresh(self, credentials: Credentials) -> Credentials:
        # Mastodon's tokens do not expire, so there is nothing to renew.
        return credentials

    @override
    async def inspect(self, access: Access) -> Inspection:
        return await self._sessions.inspect(access)

    @override
    async def revoke(self, access: Access) -> None:
        await self._sessions.revoke(access)

    @override
    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        return await self._reader.poll(access, stream, cursor)

    @override
    def stream(self, access: Access) -> AsyncIterator[RawDelivery]:
        return self._reader.stream(access)

    @override
    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        return await self._reader.thread(access, item, known)

    @override
    def normalize(self, delivery: RawDelivery, account: Account) -> Sequence[Change]:
        return normalize(delivery, account)

    @override
    async def act(self, access: Access, command: Command) -> ActionResult:
        return await self._actor.act(access, command)

    @override
    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        return await self._actor.find_sent(access, command, since)

    @override
    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        return await self._publisher.publish(access, draft)

    @override
    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        return await self._publisher.find_published(access, sought)

    @override
    async def recent_posts(self, access: Access) -> Sequence[Item]:
        return await self._measurer.recent(access)

    @override
    async def measure_profile(self, access: Access) -> ProfileMeasures:
        return await self._measurer.profile(access)

    @override
    async def measure_posts(self, access: Access, external_ids: Sequence[str]) -> PostMeasures:
        return await self._measurer.posts(access, external_ids)
