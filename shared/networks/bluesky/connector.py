"""The Bluesky connector: puts its parts together behind the protocol."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from typing_extensions import override

from shared.networks.bluesky.act import Actor
from shared.networks.bluesky.auth import Sessions
from shared.networks.bluesky.capabilities import for_scopes
from shared.networks.bluesky.measure import Measurer
from shared.networks.bluesky.normalize import normalize
from shared.networks.bluesky.publish import Publisher
from shared.networks.bluesky.read import Reader
from shared.networks.bluesky.settle import Settler
from shared.networks.bluesky.xrpc import Xrpc
from shared.networks.capabilities import Capabilities
from shared.networks.connector import (
    Connected,
    Connector,
    Field,
    Inspection,
    Manifest,
    Push,
)
from shared.networks.http import NetworkHttp
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
    Known,
    Page,
    RawDelivery,
    Settlement,
    Target,
)

MANIFEST = Manifest(
    network="bluesky",
    label="Bluesky",
    fields=(
        Field(name="identifier", label="Handle", help="For example acme.bsky.social"),
        Field(
            name="password",
            label="App password",
            help="Made in Bluesky under Settings, Privacy and security; allow direct messages.",
            secret=True,
        ),
        Field(name="service", label="Server", help="Leave empty for bsky.social", required=False),
    ),
    streams=("notifications", "posts", "messages"),
    push=Push.NONE,
)


class BlueskyConnector(Connector):
    manifest = MANIFEST

    def __init__(self, http: NetworkHttp, *, url: str, chat: str) -> None:
        xrpc = Xrpc(http)
        self._sessions = Sessions(xrpc, url)
        self._reader = Reader(xrpc, http.clock, chat)
        self._actor = Actor(xrpc, http.clock, chat)
        self._settler = Settler(xrpc, http.clock, chat)
        self._publisher = Publisher(xrpc, http.clock)
        self._measurer = Measurer(xrpc)

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        del account  # Bluesky says the same of every account.
        return for_scopes(scopes)

    @override
    async def connect(self, answers: Mapping[str, str], return_url: str) -> Connected:
        del return_url  # There is no consent page to come back from.
        return await self._sessions.create(answers)

    @override
    async def refresh(self, credentials: Credentials) -> Credentials:
        return await self._sessions.refresh(credentials)

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
        return await self._settler.find_sent(access, command, since)

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
