"""The sandbox connector: puts its parts together behind the protocol."""

from collections.abc import Mapping, Sequence
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
    WebhookRequest,
)
from shared.networks.http import NetworkHttp
from shared.networks.measures import PostMeasures, ProfileMeasures
from shared.networks.publishing import PostDraft, Sought
from shared.networks.sandbox import webhook
from shared.networks.sandbox.act import Actor
from shared.networks.sandbox.auth import Grants
from shared.networks.sandbox.capabilities import capabilities
from shared.networks.sandbox.measure import Measurer
from shared.networks.sandbox.normalize import normalize
from shared.networks.sandbox.publish import Publisher
from shared.networks.sandbox.read import STREAMS, Reader
from shared.networks.sandbox.settle import Settler
from shared.networks.sandbox.wire import Wire
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
    network="sandbox",
    label="Sandbox",
    fields=(
        Field(
            name="handle",
            label="Handle",
            help="For example alderfinch; the consent page asks where it is left empty.",
            required=False,
        ),
        Field(
            name="access_code",
            label="Access code",
            help="For example code-alderfinch. Leave empty to use the consent page.",
            secret=True,
            required=False,
        ),
    ),
    streams=STREAMS,
    push=Push.WEBHOOK,
)


class SandboxConnector(Connector):
    manifest = MANIFEST

    def __init__(self, http: NetworkHttp, *, url: str) -> None:
        self._wire = Wire(http)
        self._grants = Grants(self._wire, url)
        self._reader = Reader(self._wire)
        self._actor = Actor(self._wire)
        self._settler = Settler(self._wire)
        self._publisher = Publisher(self._wire)
        self._measurer = Measurer(self._wire)

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        return capabilities(account.facts, scopes)

    @override
    async def connect(self, answers: Mapping[str, str], return_url: str) -> Connected | Redirect:
        return await self._grants.begin(answers, return_url)

    @override
    async def finish(self, pending: Json, answers: Mapping[str, str]) -> Connected:
        return await self._grants.finish(pending, answers)

    @override
    async def refresh(self, credentials: Credentials) -> Credentials:
        return await self._grants.refresh(credentials)

    @override
    async def inspect(self, access: Access) -> Inspection:
        return await self._grants.inspect(access)

    @override
    async def revoke(self, access: Access) -> None:
        await self._grants.revoke(access)

    @override
    async def subscribe(
        self, access: Access, url: str, secret: str, handshake: str | None = None
    ) -> None:
        path = f"/v1/accounts/{access.account.external_id}/webhooks"
        await self._wire.write(
            access, "POST", path, json={"url": url, "secret": secret, "verify_token": handshake}
        )

    @override
    def verify_webhook(self, request: WebhookRequest, secrets: Sequence[str]) -> bool:
        return webhook.verify(request, secrets)

    @override
    def parse_webhook(self, body: bytes) -> Sequence[RawDelivery]:
        return webhook.parse(body)

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
