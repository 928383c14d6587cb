"""One running sandbox for the module; every test begins with an empty world."""

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.support.sandbox import SandboxHand, running_sandbox
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
