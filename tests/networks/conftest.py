"""Starts each real server once per run; without the servers, says why and skips (in CI: fails)."""

import os
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from shared.clock import SystemClock
from shared.networks.http import NetworkHttp
from tests.networks.servers import running
from tests.networks.servers.install import missing
from tests.networks.stages.base import Stage
from tests.networks.stages.bluesky import bluesky_stage
from tests.networks.stages.mastodon import mastodon_stage
from tests.networks.stages.sandbox import sandbox_stage
from tests.support.sandbox import SandboxHand, running_sandbox


def _demand_servers() -> None:
    reason = missing()
    if reason is None:
        return
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def atproto() -> Iterator[running.Atproto]:
    _demand_servers()
    with running.atproto() as network:
        yield network


@pytest.fixture(scope="session")
def mastodon() -> Iterator[str]:
    _demand_servers()
    with running.mastodon() as url:
        yield url


@pytest.fixture
async def outbound() -> AsyncIterator[NetworkHttp]:
    http = NetworkHttp(SystemClock(), allow_local=True)
    yield http
    await http.close()


@pytest.fixture
async def plain() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=20) as client:
        yield client


@pytest.fixture(scope="session")
async def sandbox() -> AsyncIterator[SandboxHand]:
    async with running_sandbox() as hand:
        yield hand


@pytest.fixture(params=["bluesky", "mastodon", "sandbox"])
async def stage(
    request: pytest.FixtureRequest,
    plain: httpx.AsyncClient,
    outbound: NetworkHttp,
    sandbox: SandboxHand,
) -> Stage:
    if request.param == "bluesky":
        return await bluesky_stage(request.getfixturevalue("atproto"), plain, outbound)
    if request.param == "sandbox":
        return await sandbox_stage(sandbox, outbound)
    return await mastodon_stage(request.getfixturevalue("mastodon"), plain, outbound)
