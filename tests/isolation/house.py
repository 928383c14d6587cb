"""The whole platform in the loop of the test: the real gateway before the five real services.

The services' loops are at rest, so that a row changes only because somebody has asked for it.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.analytics.app import build as build_analytics
from services.analytics.settings import AnalyticsSettings
from services.inbox.app import compose
from services.inbox.settings import InboxSettings
from services.scheduler.app import compose as compose_scheduler
from services.scheduler.settings import SchedulerSettings
from services.ticketing.app import build as build_ticketing
from services.ticketing.settings import TicketingSettings
from shared.clock import ManualClock, SystemClock
from shared.profiles.outside import Outside
from shared.service import Service
from tests.support.fake_network import FakeConnector, FakeOutside
from tests.support.fake_publishing import FakePublisher
from tests.support.gateway import GatewayHand, running_gateway, serving
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.service import ServiceHand, platform_settings
from tests.support.team_directory import DirectoryHand, running_directory

Urls = Mapping[str, str]
_PATIENT: dict[str, Any] = {"login_rate": "100000/minute", "anonymous_rate": "100000/minute"}


@dataclass(frozen=True, slots=True)
class House:
    """What tests reach of the running platform."""

    urls: Urls
    gateway: GatewayHand
    directory: DirectoryHand
    sandbox: SandboxHand
    clock: ManualClock
    hands: Mapping[str, ServiceHand]


def _services(urls: Urls, clock: ManualClock) -> dict[str, Service]:
    common = {name: _settings(urls, name) for name in ("scheduler", "ticketing", "analytics")}
    outside = FakeOutside(FakeConnector(clock), clock)
    publisher = FakeOutside(FakePublisher(clock), clock)
    inbox = InboxSettings.model_validate(_settings(urls, "inbox"))
    return {
        "inbox": compose(inbox, clock, Outside(outside, outside)),
        "scheduler": compose_scheduler(
            SchedulerSettings.model_validate(common["scheduler"]),
            clock,
            Outside(publisher, publisher),
        ),
        "ticketing": build_ticketing(
            TicketingSettings.model_validate(common["ticketing"]), SystemClock()
        ),
        "analytics": build_analytics(
            AnalyticsSettings.model_validate(common["analytics"]), SystemClock()
        ),
    }


def _settings(urls: Urls, service: str) -> dict[str, object]:
    return {"database_url": urls[service], "port": 0, "platform": platform_settings(urls)}


@asynccontextmanager
async def open_house(urls: Urls, *, keep: bool = False) -> AsyncIterator[House]:
    """The platform on this database, empty unless it is to `keep` what there is."""
    clock = ManualClock(datetime.now(UTC))
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(running_sandbox())
        directory = await stack.enter_async_context(
            running_directory(urls, SystemClock(), sandbox_url=sandbox.url, keep=keep)
        )
        hands: dict[str, ServiceHand] = {"team_directory": directory}
        for name, service in _services(urls, clock).items():
            hands[name] = ServiceHand(service, urls[f"{name}_owner"])
            if not keep:
                await hands[name].empty()
            stack.push_async_callback(service.database.close)
        where: dict[str, Any] = {
            f"{name}_url": await stack.enter_async_context(serving(hand.service.app, at_rest=True))
            for name, hand in hands.items()
        }
        gateway = await stack.enter_async_context(running_gateway(urls, **where, **_PATIENT))
        yield House(urls, gateway, directory, sandbox, clock, hands)
