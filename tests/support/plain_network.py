"""A network that lives in the test: polled pages and a connection that the test speaks into."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

from shared.networks.capabilities import Capabilities
from shared.networks.connector import (
    Connected,
    Connector,
    Inspection,
    Manifest,
    Push,
    Redirect,
)
from shared.networks.errors import NetworkError
from shared.networks.types import (
    Access,
    Account,
    ActionResult,
    Change,
    Command,
    Credentials,
    Known,
    Page,
    RawDelivery,
    Settlement,
    Target,
)
from tests.support.inbound import normalize

ACCOUNT = Account(external_id="us", handle="us", base_url="https://plain.example")


@dataclass
class PlainNetwork(Connector):
    """`polled` are pages by cursor; `heard` is what the connection says, an error ends it.

    With `slow`, a poll is answered when that is set.
    """

    manifest: Manifest = field(
        default_factory=lambda: Manifest(
            network="plain", label="Plain", fields=(), streams=("all",), push=Push.STREAM
        )
    )
    polled: dict[str | None, Page] = field(default_factory=dict)
    heard: "asyncio.Queue[RawDelivery | NetworkError]" = field(default_factory=asyncio.Queue)
    polls: list[str | None] = field(default_factory=list)
    listeners: int = 0
    subscribed: list[str] = field(default_factory=list)
    slow: asyncio.Event | None = None

    def get(self, network: str) -> Connector:
        """The one network that there is."""
        assert network == self.manifest.network
        return self

    @override
    @override
    async def subscribe(
        self, access: Access, url: str, secret: str, handshake: str | None = None
    ) -> None:
        self.subscribed.append(url)

    @override
    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        self.polls.append(cursor)
        if self.slow is not None:
            await self.slow.wait()
        return self.polled.get(cursor, Page(deliveries=(), cursor=cursor))

    @override
    async def stream(self, access: Access) -> AsyncIterator[RawDelivery]:
        self.listeners += 1
        try:
            while True:
                said = await self.heard.get()
                if isinstance(said, NetworkError):
                    raise said
                yield said
        finally:
            self.listeners -= 1

    @override
    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        return ()

    @override
    def normalize(self, delivery: RawDelivery, account: Account) -> Sequence[Change]:
        return normalize(delivery)

    @override
    def capabilities(self, account: Account, scopes: frozenset[str]) -> Capabilities:
        raise NotImplementedError

    @override
    async def connect(self, answers: Mapping[str, str], return_url: str) -> Connected | Redirect:
        raise NotImplementedError

    @override
    async def refresh(self, credentials: Credentials) -> Credentials:
        raise NotImplementedError

    @override
    async def inspect(self, access: Access) -> Inspection:
        raise NotImplementedError

    @override
    async def revoke(self, access: Access) -> None:
        raise NotImplementedError

    @override
    async def act(self, access: Access, command: Command) -> ActionResult:
        raise NotImplementedError

    @override
    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        raise NotImplementedError
