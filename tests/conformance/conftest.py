"""The two implementations of the bus, each on its real server."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from pydantic import SecretStr

from shared.ids import new_id
from shared.messaging.bus import Bus
from shared.messaging.connect import open_bus
from shared.settings import BusKind, PlatformSettings

OpenBus = Callable[[], Awaitable[Bus]]


@pytest.fixture(
    scope="session",
    params=[BusKind.POSTGRES, pytest.param(BusKind.KAFKA, marks=pytest.mark.kafka)],
)
def bus_settings(request: pytest.FixtureRequest) -> PlatformSettings:
    settings = PlatformSettings(
        bus=request.param,
        bus_partitions=4,
        internal_secrets=SecretStr("test-" * 8),
        lease_seconds=3,
    )
    if settings.bus is BusKind.KAFKA:
        kafka = request.getfixturevalue("kafka")
        return settings.model_copy(update={"kafka_bootstrap": kafka.bootstrap})
    urls = request.getfixturevalue("database_urls")
    return settings.model_copy(update={"bus_database_url": urls["bus"]})


@pytest.fixture
async def open_another(bus_settings: PlatformSettings) -> AsyncIterator[OpenBus]:
    """Starts further clients of the same log, as other processes would."""
    async with AsyncExitStack() as stack:

        async def start() -> Bus:
            bus = open_bus(bus_settings)
            await bus.start()
            stack.push_async_callback(bus.stop)
            return bus

        yield start


@pytest.fixture
async def bus(open_another: OpenBus) -> Bus:
    return await open_another()


@pytest.fixture
def topic() -> str:
    return f"test.{new_id().hex}"


@pytest.fixture
def group() -> str:
    return f"group-{new_id().hex}"
