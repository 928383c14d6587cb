"""What a group promises: everything is handled at least once, by one owner at a time."""

import asyncio
import os
import signal
import sys
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shared.errors import ConflictError
from shared.messaging.bus import Bus, Consumer, TopicPartition
from shared.settings import PlatformSettings
from tests.conformance.conftest import OpenBus
from tests.conformance.helpers import (
    PATIENCE,
    bodies,
    ends_of,
    environment,
    first_lines,
    message,
    publish_all,
    take,
    take_and_commit,
    until,
)


async def only_place(consumer: Consumer, topic: str, bus: Bus) -> TopicPartition:
    """The partition in which `publish_all` puts everything of a topic."""
    (place,) = [place for place, end in (await bus.ends([topic])).items() if end]
    assert place in await consumer.lag()
    return place


async def test_the_next_member_starts_at_the_committed_offset(
    bus: Bus, topic: str, group: str
) -> None:
    await publish_all(bus, topic, [f"{n}" for n in range(10)])
    async with bus.consume(group, [topic]) as first:
        records = await take(first, 10)
        await first.commit({records[0].place: 4})

    async with bus.consume(group, [topic]) as second:
        assert bodies(await take(second, 6)) == ["4", "5", "6", "7", "8", "9"]


async def test_groups_do_not_share_offsets(bus: Bus, topic: str, group: str) -> None:
    await publish_all(bus, topic, ["a", "b"])

    for name in (group, f"{group}-other"):
        async with bus.consume(name, [topic]) as consumer:
            assert bodies(await take_and_commit(consumer, 2)) == ["a", "b"]


async def test_a_record_is_fetched_once_in_an_assignment(bus: Bus, topic: str, group: str) -> None:
    await publish_all(bus, topic, ["a", "b", "c"])

    async with bus.consume(group, [topic]) as consumer:
        assert bodies(await take(consumer, 2, limit=2)) == ["a", "b"]
        assert bodies(await take(consumer, 1)) == ["c"]
        assert await consumer.fetch(10, 0.1) == {}


async def test_seek_goes_back(bus: Bus, topic: str, group: str) -> None:
    await publish_all(bus, topic, ["a", "b", "c"])

    async with bus.consume(group, [topic]) as consumer:
        records = await take(consumer, 3)
        consumer.seek(records[1].place, records[1].offset)
        assert bodies(await take(consumer, 2)) == ["b", "c"]


async def test_a_paused_partition_waits_while_others_go_on(
    bus: Bus, topic: str, group: str
) -> None:
    async with bus.consume(group, [topic]) as consumer:
        await publish_all(bus, topic, ["a"])
        await take(consumer, 1)
        place = await only_place(consumer, topic, bus)
        consumer.pause(place)
        others = [message(topic, f"key {n}", f"key {n}") for n in range(20)]
        positions = await bus.publish([message(topic, "b"), *others])
        elsewhere = [p for p in positions if p.partition != place.partition]

        running = await take(consumer, len(elsewhere))
        assert place not in {record.place for record in running}
        consumer.resume(place)
        resumed = await take(consumer, len(positions) - len(elsewhere))

    assert {record.place for record in resumed} == {place}
    assert bodies(resumed)[0] == "b"


async def test_lag_is_what_is_not_committed(bus: Bus, topic: str, group: str) -> None:
    await publish_all(bus, topic, ["a", "b", "c"])

    async with bus.consume(group, [topic]) as consumer:
        assert sorted((await consumer.lag()).values()) == [0, 0, 0, 3]
        records = await take(consumer, 3)
        await consumer.commit({records[0].place: 2})
        assert sorted((await consumer.lag()).values()) == [0, 0, 0, 1]


async def test_reset_replays_everything_of_a_stopped_group(
    bus: Bus, topic: str, group: str
) -> None:
    await publish_all(bus, topic, ["a", "b", "c"])
    async with bus.consume(group, [topic]) as consumer:
        await take_and_commit(consumer, 3)
        with pytest.raises(ConflictError):
            await bus.reset(group, [topic])
        assert await consumer.fetch(10, 0.1) == {}

    await bus.reset(group, [topic])

    async with bus.consume(group, [topic]) as consumer:
        assert bodies(await take(consumer, 3)) == ["a", "b", "c"]


