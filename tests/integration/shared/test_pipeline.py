"""From an outbox over the bus to one effect: relay, consumer, dead letters, repair."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy import select

from services.ticketing.consumers import SUBSCRIPTIONS
from services.ticketing.models import Member
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.errors import InvalidError, UnavailableError
from shared.events.envelope import Envelope
from shared.events.team_directory import MemberSaved
from shared.ids import new_id
from shared.messaging.bus import Consumer, Message, Record
from shared.messaging.consumer import ConsumerLoop, ConsumerStoppedError
from shared.messaging.dead_letters import list_dead_letters, replay_dead_letter
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import Subscription, on, on_together
from tests.integration.shared.conftest import count, member_saved

TOPIC = MemberSaved.topic
Urls = Mapping[str, str]


def loop_of(database: Database, bus: PostgresBus, *subscriptions: Subscription) -> ConsumerLoop:
    return ConsumerLoop(database, bus, "ticketing", subscriptions or SUBSCRIPTIONS)


@asynccontextmanager
async def consuming(loop: ConsumerLoop) -> AsyncIterator[Consumer]:
    async with loop.bus.consume(loop.group, loop.topics) as consumer:
        yield consumer


async def drain(loop: ConsumerLoop, *, until: int) -> None:
    """Consume until so many records came by, in one membership of the group."""
    async with consuming(loop) as consumer:
        seen = 0
        while seen < until:
            seen += await loop.step(consumer, wait=2)


async def members(database: Database, workspace_id: UUID) -> list[str]:
    async with database.read(workspace_id) as read:
        rows = await read.all(select(Member.name).order_by(Member.name))
    return [row.name for row in rows]


async def publish(database: Database, *events: MemberSaved) -> None:
    async with database.begin(events[0].workspace_id) as tx:
        await tx.publish(*events)


async def test_an_event_becomes_one_effect_however_often_it_is_delivered(
    team_directory: Database, ticketing: Database, bus: PostgresBus, workspace_id: UUID
) -> None:
    seen: list[str] = []

    async def note(_tx: Tx, event: MemberSaved) -> None:
        seen.append(event.name)

    await publish(team_directory, member_saved(workspace_id, "Ada"))
    assert await Relay(team_directory, bus).drain() == 1
    loop = loop_of(ticketing, bus, on(MemberSaved, note))
    await drain(loop, until=1)
    await bus.reset("ticketing", [TOPIC])
    await drain(loop, until=1)
    assert seen == ["Ada"]


async def test_what_is_handled_together_comes_once_and_apart_by_workspace(
    ticketing: Database, bus: PostgresBus
) -> None:
    ours, theirs = sorted([new_id(), new_id()])
    seen: list[tuple[UUID, list[str]]] = []

    async def note(tx: Tx, envelopes: Sequence[Envelope]) -> None:
        names = [event.name for one in envelopes if isinstance(event := one.event, MemberSaved)]
        seen.append((tx.workspace_id, names))

    ada, bob, cleo = (
        member_saved(workspace_id, name)
        for workspace_id, name in ((ours, "Ada"), (theirs, "Bob"), (ours, "Cleo"))
    )
    bodies = [Envelope(new_id(), ticketing.clock.now(), one) for one in (ada, bob, cleo, ada)]
    records = [
        Record(TOPIC, 0, number, one.event.key, one.headers(), one.body())
        for number, one in enumerate([*bodies, bodies[0]])
    ]
    loop = loop_of(ticketing, bus, *on_together(note, MemberSaved))
    await loop.dispatcher.handle(records)
    await loop.dispatcher.handle(records)
    assert seen == [(ours, ["Ada", "Cleo", "Ada"]), (theirs, ["Bob"])]


async def test_a_batch_spans_workspaces_and_keeps_them_apart(
    team_directory: Database, ticketing: Database, bus: PostgresBus
) -> None:
    ours, theirs = new_id(), new_id()
    for workspace_id, name in ((ours, "Ada"), (theirs, "Bob"), (ours, "Cleo")):
        await publish(team_directory, member_saved(workspace_id, name))
    await Relay(team_directory, bus).drain()
    await drain(loop_of(ticketing, bus), until=3)
    assert await members(ticketing, ours) == ["Ada", "Cleo"]
    assert await members(ticketing, theirs) == ["Bob"]


async def test_only_the_culprit_of_a_batch_becomes_a_dead_letter_and_can_be_replayed(
    team_directory: Database, ticketing: Database, bus: PostgresBus, workspace_id: UUID
) -> None:
    broken = True

    async def remember(tx: Tx, event: MemberSaved) -> None:
        if broken and event.name == "Bob":
            raise InvalidError("Bob cannot be handled.")
        await SUBSCRIPTIONS[0].handle(tx, event)

    await publish(
        team_directory, *(member_saved(workspace_id, name) for name in ("Ada", "Bob", "Cleo"))
    )
    await Relay(team_directory, bus).drain()
    loop = loop_of(ticketing, bus, on(MemberSaved, remember))
    await drain(loop, until=3)
    assert await members(ticketing, workspace_id) == ["Ada", "Cleo"]

    async with ticketing.read(workspace_id) as read:
        (letter,) = await list_dead_letters(read)
    assert (letter.code, letter.detail) == ("invalid", "Bob cannot be handled.")
    async with ticketing.read(new_id()) as read:
        assert await list_dead_letters(read) == []

    broken = False
    async with ticketing.begin(workspace_id) as tx:
        await replay_dead_letter(tx, letter.id, loop.dispatcher)
    assert await members(ticketing, workspace_id) == ["Ada", "Bob", "Cleo"]
    async with ticketing.read(workspace_id) as read:
        assert await list_dead_letters(read) == []


async def test_a_transient_failure_holds_its_partition_until_it_passes(
    team_directory: Database, ticketing: Database, bus: PostgresBus, workspace_id: UUID
) -> None:
    calls: list[str] = []

    async def flaky(tx: Tx, event: MemberSaved) -> None:
        calls.append(event.name)
        if len(calls) < 4:
            raise UnavailableError
        await SUBSCRIPTIONS[0].handle(tx, event)

    await publish(team_directory, member_saved(workspace_id, "Ada"))
    await Relay(team_directory, bus).drain()
    loop = loop_of(ticketing, bus, on(MemberSaved, flaky))
    async with consuming(loop) as consumer:
        while not await members(ticketing, workspace_id):
            await loop.step(consumer, wait=2)
    assert await members(ticketing, workspace_id) == ["Ada"]
    assert await count(ticketing, "SELECT count(*) FROM dead_letters") == 0


async def test_an_unreadable_record_is_set_aside(ticketing: Database, bus: PostgresBus) -> None:
    headers = {"ce_type": MemberSaved.event_name(), "ce_id": str(new_id()), "ce_time": "x"}
    await bus.publish([Message(TOPIC, "key", headers, b"{}")])
    await drain(loop_of(ticketing, bus), until=1)
    async with ticketing.read() as read:
        (letter,) = await list_dead_letters(read)
    assert letter.code == "events.unreadable"


async def test_a_run_of_dead_letters_stops_the_consumer(
    team_directory: Database, ticketing: Database, bus: PostgresBus, workspace_id: UUID
) -> None:
    async def refuse(_tx: Tx, _event: MemberSaved) -> None:
        raise InvalidError

    await publish(team_directory, *(member_saved(workspace_id) for _ in range(200)))
    await Relay(team_directory, bus).drain()
    loop = loop_of(ticketing, bus, on(MemberSaved, refuse))
    with pytest.raises(ConsumerStoppedError):
        await drain(loop, until=200)


async def destroy_log(urls: Urls) -> None:
    connection = await asyncpg.connect(urls["bus"])
    try:
        await connection.execute("DELETE FROM bus.records")
        await connection.execute("UPDATE bus.partitions SET next_offset = 0")
        await connection.execute("DELETE FROM bus.commits")
    finally:
        await connection.close()


async def test_what_the_log_lost_is_sent_again_though_nothing_new_comes(
    team_directory: Database,
    ticketing: Database,
    bus: PostgresBus,
    urls: Urls,
    workspace_id: UUID,
) -> None:
    relay = Relay(team_directory, bus)
    await publish(team_directory, *(member_saved(workspace_id, f"A{n}") for n in range(20)))
    await relay.drain()
    await destroy_log(urls)

    async with team_directory.engine.connect() as connection:
        await relay.check(connection)
        await connection.commit()
    await relay.drain()
    await drain(loop_of(ticketing, bus), until=20)
    assert len(await members(ticketing, workspace_id)) == 20


@pytest.mark.parametrize("restarted", [True, False])
async def test_a_log_that_was_lost_is_sent_again_and_has_no_second_effect(
    team_directory: Database,
    ticketing: Database,
    bus: PostgresBus,
    urls: Urls,
    workspace_id: UUID,
    *,
    restarted: bool,
) -> None:
    relay = Relay(team_directory, bus)
    await publish(team_directory, *(member_saved(workspace_id, f"A{n}") for n in range(20)))
    await relay.drain()
    await drain(loop_of(ticketing, bus), until=20)
    await publish(team_directory, *(member_saved(workspace_id, f"B{n}") for n in range(20)))
    await relay.drain()
    await destroy_log(urls)

    if restarted:
        relay = Relay(team_directory, bus)
        async with team_directory.engine.connect() as connection:
            await relay.verify(connection)
            await connection.commit()
    await publish(team_directory, *(member_saved(workspace_id, f"C{n}") for n in range(20)))
    await relay.drain()
    await drain(loop_of(ticketing, bus), until=60)

    names = await members(ticketing, workspace_id)
    assert sorted(names) == sorted(f"{letter}{n}" for letter in "ABC" for n in range(20))
