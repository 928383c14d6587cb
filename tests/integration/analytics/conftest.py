"""Analytics over HTTP and over events, with its loops at rest and a network in memory."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from services.analytics.app import compose
from services.analytics.settings import AnalyticsSettings
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.profiles.outside import Outside
from tests.support.fake_measuring import FakeCounter
from tests.support.fake_network import FakeOutside
from tests.support.measure_desk import MeasureDesk
from tests.support.service import ServiceHand, platform_settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def network(clock: ManualClock) -> FakeCounter:
    return FakeCounter(clock)


@pytest.fixture
def outside(network: FakeCounter, clock: ManualClock) -> FakeOutside:
    return FakeOutside(network, clock)


@pytest.fixture
async def desk(
    database_urls: Mapping[str, str], clock: ManualClock, outside: FakeOutside
) -> AsyncIterator[MeasureDesk]:
    settings = AnalyticsSettings(
        database_url=database_urls["analytics"], port=0, platform=platform_settings(database_urls)
    )
    service = compose(settings, clock, Outside(outside, outside))
    # Each test has a workspace of its own; only work is common to all.
    async with service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    yield MeasureDesk(ServiceHand(service, database_urls["analytics_owner"]), clock)
    await service.database.close()
