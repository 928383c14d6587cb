"""What only the Postgres bus has to prove: outages, fencing, fair shares and retention."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deploy.local.postgres import PostgresServer
from deploy.postgres.bootstrap import bootstrap
from shared.errors import UnavailableError
from shared.messaging.bus import Message, TopicPartition
from shared.messaging.postgres import PostgresBus
from shared.messaging.postgres_group import lock_key, share_out
from shared.messaging.postgres_reader import Partition, Reader
from shared.messaging.postgres_retention import delete_expired
from shared.messaging.postgres_schema import connect
from tests.conformance.helpers import (
    PATIENCE,
    bodies,
    follow,
    publish_all,
    take,
    take_and_commit,
    until,
)
from tests.support.postgres import PASSWORDS

WEEK = timedelta(days=7)
MEGABYTE = 1024 * 1024


@asynccontextmanager
async def running_bus(url: str) -> AsyncIterator[PostgresBus]:
    bus = PostgresBus(url, partitions=4, retention=WEEK)
    await bus.start()
    try:
        yield bus
    finally:
        await bus.stop()


@pytest.fixture
async def bus(database_urls: Mapping[str, str]) -> AsyncIterator[PostgresBus]:
    async with running_bus(database_urls["bus"]) as bus:
        yield bus


@pytest.fixture
async def connection(database_urls: Mapping[str, str]) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_urls["bus"])
    yield connection
    await connection.close()


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A durable server of its own, which a test may kill."""
    with TemporaryDirectory(prefix="parley-test-") as folder:
        home = Path(folder)
        home.chmod(0o711)  # As root the server has another account, which passes through here.
        server = PostgresServer(home / "postgres", password="test-postgres")
        server.start()
        try:
            bootstrap(server.cluster, PASSWORDS)
            yield server
        finally:
            server.stop()


async def test_starting_at_once_makes_the_tables_once(
    new_database: Callable[[], Mapping[str, str]], topic: str
) -> None:
    url = new_database()["bus"]
    buses = [PostgresBus(url, partitions=4, retention=WEEK) for _ in range(4)]
    try:
        await asyncio.gather(*(bus.start() for bus in buses))
        await asyncio.gather(*(bus.create_topics([topic]) for bus in buses))
        assert len(await buses[0].ends([topic])) == 4
    finally:
        await asyncio.gather(*(bus.stop() for bus in buses))


async def test_nothing_answers() -> None:
    bus = PostgresBus("postgresql://bus@127.0.0.1:1/parley", retention=WEEK)
    with pytest.raises(UnavailableError):
        await bus.start()


async def test_a_server_that_is_killed_loses_nothing(
    server: PostgresServer, topic: str, group: str
) -> None:
    url = server.cluster.urls(PASSWORDS, "parley")["bus"]
    revoked = asyncio.Event()
    async with (
        running_bus(url) as bus,
        bus.tail([topic]) as live,
        bus.consume(group, [topic], on_revoked=lambda _: revoked.set()) as consumer,
    ):
        await publish_all(bus, topic, ["committed"])
        await take_and_commit(consumer, 1)
        await publish_all(bus, topic, ["fetched"])
        assert bodies(await take(consumer, 1)) == ["fetched"]

        kill(server)
        await until(revoked.is_set, revoked)
        with pytest.raises(UnavailableError):
            await publish_all(bus, topic, ["refused"])
        assert await consumer.fetch(10, 0) == {}
        server.start()

        await publish_all(bus, topic, ["after"])
        assert bodies(await take(consumer, 2)) == ["fetched", "after"]
        assert bodies(await follow(live, 3)) == ["committed", "fetched", "after"]


def kill(server: PostgresServer) -> None:
    """All of it at once, as a power cut does; a backend alone would serve on for a moment."""
    assert server.pid is not None
    postmaster = psutil.Process(server.pid)
    family = [postmaster, *postmaster.children(recursive=True)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(family[1:], timeout=PATIENCE)


async def test_a_member_that_lost_its_connection_cannot_commit(
    bus: PostgresBus, connection: asyncpg.Connection, topic: str, group: str
) -> None:
    revoked: set[TopicPartition] = set()
    lost = asyncio.Event()

    def on_revoked(places: Collection[TopicPartition]) -> None:
        revoked.update(places)
        lost.set()

    await publish_all(bus, topic, ["a", "b"])
    async with bus.consume(group, [topic], on_revoked=on_revoked) as consumer:
        (place,) = {record.place for record in await take(consumer, 2)}
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid) "
            "where locktype = 'advisory' and datname = current_database() and usename = 'bus'"
        )
        await until(lost.is_set, lost)
        await consumer.commit({place: 2})

        assert len(revoked) == 4
        assert bodies(await take(consumer, 2)) == ["a", "b"]


