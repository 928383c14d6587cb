"""Ticketing as people work with it, over HTTP and over events, with its loops at rest."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from services.ticketing.app import build
from services.ticketing.settings import TicketingSettings
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from tests.support.service import ServiceHand, platform_settings
from tests.support.ticket_desk import TicketDesk

# A Monday morning.
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def desk(database_urls: Mapping[str, str], clock: ManualClock) -> AsyncIterator[TicketDesk]:
    settings = TicketingSettings(
        database_url=database_urls["ticketing"], port=0, platform=platform_settings(database_urls)
    )
    hand = ServiceHand(build(settings, clock), database_urls["ticketing_owner"])
    # Each test has a workspace of its own; only work and events are common to all.
    async with hand.service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    await hand.forget_events()
    desk = TicketDesk(hand, clock)
    await desk.member("Mia", desk.me)
    yield desk
    await hand.service.database.close()
