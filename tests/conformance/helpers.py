"""Small verbs for the tests of the bus; all of them give up after a deadline."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence

from shared.messaging.bus import Bus, Consumer, Message, Position, Record, TopicPartition
from shared.settings import PlatformSettings

PATIENCE = 60.0


def message(topic: str, body: str, key: str = "one key") -> Message:
    return Message(topic, key, {"ce_id": body}, body.encode())


def bodies(records: Iterable[Record]) -> list[str]:
    return [record.body.decode() for record in records]


def ends_of(batches: Mapping[TopicPartition, Sequence[Record]]) -> dict[TopicPartition, int]:
    """What to commit after a fetch."""
    return {place: records[-1].offset + 1 for place, records in batches.items()}


async def publish_all(bus: Bus, topic: str, texts: Sequence[str]) -> Sequence[Position]:
    return await bus.publish([message(topic, text) for text in texts])


async def take(consumer: Consumer, count: int, limit: int = 500) -> list[Record]:
    """Fetch until this many records came; more than that fail the test."""
    taken: list[Record] = []
    async with asyncio.timeout(PATIENCE):
        while len(taken) < count:
            batches = await consumer.fetch(limit, 5)
            assert sum(map(len, batches.values())) <= limit
            taken.extend(record for records in batches.values() for record in records)
    assert len(taken) == count
    return taken


async def take_and_commit(consumer: Consumer, count: int) -> list[Record]:
    taken = await take(consumer, count)
    ends: dict[TopicPartition, int] = {}
    for record in taken:
        ends[record.place] = record.offset + 1
    await consumer.commit(ends)
    return taken


async def follow(records: AsyncIterator[Record], count: int) -> list[Record]:
    async with asyncio.timeout(PATIENCE):
        return [await anext(records) for _ in range(count)]


async def until(condition: Callable[[], bool], changed: asyncio.Event) -> None:
    """Wait for a condition whose every change sets `changed`."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            changed.clear()
            await changed.wait()


async def first_lines(stream: asyncio.StreamReader, count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield await stream.readline()


def environment(settings: PlatformSettings) -> dict[str, str]:
    """The variables that give another process the same bus."""
    return {
        "PARLEY_BUS": settings.bus,
        "PARLEY_BUS_DATABASE_URL": settings.bus_database_url,
        "PARLEY_BUS_PARTITIONS": str(settings.bus_partitions),
        "PARLEY_KAFKA_BOOTSTRAP": settings.kafka_bootstrap,
        "PARLEY_INTERNAL_SECRETS": settings.internal_secrets.get_secret_value(),
    }
