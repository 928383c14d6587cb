"""The running platform with its owner, and the sandbox network beside it."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from deploy.topology import GATEWAY, SANDBOX
from shared.settings import BusKind
from tests.support.desk import PASSWORD, DeskHand, browser, until
from tests.support.kafka import require_kafka
from tests.support.platform import LocalPlatform, platform_home
from tests.support.sandbox import SandboxHand

OWNER = "owner@example.com"
# An empty network, replies that leave at once, and room for everybody who signs in from here.
QUIET = {
    "SANDBOX_DEMO": "false",
    "SANDBOX_PER_MINUTE": "0",
    "INBOX_UNDO_SECONDS": "0",
    "GATEWAY_LOGIN_RATE": "1000/minute",
}


ON_BOTH = (BusKind.POSTGRES, pytest.param(BusKind.KAFKA, marks=pytest.mark.kafka))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """The Postgres bus is enough, unless a module asks for both by its `BUSES`."""
    if "running" in metafunc.fixturenames:
        buses = getattr(metafunc.module, "BUSES", (BusKind.POSTGRES,))
        metafunc.parametrize("running", buses, indirect=True, scope="session")


@pytest.fixture(scope="session")
def running(request: pytest.FixtureRequest) -> Iterator[LocalPlatform]:
    """The platform on the asked bus, without demo data and with an empty sandbox."""
    if request.param is BusKind.KAFKA:
        require_kafka()
    for home in platform_home():
        platform = LocalPlatform(home, QUIET)
        platform.start("--bus", request.param)
        yield platform
        platform.stop()


@pytest.fixture(scope="session")
async def owner(running: LocalPlatform) -> AsyncIterator[DeskHand]:
    async with browser(running.url(GATEWAY), OWNER) as desk:

        async def complete() -> bool:
            """The gateway answers before all parts do; following a new Kafka takes seconds."""
            return bool((await desk.http.get("/healthz")).json()["ready"])

        await until(complete)
        await desk.do(
            "POST",
            "/setup",
            {
                "name": "Olive Owner",
                "email": OWNER,
                "password": PASSWORD,
                "workspace_name": "Acme",
                "time_zone": "Europe/Berlin",
                "locale": "en",
            },
        )
        yield desk


@pytest.fixture(scope="session")
async def network(running: LocalPlatform) -> AsyncIterator[SandboxHand]:
    url = running.url(SANDBOX)
    async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        yield SandboxHand(url=url, http=http)
