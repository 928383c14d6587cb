"""An empty team_directory for each test, under a clock that the test moves."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from shared.clock import ManualClock
from tests.support.postgres import Urls
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.team_directory import DirectoryHand, Somebody, running_directory

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def _clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture(scope="session")
async def _sandbox() -> AsyncIterator[SandboxHand]:
    async with running_sandbox() as hand:
        yield hand


@pytest.fixture(scope="session")
async def _directory(
    database_urls: Urls, _clock: ManualClock, _sandbox: SandboxHand
) -> AsyncIterator[DirectoryHand]:
    """Made once, because an app with all its routes takes longer to build than a test to run."""
    async with running_directory(database_urls, _clock, sandbox_url=_sandbox.url) as hand:
        yield hand


@pytest.fixture
def clock(_clock: ManualClock) -> ManualClock:
    _clock.advance(START - _clock.now())
    return _clock


@pytest.fixture
async def sandbox(_sandbox: SandboxHand) -> SandboxHand:
    await _sandbox.reset()
    return _sandbox


@pytest.fixture
async def directory(_directory: DirectoryHand, clock: ManualClock) -> DirectoryHand:
    del clock  # Set back to the start.
    await _directory.empty()
    return _directory


@pytest.fixture
async def owner(directory: DirectoryHand) -> Somebody:
    """Ada, who owns the workspace Acme; what her setup has published is out of the way."""
    somebody = await directory.set_up()
    await directory.forget_events()
    return somebody