async def test_an_idle_fetch_waits_and_wakes(
    bus: Bus, open_another: OpenBus, topic: str, group: str
) -> None:
    publisher = await open_another()
    async with bus.consume(group, [topic]) as consumer:
        clock = asyncio.get_running_loop()
        began = clock.time()
        assert await consumer.fetch(10, 0.3) == {}
        assert clock.time() - began >= 0.29

        # Were it not woken, it would wait longer than the test is given.
        fetching = asyncio.create_task(consumer.fetch(10, 2 * PATIENCE))
        await publish_all(publisher, topic, ["wake up"])
        async with asyncio.timeout(PATIENCE):
            (records,) = (await fetching).values()
        assert bodies(records) == ["wake up"]


@pytest.mark.parametrize("fate", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "halted"])
async def test_a_member_that_is_killed_or_halted_leaves_its_records_to_the_next(
    bus: Bus, bus_settings: PlatformSettings, topic: str, group: str, fate: signal.Signals
) -> None:
    texts = [f"{n}" for n in range(50)]
    await publish_all(bus, topic, texts)
    member = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.conformance.member", group, topic),
        cwd=Path(__file__).parents[2],
        env={**os.environ, **environment(bus_settings)},
        stdout=asyncio.subprocess.PIPE,
    )
    assert member.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            fetched = [line.decode().strip() async for line in first_lines(member.stdout, 50)]
        assert fetched == texts
        member.send_signal(fate)
        async with bus.consume(group, [topic]) as survivor:
            assert bodies(await take(survivor, 50)) == texts
    finally:
        with suppress(ProcessLookupError):
            member.kill()
        await member.wait()


async def test_commits_for_lost_partitions_are_left_out(
    bus: Bus, open_another: OpenBus, topic: str, group: str
) -> None:
    await bus.publish([message(topic, f"{n}", f"key {n}") for n in range(40)])
    changed = asyncio.Event()
    async with bus.consume(group, [topic], on_revoked=lambda _: changed.set()) as first:
        kept = await take(first, 40)
        other = await open_another()
        async with other.consume(group, [topic]) as second:
            await until(changed.is_set, changed)
            lost = await owned_when(second, 2)
            await first.commit({record.place: record.offset + 1 for record in kept})
            lag = await second.lag()
            assert set(lag) == lost
            count = sum(lag.values())
            assert {record.place for record in await take(second, count)} == lost


async def owned_when(consumer: Consumer, count: int) -> Collection[TopicPartition]:
    async with asyncio.timeout(PATIENCE):
        while len(await consumer.lag()) != count:
            await consumer.fetch(1, 0.1)
            for place in await consumer.lag():
                consumer.seek(place, 0)
    return set(await consumer.lag())


@dataclass
class Crew:
    """Members of one group under observation: who owns what, and what was handled."""

    group: str
    topic: str
    claims: dict[TopicPartition, str] = field(default_factory=dict)
    handled: dict[str, int] = field(default_factory=dict)
    shares: dict[str, int] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def work(self, name: str, bus: Bus) -> None:
        def revoked(places: Collection[TopicPartition]) -> None:
            for place in places:
                self.claims.pop(place, None)

        async with bus.consume(self.group, [self.topic], on_revoked=revoked) as consumer:
            while name not in self.leaving:
                batches = await consumer.fetch(20, 0.1)
                for place, records in batches.items():
                    assert self.claims.setdefault(place, name) == name, f"{place} has two owners"
                    for text in bodies(records):
                        self.handled[text] = self.handled.get(text, 0) + 1
                await consumer.commit(ends_of(batches))
                self.shares[name] = len(await consumer.lag())
                self.changed.set()
            for place, owner in list(self.claims.items()):
                if owner == name:
                    del self.claims[place]
        self.shares.pop(name, None)
        self.changed.set()

    async def settle(self, shares: dict[str, int], texts: Sequence[str]) -> None:
        await until(
            lambda: self.shares == shares and all(text in self.handled for text in texts),
            self.changed,
        )


async def test_partitions_are_shared_out_as_members_come_and_go(
    bus: Bus, open_another: OpenBus, topic: str, group: str
) -> None:
    crew = Crew(group, topic)
    texts: list[str] = []

    async def publish_more() -> None:
        numbers = range(len(texts), len(texts) + 40)
        texts.extend(map(str, numbers))
        await bus.publish([message(topic, f"{n}", f"key {n}") for n in numbers])

    async with asyncio.TaskGroup() as members:
        members.create_task(crew.work("first", bus))
        await publish_more()
        await crew.settle({"first": 4}, texts)

        members.create_task(crew.work("second", await open_another()))
        await publish_more()
        await crew.settle({"first": 2, "second": 2}, texts)

        await publish_more()
        crew.leaving.add("first")
        await crew.settle({"second": 4}, texts)

        await publish_more()
        await crew.settle({"second": 4}, texts)
        crew.leaving.add("second")

    assert set(crew.handled) == set(texts)
