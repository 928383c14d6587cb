"""An inbox whose profile lives on a running sandbox network, webhooks over a real socket and all.

The loops of the inbox are at rest: a test does the work that it wants to see done.
"""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import uvicorn
from typing_extensions import override

from services.inbox.app import compose
from services.inbox.commands.copies import remember_profile
from services.inbox.commands.reading import READ, RECONCILE, START, SUBSCRIBE
from services.inbox.commands.receive import HANDLE
from services.inbox.settings import InboxSettings
from shared.clock import SystemClock
from shared.db.kernel_tables import work_items
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.ids import new_id
from shared.networks.connector import Connected, Connector
from shared.networks.errors import AuthRevokedError
from shared.networks.registry import NetworkSettings, build_http, build_registry
from shared.networks.types import Access
from shared.profiles.access import Directory, Opened
from shared.profiles.outside import Outside
from shared.service import Service
from tests.support.sandbox import SandboxHand
from tests.support.service import ServiceHand, member_identity, platform_settings

WORK = (START, SUBSCRIBE, READ, RECONCILE, HANDLE)


@dataclass(slots=True)
class OneProfileDirectory(Directory):
    """team_directory as far as the inbox sees it, for one profile."""

    connector: Connector
    connected: Connected
    renewals: int = 0
    reports: list[str] = field(default_factory=list)
    renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def _opened(self) -> Opened:
        return Opened(
            access=Access(account=self.connected.account, credentials=self.connected.credentials),
            scopes=self.connected.scopes,
            renewed_at=datetime.fromtimestamp(self.renewals, UTC),
        )

    @override
    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        if self.reports:
            raise AuthRevokedError
        return self._opened()

    @override
    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        async with self.renewing:
            if self._opened().renewed_at <= stale.renewed_at:
                credentials = await self.connector.refresh(stale.access.credentials)
                self.renewals += 1
                self.connected = replace(self.connected, credentials=credentials)
        return self._opened()

    @override
    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        self.reports.append(code)


@dataclass(slots=True)
class SandboxInbox:
    """One profile in one workspace, connected to an account of the sandbox."""

    network: SandboxHand
    hand: ServiceHand
    directory: OneProfileDirectory
    url: str
    account: str
    person: str
    workspace_id: UUID = field(default_factory=new_id)
    profile_id: UUID = field(default_factory=new_id)

    @property
    def service(self) -> Service:
        return self.hand.service

    @property
    def hook(self) -> str:
        return f"{self.url}/hooks/sandbox/{self.profile_id}"

    async def told(self, state: ProfileState = ProfileState.CONNECTED) -> None:
        """team_directory says how the profile is connected."""
        account = self.directory.connected.account
        event = ProfileSaved(
            workspace_id=self.workspace_id,
            profile_id=self.profile_id,
            network="sandbox",
            external_id=account.external_id,
            handle=account.handle,
            display_name=account.display_name,
            base_url=account.base_url,
            state=state,
        )
        async with self.service.database.begin(self.workspace_id) as tx:
            await remember_profile(tx, event)

    async def say(self, what: str, text: str, **body: Any) -> Any:
        """The person does something on the network."""
        if what in ("mentions", "messages", "reviews"):
            body["account_id"] = self.account
        return await self.network.say(self.person, what, text=text, **body)

    async def post(self, text: str = "News") -> str:
        """The brand publishes something in the network's own app."""
        access = self.directory.connected.credentials.data["access_token"]
        answer = await self.network.http.post(
            f"/v1/accounts/{self.account}/posts",
            json={"text": text},
            headers={"authorization": f"Bearer {access}"},
        )
        assert answer.is_success, answer.text
        return str(answer.json()["id"])

    async def delivered(self) -> None:
        """Everything that the network wants to tell was told once."""
        await self.network.admin("POST", "/webhooks/flush")

    async def work(self, *kinds: str) -> None:
        """Do what is due of these kinds of work, or of all that the inbound side has."""
        for kind in kinds or WORK:
            await self.hand.drain(kind)

    async def work_now(self, kind: str) -> None:
        """Do the work of a kind as if its time had come."""
        async with self.service.database.begin() as tx:
            await tx.session.execute(
                work_items.update().where(work_items.c.kind == kind).values(due_at=tx.now)
            )
        await self.hand.drain(kind)

    async def get(self, path: str, **params: Any) -> Any:
        identity = member_identity(self.workspace_id, new_id())
        async with self.hand.client(identity) as client:
            answer = await client.get(path, params=params)
        assert answer.is_success, answer.text
        return answer.json()

    async def post_to(self, path: str) -> None:
        identity = member_identity(self.workspace_id, new_id())
        async with self.hand.client(identity) as client:
            answer = await client.post(path)
        assert answer.is_success, answer.text

    async def health(self) -> Any:
        return await self.get(f"/profiles/{self.profile_id}/health")


@asynccontextmanager
async def sandbox_inbox(
    network: SandboxHand, urls: Any, kind: str = "full"
) -> AsyncIterator[SandboxInbox]:
    """An inbox that knows of no profile yet; `told` connects it."""
    account = await network.account(kind)
    person = await network.person()
    clock = SystemClock()
    http = build_http(NetworkSettings(allow_local=True, timeout=2, sandbox_url=network.url), clock)
    registry = build_registry(NetworkSettings(sandbox_url=network.url), http)
    connector = registry.get("sandbox")
    answers = {"handle": "brand", "access_code": "code-brand"}
    connected = await connector.connect(answers, "")
    assert isinstance(connected, Connected)
    directory = OneProfileDirectory(connector, connected)
    listening = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = InboxSettings(
        database_url=urls["inbox"],
        port=0,
        platform=platform_settings(urls),
        hooks_url=f"{url}/hooks",
    )
    service = compose(settings, clock, Outside(networks=registry, directory=directory))
    hand = ServiceHand(service, urls["inbox_owner"])
    await hand.empty()
    config = uvicorn.Config(service.app, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listening]))
    try:
        yield SandboxInbox(network, hand, directory, url, account, person)
    finally:
        server.should_exit = True
        await serving
        await http.close()
        await service.database.close()
