"""The inbox as people work with it, over HTTP, with its loops at rest."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from services.inbox.app import compose
from services.inbox.settings import InboxSettings
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.profiles.outside import Outside
from tests.support.fake_network import FakeConnector, FakeOutside
from tests.support.inbox_desk import InboxDesk
from tests.support.service import ServiceHand, platform_settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def network(clock: ManualClock) -> FakeConnector:
    return FakeConnector(clock)


@pytest.fixture
def outside(network: FakeConnector, clock: ManualClock) -> FakeOutside:
    return FakeOutside(network, clock)


@pytest.fixture
async def desk(
    database_urls: Mapping[str, str], clock: ManualClock, outside: FakeOutside
) -> AsyncIterator[InboxDesk]:
    async with open_desk(database_urls, clock, outside) as desk:
        yield desk


@asynccontextmanager
async def open_desk(
    database_urls: Mapping[str, str], clock: ManualClock, outside: FakeOutside, **more: Any
) -> AsyncIterator[InboxDesk]:
    settings = InboxSettings(
        database_url=database_urls["inbox"],
        port=0,
        platform=platform_settings(database_urls),
        **more,
    )
    hand = ServiceHand(
        compose(settings, clock, Outside(outside, outside)), database_urls["inbox_owner"]
    )
    # Each test has a workspace of its own; only work and events are common to all.
    async with hand.service.database.begin() as tx:
        await tx.session.execute(work_items.delete())
    await hand.forget_events()
    desk = InboxDesk(hand, clock)
    await desk.open()
    yield desk
    await hand.service.database.close()
