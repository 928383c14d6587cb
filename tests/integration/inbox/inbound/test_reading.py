"""Reading a profile: page by page, beside a connection, and by one process only."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.inbox.adapters.hooks import DerivedSecrets
from services.inbox.commands.copies import remember_profile
from services.inbox.commands.reading import READ, START, SUBSCRIBE, take_thread
from services.inbox.commands.receive import HANDLE, receive
from services.inbox.domain.pacing import Pace
from services.inbox.jobs.deliveries import delivery_work
from services.inbox.jobs.gauges import LEDGER, refresh_ledger
from services.inbox.jobs.reading import Reading, reading_work
from services.inbox.jobs.streaming import Streaming
from services.inbox.models import Delivery, Reader
from services.inbox.repository import ledgers, threads
from shared.clock import ManualClock
from shared.db.group_commit import GroupCommit
from shared.db.kernel_tables import work_items
from shared.db.work import Worker
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.networks.connector import Connected, Push
from shared.networks.errors import RemoteTransientError, UnsupportedError
from shared.networks.types import Credentials, Page, RateLimit
from shared.profiles.caller import Caller
from tests.integration.inbox.inbound.conftest import Inbound
from tests.support.gateway import until
from tests.support.inbound import BEGIN, written
from tests.support.plain_network import ACCOUNT, PlainNetwork
from tests.support.sandbox_inbox import OneProfileDirectory

PACE = Pace()


@dataclass
class Station:
    """A profile on the plain network, and the jobs that read it."""

    inbound: Inbound
    network: PlainNetwork
    reading: Reading
    clock: ManualClock

    async def told(
        self, state: ProfileState = ProfileState.CONNECTED, *, restated: bool = False
    ) -> None:
        event = ProfileSaved(
            workspace_id=self.inbound.workspace_id,
            profile_id=self.inbound.profile_id,
            network="plain",
            external_id="us",
            handle="us",
            display_name="Us",
            state=state,
            restated=restated,
        )
        async with self.inbound.database.begin(self.inbound.workspace_id) as tx:
            await remember_profile(tx, event)

    async def work(self, *names: str) -> None:
        database = self.inbound.database
        kinds = [*reading_work(self.reading), *delivery_work(database, self.network)]
        for kind in kinds:
            if not names or kind.name in names:
                await Worker(database, kind).drain()

    async def due(self, kind: str) -> timedelta | None:
        """How long until the work is due; None when there is none."""
        async with self.inbound.database.read() as read:
            row = await read.first(
                select(work_items.c.due_at).where(work_items.c.kind == kind).limit(1)
            )
        return None if row is None else row.due_at - self.clock.now()

    async def readers(self) -> dict[str, Any]:
        return {row.stream: row for row in await self.inbound.all(Reader)}


@pytest.fixture
def station(inbound: Inbound, clock: ManualClock) -> Station:
    network = PlainNetwork()
    directory = OneProfileDirectory(
        network, Connected(account=ACCOUNT, credentials=Credentials(data={}))
    )
    reading = Reading(
        database=inbound.database,
        caller=Caller(network, directory, clock),
        secrets=DerivedSecrets(["key"]),
        hooks_url="http://127.0.0.1/hooks",
        pace=PACE,
    )
    return Station(inbound, network, reading, clock)


def page(*items: str, cursor: str, more: bool = False, left: int = 100) -> Page:
    return Page(
        deliveries=[written(item) for item in items],
        cursor=cursor,
        more=more,
        rate=RateLimit(limit=100, remaining=left, reset_at=BEGIN + timedelta(hours=1)),
    )


async def test_pages_are_read_to_the_end_and_on_from_there(station: Station) -> None:
    station.network.polled = {
        None: page("a", "b", cursor="1", more=True),
        "1": page("c", cursor="2"),
        "2": page("d", cursor="3"),
    }
    await station.told()
    await station.work(START, READ)
    assert station.network.polls == [None, "1"]
    sources = {row.external_id: row.source for row in await station.inbound.all(Delivery)}
    assert set(sources.values()) == {"back_fill"}
    reader = (await station.readers())["all"]
    assert (reader.cursor, reader.back_filled) == ("2", True)
    assert await station.due(READ) == PACE.alone

    station.clock.advance(PACE.alone)
    await station.work(READ)
    assert station.network.polls == [None, "1", "2"]
    rows = {row.external_id: row.source for row in await station.inbound.all(Delivery)}
    assert rows["d@1"] == "poll"


async def test_a_page_that_leads_to_itself_ends_the_reading(station: Station) -> None:
    station.network.polled = {
        None: page("a", cursor="1", more=True),
        "1": page("a", cursor="1", more=True),
    }
    await station.told()
    await station.work(START, READ)
    assert station.network.polls == [None, "1"]


async def test_what_was_written_before_the_network_told_us_is_polled(station: Station) -> None:
    manifest = replace(station.network.manifest, push=Push.WEBHOOK)
    station.network.manifest = manifest
    station.network.polled = {None: page("a", cursor="1"), "1": page("b", cursor="2")}
    await station.told()
    await station.work(START, READ)
    assert await station.due(READ) == PACE.alone

    await station.work(SUBSCRIBE)
    assert len(station.network.subscribed) == 1
    await station.work(READ)
    assert station.network.polls == [None, "1"]
    assert await station.due(READ) == PACE.beside_push


async def test_a_budget_that_runs_low_is_left_to_people(station: Station) -> None:
    station.network.polled = {None: page("a", cursor="1", left=5)}
    await station.told()
    await station.work(START, READ)
    assert await station.due(READ) == timedelta(hours=1)


async def test_what_is_only_told_once_more_begins_nothing(station: Station) -> None:
    async def waiting() -> list[Any]:
        async with station.inbound.database.begin() as tx:
            rows = await tx.session.execute(select(work_items).order_by("kind", "key"))
            return [tuple(row) for row in rows]

    await station.told()
    before = await waiting()
    station.clock.advance(timedelta(minutes=1))
    await station.told(restated=True)
    assert await waiting() == before


async def test_a_profile_that_is_disconnected_is_left_alone(station: Station) -> None:
    await station.told()
    await station.work(START)
    await station.told(ProfileState.DISCONNECTED)
    assert await station.due(READ) is None
    await station.work(READ)
    assert station.network.polls == []


def streaming(station: Station) -> Streaming:
    intake = GroupCommit(station.inbound.database, receive)
    return Streaming(station.reading, intake, lease=timedelta(seconds=0.15))


@pytest.fixture
async def follower(station: Station) -> AsyncIterator[Streaming]:
    follower = streaming(station)
    yield follower
    await follower.stop()


async def test_what_a_connection_says_is_stored_as_it_comes(
    station: Station, follower: Streaming
) -> None:
    await station.told()
    await station.work(START)
    assert await follower.take_up() == 1
    await until(lambda: station.network.listeners == 1)
    await station.network.heard.put(written("a"))
    await station.network.heard.put(written("b", minute=1))

    async def all_stored() -> bool:
        return len(await station.inbound.all(Delivery)) == 2

    await until(all_stored)
    await station.inbound.handle()
    assert set(await station.inbound.interactions()) == {"a", "b"}
    # Polling goes on beside it, only seldom.

    async def alive() -> bool:
        return (await station.readers())["push"].read_at is not None

    await until(alive)
    await station.work(READ)
    assert await station.due(READ) == PACE.beside_push


async def test_one_process_only_follows_a_profile(station: Station, follower: Streaming) -> None:
    other = streaming(station)
    await station.told()
    await station.work(START)
    taken = [await follower.take_up(), await other.take_up()]
    assert taken == [1, 0]
    await until(lambda: station.network.listeners == 1)

    # Renewed while it is followed, however long that is.
    for _ in range(3):
        station.clock.advance(timedelta(seconds=20))
        await asyncio.sleep(0.3)
        assert await other.take_up() == 0
    await follower.stop()
    assert station.network.listeners == 0
    station.clock.advance(timedelta(minutes=1))
    assert await other.take_up() == 1
    await other.stop()


async def test_a_broken_connection_is_opened_again_after_polling(
    station: Station, follower: Streaming
) -> None:
    await station.told()
    await station.work(START, READ)
    assert await follower.take_up() == 1
    await until(lambda: station.network.listeners == 1)
    await station.network.heard.put(RemoteTransientError())
    await until(lambda: not follower.following)
    assert (await station.readers())["push"].error_code == "network.unavailable"
    assert await follower.take_up() == 0

    polls = len(station.network.polls)
    station.clock.advance(timedelta(seconds=10))
    assert await follower.take_up() == 1
    await until(lambda: station.network.listeners == 1)
    await station.work(READ)
    assert len(station.network.polls) == polls + 1


async def test_a_server_without_a_stream_is_polled(station: Station, follower: Streaming) -> None:
    await station.told()
    await station.work(START)
    await station.network.heard.put(UnsupportedError())
    await follower.take_up()
    await until(lambda: not follower.following)
    await station.work(READ)
    assert await station.due(READ) == PACE.alone


async def test_disconnecting_ends_the_following(station: Station, follower: Streaming) -> None:
    await station.told()
    await station.work(START)
    await follower.take_up()
    await until(lambda: station.network.listeners == 1)
    await station.told(ProfileState.DISCONNECTED)
    await until(lambda: station.network.listeners == 0)


async def test_a_delivery_that_breaks_its_batch_stops_only_itself(station: Station) -> None:
    await station.told()
    # Postgres cannot index an id like this, and nothing earlier notices.
    endless = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(250))
    await station.inbound.receive(written("a"), written(endless, "omar"), written("b", minute=1))
    await station.work(HANDLE)
    assert set(await station.inbound.interactions()) == {"a", "b"}
    rows = {row.external_id[:5]: row for row in await station.inbound.all(Delivery)}
    culprit = rows.pop(endless[:5])
    assert (culprit.state, culprit.error_code) == ("failed", "inbox.delivery_not_handled")
    assert {row.state for row in rows.values()} == {"handled"}
    ledger = await station.inbound.ledger()
    assert (ledger.stored, ledger.handled, ledger.failed, ledger.health) == (3, 2, 1, "attention")
    assert await station.due(HANDLE) is None


async def test_handling_goes_on_while_more_arrives(station: Station) -> None:
    """Whoever adds while a worker is at it neither stops the worker nor is overlooked."""
    await station.told()
    adding = [station.inbound.receive(written(f"i{n}", minute=n)) for n in range(30)]
    await asyncio.gather(*adding, *(station.work(HANDLE) for _ in range(3)))
    await station.work(HANDLE)
    ledger = await station.inbound.ledger()
    assert (ledger.stored, ledger.handled) == (30, 30)
    assert len(await station.inbound.interactions()) == 30
    assert await station.due(HANDLE) is None


async def test_reading_back_waits_for_handling_and_not_the_other_way_round(
    station: Station,
) -> None:
    inbound = station.inbound
    await inbound.take(written("first", thread="post"))

    async def read_back() -> None:
        async with inbound.database.begin(inbound.workspace_id) as tx:
            await take_thread(tx, inbound.profile_id, "post", [written("second", thread="post")])

    async with inbound.database.begin(inbound.workspace_id) as handling:
        await threads.mark_read(handling, inbound.profile_id, "post")
        reading = asyncio.create_task(read_back())
        done, _ = await asyncio.wait([reading], timeout=0.2)
        assert not done
        await ledgers.count(handling, inbound.profile_id, {"handled": 1})
    await reading
    ledger = await inbound.ledger()
    assert (ledger.stored, ledger.handled) == (2, 2)


async def test_an_endless_network_is_given_up(station: Station) -> None:
    station.network.slow = asyncio.Event()
    station.reading = replace(station.reading, pace=Pace(patience=timedelta(seconds=0.2)))
    await station.told()
    await station.work(START)
    await station.work(READ)
    assert (await station.readers())["all"].error_code == "network.unavailable"
    assert await station.due(READ) == timedelta(seconds=5)


async def test_the_ledger_is_shown_to_prometheus(station: Station) -> None:
    await station.told()
    await station.inbound.receive(written("a"), written("b"), written("a"))
    await station.inbound.handle()
    await station.inbound.receive(written("c"))
    await refresh_ledger(station.inbound.database)
    shown = {
        sample.labels["step"]: sample.value
        for metric in LEDGER.collect()
        for sample in metric.samples
    }
    assert shown == {
        "received": 4,
        "repeated": 1,
        "stored": 3,
        "handled": 2,
        "failed": 0,
        "discarded": 0,
        "gaps_filled": 0,
        "waiting": 1,
    }
