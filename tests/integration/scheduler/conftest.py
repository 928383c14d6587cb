"""The scheduler as people work with it, over HTTP, with its loops at rest."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.scheduler.app import compose
from services.scheduler.settings import SchedulerSettings
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.profiles.outside import Outside
from tests.integration.scheduler.bench import Bench
from tests.support.fake_network import FakeOutside
from tests.support.fake_publishing import FakePublisher
from tests.support.postgres import Urls
from tests.support.service import ServiceHand, platform_settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def network(clock: ManualClock) -> FakePublisher:
    return FakePublisher(clock)


@pytest.fixture
def outside(network: FakePublisher, clock: ManualClock) -> FakeOutside:
    return FakeOutside(network, clock)


@pytest.fixture
async def bench(
    database_urls: Urls, clock: ManualClock, outside: FakeOutside, tmp_path: Path
) -> AsyncIterator[Bench]:
    async with open_bench(database_urls, clock, outside, tmp_path) as bench:
        yield bench


@asynccontextmanager
async def open_bench(
    urls: Urls, clock: ManualClock, outside: FakeOutside, folder: Path, *, network: str = "fake"
) -> AsyncIterator[Bench]:
    settings = SchedulerSettings(
        database_url=urls["scheduler"],
        port=0,
        storage_url=f"file://{folder}",
        platform=platform_settings(urls),
    )
    service = compose(settings, clock, Outside(outside, outside))
    hand = ServiceHand(service, urls["scheduler_owner"])
    # Each test has a workspace of its own; only work and events are common to all.
    async with service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    await hand.forget_events()
    bench = Bench(hand, clock, network=network)
    await bench.profile(bench.profile_id)
    yield bench
    await service.database.close()
