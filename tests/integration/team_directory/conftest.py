"""An empty team_directory for each test, under a clock that the test moves."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from shared.clock import ManualClock
from tests.support.postgres import Urls
from tests.support.team_directory import DirectoryHand, Somebody, running_directory

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def directory(database_urls: Urls, clock: ManualClock) -> AsyncIterator[DirectoryHand]:
    async with running_directory(database_urls, clock) as hand:
        yield hand


@pytest.fixture
async def owner(directory: DirectoryHand) -> Somebody:
    """Ada, who owns the workspace Acme; what her setup has published is out of the way."""
    somebody = await directory.set_up()
    await directory.forget_events()
    return somebody
