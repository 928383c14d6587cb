"""The walk through all faults of one bus, over one running installation under one steady load."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from deploy.topology import GATEWAY, SANDBOX
from shared.messaging.kafka_consumer import SESSION_MS
from shared.settings import BusKind
from tests.e2e.conftest import OWNER
from tests.e2e.test_slice import publish
from tests.faults.installation import LEASE_SECONDS, Installation, attacked
from tests.faults.load import Brand, Load, until
from tests.faults.reader import Fact, Outcome, Reader
from tests.faults.stream import Follower
from tests.support.desk import PASSWORD, DeskHand, browser
from tests.support.sandbox import SandboxHand

RECOVERY_SECONDS = 90.0
SETTLE_SECONDS = 90.0
_OUTAGE_SECONDS = 3.0
_SESSION_SECONDS = SESSION_MS / 1000
# A connection that the network ends while we begin to use it again would end the walk.
_FRESH = httpx.Limits(max_keepalive_connections=0)
_KINDS = ("full", "microblog")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that happens to an installation; `strike` returns when it is over."""

    name: str
    strike: Callable[[Installation], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Struck:
    """One fault that happened: from when, how long it lasted, and how soon all worked again."""

    name: str
    at: datetime
    lasted: float
    recovered: float


@dataclass(frozen=True, slots=True)
class Walk:
    bus: BusKind
    struck: Sequence[Struck]
    facts: Sequence[Fact]
    resumed: int
    resets: int

    @property
    def wrong(self) -> list[Fact]:
        return [one for one in self.facts if one.outcome not in (Outcome.KEPT, Outcome.UNKNOWN)]


def _killing(name: str) -> Fault:
    async def strike(installation: Installation) -> None:
        installation.kill(name)

    return Fault(f"kill -9 {name}", strike)


def _halting(name: str) -> Fault:
    async def strike(installation: Installation) -> None:
        await installation.halt(name, LEASE_SECONDS * 1.5)

    return Fault(f"{name} halted past its leases", strike)


def _cutting(name: str) -> Fault:
    async def strike(installation: Installation) -> None:
        await installation.cut(installation.wires[name], _OUTAGE_SECONDS)

    return Fault(f"{name} cut off from Postgres", strike)


async def _cut_network(installation: Installation) -> None:
    await installation.cut(installation.network_wire, _OUTAGE_SECONDS)


async def _cut_kafka(installation: Installation) -> None:
    """For so long that Kafka gives up all members of all groups."""
    await installation.cut(installation.kafka_wire, _SESSION_SECONDS * 1.5)


async def _fill_disk(installation: Installation) -> None:
    await installation.fill_disk(_OUTAGE_SECONDS)


async def _nothing(_installation: Installation) -> None:
    """For comparison: how long the probe takes when all is well."""


NOTHING = Fault("nothing", _nothing)


async def _lose_kafka(installation: Installation) -> None:
    await installation.lose_kafka()


def faults_of(bus: BusKind) -> list[Fault]:
    services = ("team_directory", "inbox", "scheduler", "ticketing", "analytics")
    faults = [_killing(name) for name in (*services, "gateway", "postgres")]
    if bus is BusKind.KAFKA:
        faults.append(_killing("kafka"))
    faults += [_halting("inbox"), _halting("scheduler"), _cutting("inbox"), _cutting("scheduler")]
    faults += [Fault("the network is cut off", _cut_network), Fault("the disk is full", _fill_disk)]
    if bus is BusKind.KAFKA:
        faults.append(Fault("all are cut off from Kafka", _cut_kafka))
        faults.append(Fault("Kafka loses its data", _lose_kafka))
    return faults


class Stage:
    """A person at the desk, two connected accounts and their customers."""

    def __init__(self, desk: DeskHand, network: SandboxHand) -> None:
        self.desk = desk
        self.network = network

    async def set_up(self) -> Load:
        body = {
            "name": "Olive Owner",
            "email": OWNER,
            "password": PASSWORD,
            "workspace_name": "Acme",
            "time_zone": "UTC",
            "locale": "en",
        }
        await until(self._complete, 60, "Everything is ready")
        await self.desk.do("POST", "/setup", body)
        brands = [await self._connect(kind) for kind in _KINDS]
        people = [await self.network.person(f"Person {n}", f"person_{n}") for n in range(8)]
        return Load(self.desk, self.network, Follower(self.desk.http), brands, people)

    async def _complete(self) -> bool:
        return bool((await self.desk.http.get("/healthz")).json()["ready"])

    async def _connect(self, kind: str) -> Brand:
        account_id = await self.network.account(kind, kind)
        answers = {"handle": kind, "access_code": f"code-{kind}"}
        body = {"network": "sandbox", "answers": answers}
        profile_id = (await self.desk.do("POST", "/team/profiles", body))["profile_id"]

        async def known() -> bool:
            inbox = await self.desk.do("GET", "/inbox/profiles")
            publishing = await self.desk.do("GET", "/publishing/profiles")
            return any(one["id"] == profile_id for one in inbox) and any(
                one["id"] == profile_id and one["limits"] for one in publishing
            )

        await until(known, 60, f"{kind} is connected")
        post = await publish(self.network, account_id, f"What {kind} is about")
        return Brand(kind, account_id, profile_id, post["id"])


class Probe:
    """Whether everything works: a customer is seen, answered and delegated, a post goes out."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self.stage = ""

    async def works(self) -> None:
        parts = {"customer": self._customer(), "post": self._post(), "numbers": self._numbers()}
        tasks = [asyncio.create_task(part, name=name) for name, part in parts.items()]
        done, late = await asyncio.wait(
            tasks, timeout=RECOVERY_SECONDS, return_when=asyncio.FIRST_EXCEPTION
        )
        for task in late:
            task.cancel()
        await asyncio.gather(*done)
        assert not late, f"Not again: {[task.get_name() for task in late]}; {self.stage}"

    async def _customer(self) -> None:
        load, text = self._load, self._load.words("Probe")
        await load.write(load.brands[0], await load.network.person(text, text), text)
        found = ""
        self.stage = f"seeing {text}"

        async def seen() -> bool:
            nonlocal found
            page = (await load.insist("GET", "/inbox/conversations?limit=50")).json()
            found = next((one["id"] for one in page["items"] if one["excerpt"] == text), "")
            return bool(found)

        await until(seen, RECOVERY_SECONDS, "A customer is seen")
        self.stage = "delegating"
        await load.delegate(found)
        self.stage = "answering"
        text = await load.answer(found)
        self.stage = "standing"
        await self._stands(text)

    async def _post(self) -> None:
        await self._stands(await self._load.plan(self._load.brands[1], 0.5))

    async def _numbers(self) -> None:
        today = datetime.now(UTC).date()
        path = f"/analytics/overview?first={today}&last={today}"
        assert (await self._load.insist("GET", path)).is_success

    async def _stands(self, text: str) -> None:
        async def look() -> bool:
            return any(item["text"] == text for item in await self._load.network.items())

        await until(look, RECOVERY_SECONDS, f"{text} stands on the network")


async def walk(
    bus: BusKind, faults: Sequence[Fault], say: Callable[[str], None], keep: Path | None = None
) -> Walk:
    """Strike all faults in turn; what became of everything."""
    async with attacked(bus, keep) as installation, _loaded(installation) as load:
        probe = Probe(load)
        struck = []
        for fault in (NOTHING, *faults):
            struck.append(await _strike(fault, installation, probe))
            load.check()
            say(f"{bus}: {fault.name}: works again after {struck[-1].recovered:.1f} s")
        facts = await _settled(installation, load)
        follower = load.follower
        return Walk(bus, struck, facts, follower.resumed, len(follower.resets))


async def _strike(fault: Fault, installation: Installation, probe: Probe) -> Struck:
    at, began = datetime.now(UTC), time.monotonic()
    await fault.strike(installation)
    over = time.monotonic()
    await probe.works()
    return Struck(fault.name, at, over - began, time.monotonic() - over)


@asynccontextmanager
async def _loaded(installation: Installation) -> AsyncIterator[Load]:
    """The installation under load for the length of the block."""
    urls = (installation.platform.url(GATEWAY), installation.platform.url(SANDBOX))
    async with (
        browser(urls[0], OWNER) as desk,
        httpx.AsyncClient(base_url=urls[1], timeout=10, trust_env=False, limits=_FRESH) as http,
    ):
        load = await Stage(desk, SandboxHand(url=urls[1], http=http)).set_up()
        async with load.at_work():
            yield load


async def _settled(installation: Installation, load: Load) -> Sequence[Fact]:
    """What became of everything, once the load has ended and nothing is under way any more."""
    await load.end()
    reader = Reader(installation.database_url(), load.network.http)
    facts: Sequence[Fact] = ()

    async def at_rest() -> bool:
        nonlocal facts
        facts = await reader.facts(load.promises, load.follower)
        return not any(fact.outcome in (Outcome.LOST, Outcome.OPEN) for fact in facts)

    with suppress(AssertionError):  # Who reads the facts judges them.
        await until(at_rest, SETTLE_SECONDS, "Everything is settled")
    return facts