async def test_what_a_batch_of_large_records_holds_is_bounded(
    bus: PostgresBus, topic: str, group: str
) -> None:
    sent = [Message(topic, "key", {}, bytes([n]) * 7 * MEGABYTE) for n in range(5)]
    await bus.publish(sent)

    async with bus.consume(group, [topic]) as consumer:
        (first,) = (await consumer.fetch(10, PATIENCE)).values()
        rest = await take(consumer, 5 - len(first))

    assert 0 < len(first) < 5
    assert [record.body for record in (*first, *rest)] == [each.body for each in sent]


async def test_a_log_that_was_small_is_not_scanned_when_it_grows(
    new_database: Callable[[], Mapping[str, str]], topic: str
) -> None:
    url = new_database()["bus"]
    async with running_bus(url) as bus:
        await publish_all(bus, topic, [f"{n}" for n in range(20)])
    connection = await connect(url)
    try:
        await connection.execute("analyze bus.records")
        (row,) = await connection.fetch(
            "select id, number from bus.partitions where next_offset > 0"
        )
        reader, place = Reader(), TopicPartition(topic, row["number"])
        reader.open(Partition(row["id"], place), 0)
        before = await scans(connection)
        for _ in range(10):  # From the sixth time on Postgres keeps the plan.
            assert len((await reader.read(connection, 5))[place]) == 5
            reader.seek(place, 0)
        assert await scans(connection) == before
    finally:
        await connection.close()


async def scans(connection: asyncpg.Connection) -> int:
    await connection.execute("select pg_stat_force_next_flush()")
    statement = "select seq_scan from pg_stat_user_tables where relid = 'bus.records'::regclass"
    return int(await connection.fetchval(statement))


PLACES = [Partition(number, TopicPartition("topic", number)) for number in range(8)]


@given(st.integers(1, 10), st.sets(st.sampled_from(PLACES)), st.sets(st.sampled_from(PLACES)))
def test_a_share_is_never_more_than_fair(
    members: int, mine: set[Partition], theirs: set[Partition]
) -> None:
    owned = {each.place for each in mine}
    free = {each.place for each in PLACES if each not in mine | theirs}

    plan = share_out(PLACES, {"topic": members}, owned, free)

    kept = owned - {each.place for each in plan.surplus}
    quota = ceil(8 / members)
    assert len(kept) == min(len(owned), quota)
    assert {each.place for each in plan.wanted} <= free
    assert len(plan.wanted) == min(len(free), quota - len(kept))


async def test_more_members_than_partitions(bus: PostgresBus, topic: str, group: str) -> None:
    async with (
        bus.consume(group, [topic]),
        bus.consume(group, [topic]),
        bus.consume(group, [topic]),
        bus.consume(group, [topic]),
        bus.consume(group, [topic]) as fifth,
    ):
        assert await fifth.lag() == {}


async def test_retention_keeps_what_is_young_or_unread(
    bus: PostgresBus, connection: asyncpg.Connection, topic: str, group: str
) -> None:
    (place,) = {p.partition for p in await publish_all(bus, topic, [f"{n}" for n in range(10)])}
    # A bus cleans when it starts.
    await connection.execute("select pg_advisory_lock($1)", lock_key("retention"))
    await connection.execute("select pg_advisory_unlock($1)", lock_key("retention"))
    await connection.execute(
        "update bus.records set published_at = now() - interval '8 days' "
        "where record_offset < 6 and partition_id = "
        "(select id from bus.partitions where topic = $1 and number = $2)",
        *(topic, place),
    )
    async with bus.consume(group, [topic]) as consumer:
        await take(consumer, 10)
        await consumer.commit({TopicPartition(topic, place): 4})
    assert await delete_expired(connection, WEEK) == 4

    async with bus.consume(f"{group}-new", [topic]) as newcomer:
        assert sum((await newcomer.lag()).values()) == 6
        assert bodies(await take_and_commit(newcomer, 6)) == ["4", "5", "6", "7", "8", "9"]
    assert await delete_expired(connection, WEEK) == 0

    await connection.execute(
        "update bus.commits set committed_at = now() - interval '8 days' where group_name = $1",
        group,
    )
    assert await delete_expired(connection, WEEK) == 2
    assert await bus.peek(TopicPartition(topic, place), 5) is None
    assert await bus.peek(TopicPartition(topic, place), 6) is not None
