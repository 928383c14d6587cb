"""One running sandbox for the module; every test begins with an empty world."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.clock import SystemClock
from shared.networks.http import NetworkHttp
from shared.networks.registry import NetworkSettings, build_http, build_registry
from shared.networks.sandbox.connector import SandboxConnector
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.sandbox_scene import Scene, connect_scene
from tests.support.webhooks import Receiver, receiver


@pytest.fixture(scope="module")
async def network() -> AsyncIterator[SandboxHand]:
    async with running_sandbox() as hand:
        yield hand


@pytest.fixture
async def sandbox(network: SandboxHand) -> SandboxHand:
    await network.reset(seed=1)
    return network


@pytest.fixture
async def hook() -> AsyncIterator[Receiver]:
    async with receiver() as running:
        yield running


@pytest.fixture
async def client(sandbox: SandboxHand) -> AsyncIterator[httpx.AsyncClient]:
    """A client without a token whose patience ends before an injected time-out does."""
    async with httpx.AsyncClient(base_url=sandbox.url, timeout=5, trust_env=False) as http:
        yield http


@pytest.fixture
async def http(sandbox: SandboxHand) -> AsyncIterator[NetworkHttp]:
    """As the services have it: of all that is local, the configured sandbox only."""
    running = build_http(NetworkSettings(sandbox_url=sandbox.url, timeout=5), SystemClock())
    yield running
    await running.close()


@pytest.fixture
def connector(http: NetworkHttp, sandbox: SandboxHand) -> SandboxConnector:
    found = build_registry(NetworkSettings(sandbox_url=sandbox.url), http).get("sandbox")
    assert isinstance(found, SandboxConnector)
    return found


@pytest.fixture
async def scene(sandbox: SandboxHand, connector: SandboxConnector) -> Scene:
    return await connect_scene(sandbox, connector, "full")


@pytest.fixture
async def microblog(sandbox: SandboxHand, connector: SandboxConnector) -> Scene:
    return await connect_scene(sandbox, connector, "microblog")
