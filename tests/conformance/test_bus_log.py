"""What the log itself promises: order, positions, durability of what it was given."""

import asyncio
from collections import defaultdict
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.ids import new_id
from shared.messaging.bus import Bus, Message, TopicPartition
from tests.conformance.conftest import OpenBus
from tests.conformance.helpers import bodies, follow, message, publish_all, take

PUBLISHERS, BATCHES, BATCH = 4, 10, 25
KEYS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=3)


async def test_order_per_key_with_concurrent_publishers(
    bus: Bus, open_another: OpenBus, topic: str, group: str
) -> None:
    async def publish(name: int) -> None:
        own = await open_another()
        for batch in range(BATCHES):
            numbers = range(batch * BATCH, (batch + 1) * BATCH)
            await own.publish([message(topic, f"{name}:{n}", f"key {n % 7}") for n in numbers])

    async with bus.consume(group, [topic]) as consumer, asyncio.TaskGroup() as publishers:
        for name in range(PUBLISHERS):
            publishers.create_task(publish(name))
        records = await take(consumer, PUBLISHERS * BATCHES * BATCH, limit=60)

    offsets, seen = defaultdict(list), defaultdict(list)
    for record in records:
        offsets[record.place].append(record.offset)
        publisher, number = record.body.decode().split(":")
        seen[publisher, record.key].append(int(number))
    for numbers in offsets.values():
        assert numbers == list(range(len(numbers)))
    for numbers in seen.values():
        assert numbers == sorted(numbers)
    assert len({(record.key, record.partition) for record in records}) == 7


async def test_positions_say_where_each_message_lies(bus: Bus, topic: str) -> None:
    messages = [message(topic, f"{n}", f"key {n}") for n in range(40)]
    await bus.publish(messages[:15])
    positions = [*await bus.publish(messages[15:30]), *await bus.publish(messages[30:])]

    for sent, position in zip(messages[15:], positions, strict=True):
        record = await bus.peek(TopicPartition(topic, position.partition), position.offset)
        assert record is not None
        assert (record.key, record.body) == (sent.key, sent.body)


async def test_ends_are_the_next_offsets(bus: Bus, topic: str) -> None:
    await bus.create_topics([topic])
    assert await bus.ends([topic]) == {TopicPartition(topic, n): 0 for n in range(4)}

    positions = await publish_all(bus, topic, ["a", "b", "c"])

    ends = await bus.ends([topic])
    assert ends[TopicPartition(topic, positions[0].partition)] == positions[-1].offset + 1 == 3
    assert sum(ends.values()) == 3


async def test_peek_finds_nothing_outside_the_log(bus: Bus, topic: str) -> None:
    (position,) = await publish_all(bus, topic, ["only"])

    assert await bus.peek(TopicPartition(topic, position.partition), 1) is None
    assert await bus.peek(TopicPartition(topic, 99), 0) is None


async def test_making_a_topic_again_keeps_its_records(
    bus: Bus, open_another: OpenBus, topic: str
) -> None:
    (position,) = await publish_all(bus, topic, ["kept"])

    await (await open_another()).create_topics([topic])

    assert await bus.peek(TopicPartition(topic, position.partition), 0) is not None


async def test_publishing_nothing_is_nothing(bus: Bus) -> None:
    assert await bus.publish([]) == []


async def test_large_body_and_unicode_come_back_unchanged(bus: Bus, topic: str, group: str) -> None:
    sent = [
        Message(
            topic, "Schlüssel 🔑", {"ce_subject": "評論 «ü» 😀", "empty": ""}, b"\x00\xff" * 450_000
        ),
        Message(topic, "", {}, b""),
    ]
    await bus.publish(sent)

    async with bus.consume(group, [topic]) as consumer:
        records = await take(consumer, 2)

    received = [Message(topic, r.key, r.headers, r.body) for r in records]
    assert sorted(received, key=lambda each: each.key) == sorted(sent, key=lambda each: each.key)


async def test_batch_of_thousands_is_read_in_order_within_the_limit(
    bus: Bus, topic: str, group: str
) -> None:
    texts = [f"{number}" for number in range(5000)]
    positions = await publish_all(bus, topic, texts)
    assert [position.offset for position in positions] == list(range(5000))

    async with bus.consume(group, [topic]) as consumer:
        assert bodies(await take(consumer, 5000, limit=333)) == texts


async def test_several_topics_in_one_batch(bus: Bus, topic: str, group: str) -> None:
    other = f"{topic}.other"
    await bus.publish([message(topic, "a"), message(other, "b"), message(topic, "c")])

    async with bus.consume(group, [topic, other]) as consumer:
        records = await take(consumer, 3)

    assert bodies(each for each in records if each.topic == topic) == ["a", "c"]
    assert bodies(each for each in records if each.topic == other) == ["b"]


async def test_tail_sees_only_what_comes_after_it_began(bus: Bus, topic: str) -> None:
    await publish_all(bus, topic, ["before"])

    async with bus.tail([topic]) as records, bus.tail([topic]) as others:
        await bus.publish([message(topic, f"{n}", f"key {n}") for n in range(20)])
        assert sorted(bodies(await follow(records, 20))) == sorted(map(str, range(20)))
        assert len(await follow(others, 20)) == 20


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # Each example has its own topic.
)
@given(batches=st.lists(st.lists(KEYS, min_size=1, max_size=12), max_size=5))
async def test_the_log_is_what_was_published(bus: Bus, batches: list[list[str]]) -> None:
    topic = f"test.{new_id().hex}"
    expected: dict[TopicPartition, list[tuple[int, str]]] = defaultdict(list)
    count = 0
    for keys in batches:
        numbered = [(key, str(count + n)) for n, key in enumerate(keys)]
        count += len(keys)
        positions = await bus.publish([message(topic, body, key) for key, body in numbered])
        for (_, body), position in zip(numbered, positions, strict=True):
            expected[TopicPartition(topic, position.partition)].append((position.offset, body))

    async with bus.consume(f"group-{topic}", [topic]) as consumer:
        records = await take(consumer, count)

    found: dict[TopicPartition, list[tuple[int, str]]] = defaultdict(list)
    for record in records:
        found[record.place].append((record.offset, record.body.decode()))
    assert found == expected
    for entries in found.values():
        assert all(after == before + 1 for (before, _), (after, _) in pairwise(entries))
