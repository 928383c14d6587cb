"""What the inbox gets from the real team_directory: credentials, renewals, a way to complain."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from typing_extensions import override

from shared.clock import ManualClock
from shared.errors import UnavailableError
from shared.http.client import InternalClient
from shared.ids import new_id
from shared.networks.errors import AuthRevokedError
from shared.profiles.directory import TeamDirectory
from tests.support.inbound import BEGIN
from tests.support.postgres import Urls
from tests.support.profiles import connect, profile
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.service import INTERNAL_KEY
from tests.support.team_directory import DirectoryHand, Somebody, running_directory


@dataclass
class Counting(httpx.AsyncBaseTransport):
    """Passes requests on and counts them."""

    inner: httpx.AsyncBaseTransport
    number: int = 0

    @override
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.number += 1
        return await self.inner.handle_async_request(request)


@dataclass
class Scene:
    directory: DirectoryHand
    owner: Somebody
    network: SandboxHand
    client: TeamDirectory
    asked: Counting
    clock: ManualClock
    profile_id: UUID

    @property
    def key(self) -> tuple[UUID, UUID]:
        return (self.owner.workspace_id, self.profile_id)


@pytest.fixture
async def scene(database_urls: Urls) -> AsyncIterator[Scene]:
    clock = ManualClock(BEGIN)
    async with (
        running_sandbox() as network,
        running_directory(database_urls, clock, sandbox_url=network.url) as directory,
    ):
        await network.account()
        owner = await directory.set_up()
        profile_id = await connect(directory, network, owner)
        asked = Counting(httpx.ASGITransport(app=directory.service.app))
        client = InternalClient(
            "http://team_directory",
            service="inbox",
            key=INTERNAL_KEY,
            clock=clock,
            transport=asked,
        )
        yield Scene(
            directory, owner, network, TeamDirectory(client, clock), asked, clock, profile_id
        )
        await client.close()


async def test_credentials_are_kept_briefly(scene: Scene) -> None:
    opened = await scene.client.open(*scene.key)
    assert opened.access.account.handle == "brand"
    assert opened.access.account.facts["item_kinds"]
    assert opened.access.credentials.data["access_token"]
    assert opened.scopes
    assert await scene.client.open(*scene.key) is opened
    assert scene.asked.number == 1
    await scene.client.open(*scene.key, fresh=True)
    scene.clock.advance(timedelta(seconds=31))
    await scene.client.open(*scene.key)
    assert scene.asked.number == 3


async def test_renewing_gives_newer_ones_to_all_who_ask(scene: Scene) -> None:
    stale = await scene.client.open(*scene.key)
    scene.clock.advance(timedelta(seconds=1))
    renewed = await scene.client.reopen(*scene.key, stale)
    assert renewed.renewed_at > stale.renewed_at
    assert renewed.access.credentials.data != stale.access.credentials.data
    asked = scene.asked.number
    assert await scene.client.reopen(*scene.key, stale) is renewed
    assert await scene.client.open(*scene.key) is renewed
    assert scene.asked.number == asked


async def test_a_refused_renewal_needs_a_person(scene: Scene) -> None:
    stale = await scene.client.open(*scene.key)
    token = stale.access.credentials.data["refresh_token"]
    assert (await scene.network.http.post("/oauth/revoke", data={"token": token})).is_success
    scene.clock.advance(timedelta(seconds=1))
    with pytest.raises(AuthRevokedError):
        await scene.client.reopen(*scene.key, stale)


async def test_a_report_changes_the_connection(scene: Scene) -> None:
    await scene.client.open(*scene.key)
    await scene.client.report(*scene.key, "network.auth_revoked", "The network said no.")
    found = await profile(scene.directory, scene.owner, scene.profile_id)
    assert (found["state"], found["code"]) == ("needs_person", "network.auth_revoked")


async def test_what_nobody_knows_is_opened_by_nothing(scene: Scene) -> None:
    with pytest.raises(AuthRevokedError):
        await scene.client.open(scene.owner.workspace_id, new_id())
    with pytest.raises(AuthRevokedError):
        await scene.client.open(new_id(), scene.profile_id)


async def test_an_absent_directory_is_no_verdict_on_the_connection() -> None:
    clock = ManualClock(BEGIN)
    client = InternalClient("http://127.0.0.1:9", service="inbox", key=INTERNAL_KEY, clock=clock)
    with pytest.raises(UnavailableError):
        await TeamDirectory(client, clock).open(new_id(), new_id())
    await client.close()
