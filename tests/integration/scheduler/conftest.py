"""The scheduler as people work with it, over HTTP, with its loops at rest."""

from collections.abc import AsyncIterator, Mapping
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
    database_urls: Mapping[str, str], clock: ManualClock, outside: FakeOutside, tmp_path: Path
) -> AsyncIterator[Bench]:
    settings = SchedulerSettings(
        database_url=database_urls["scheduler"],
        port=0,
        storage_url=f"file://{tmp_path}",
        platform=platform_settings(database_urls),
    )
    service = compose(settings, clock, Outside(outside, outside))
    hand = ServiceHand(service, database_urls["scheduler_owner"])
    # Each test has a workspace of its own; only work and events are common to all.
    async with service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    await hand.forget_events()
    bench = Bench(hand, clock)
    await bench.profile(bench.profile_id)
    yield bench
    await service.database.close()
