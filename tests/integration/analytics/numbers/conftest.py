"""Analytics as it is told and as its numbers are read, with its loops at rest."""

from collections.abc import AsyncIterator, Mapping

import pytest

from services.analytics.app import compose
from services.analytics.settings import AnalyticsSettings
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.profiles.outside import Outside
from tests.integration.analytics.conftest import START
from tests.support.analytics_desk import AnalyticsDesk, Story
from tests.support.fake_network import FakeOutside
from tests.support.service import ServiceHand, platform_settings


@pytest.fixture
def story() -> Story:
    return Story(begin=START)


@pytest.fixture
async def desk(
    database_urls: Mapping[str, str], clock: ManualClock, outside: FakeOutside
) -> AsyncIterator[AnalyticsDesk]:
    settings = AnalyticsSettings(
        database_url=database_urls["analytics"], port=0, platform=platform_settings(database_urls)
    )
    service = compose(settings, clock, Outside(outside, outside))
    # Each test has a workspace of its own; only work is common to all.
    async with service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    yield AnalyticsDesk(hand=ServiceHand(service, database_urls["analytics_owner"]), clock=clock)
    await service.database.close()
