"""What only the Kafka bus has to prove: a broker that goes away, forgets, or loses a topic."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta

import pytest
from aiokafka.admin import AIOKafkaAdminClient

from deploy.local.kafka import KafkaServer
from shared.errors import UnavailableError
from shared.messaging.bus import Bus, Position
from shared.messaging.kafka import KafkaBus
from tests.conformance.helpers import (
    PATIENCE,
    bodies,
    follow,
    publish_all,
    take,
    take_and_commit,
)
from tests.support.kafka import require_kafka, running_kafka

pytestmark = pytest.mark.kafka


@pytest.fixture
def broker() -> Iterator[KafkaServer]:
    """A broker of its own, which a test may kill or rob."""
    require_kafka()
    with running_kafka() as broker:
        yield broker


@pytest.fixture
async def bus(broker: KafkaServer) -> AsyncIterator[KafkaBus]:
    bus = KafkaBus(broker.bootstrap, partitions=4, retention=timedelta(days=7))
    await bus.start()
    yield bus
    await bus.stop()


async def publish_at_last(bus: Bus, topic: str, texts: Sequence[str]) -> Sequence[Position]:
    """Publish as the relay does: again, until it is acknowledged."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                return await publish_all(bus, topic, texts)
            except UnavailableError:
                continue


async def start_again(broker: KafkaServer) -> None:
    await asyncio.to_thread(broker.start)


async def test_nothing_answers() -> None:
    bus = KafkaBus("127.0.0.1:1", retention=timedelta(days=7))
    with pytest.raises(UnavailableError):
        await bus.start()
    await bus.stop()


async def test_a_broker_that_is_killed_loses_nothing(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    async with bus.tail([topic]) as live, bus.consume(group, [topic]) as consumer:
        await publish_all(bus, topic, ["committed"])
        await take_and_commit(consumer, 1)
        (before,) = await publish_all(bus, topic, ["kept"])

        assert broker.pid is not None
        os.kill(broker.pid, signal.SIGKILL)
        with pytest.raises(UnavailableError):
            await bus.ends([topic])
        await consumer.fetch(10, 0)  # An outage raises nothing here.
        await start_again(broker)

        (after,) = await publish_at_last(bus, topic, ["after"])
        assert after.offset == before.offset + 1
        assert bodies(await follow(live, 3)) == ["committed", "kept", "after"]
    async with bus.consume(group, [topic]) as consumer:
        assert bodies(await take(consumer, 2)) == ["kept", "after"]


async def test_leaving_while_the_broker_is_down(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    async with asyncio.timeout(PATIENCE):
        async with bus.tail([topic]), bus.consume(group, [topic]) as consumer:
            broker.lose_everything()
            assert await consumer.fetch(10, 0.5) == {}
        await bus.stop()


async def test_a_broker_that_lost_its_disk_is_used_again(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    revoked = asyncio.Event()
    async with (
        bus.tail([topic]) as live,
        bus.consume(group, [topic], on_revoked=lambda _: revoked.set()) as consumer,
    ):
        await publish_all(bus, topic, ["a", "b"])
        await take_and_commit(consumer, 2)
        assert bodies(await follow(live, 2)) == ["a", "b"]

        broker.lose_everything()
        await start_again(broker)
        (position,) = await publish_at_last(bus, topic, ["new"])

        assert position.offset == 0
        assert bodies(await take(consumer, 1)) == ["new"]
        assert revoked.is_set()
        assert bodies(await follow(live, 1)) == ["new"]


async def test_a_commit_that_waited_for_a_broker_that_lost_its_disk_skips_nothing(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    """An offset of the log that is gone means something else in the new one."""
    async with bus.consume(group, [topic]) as consumer:
        await publish_all(bus, topic, ["a", "b"])
        taken = await take(consumer, 2)
        broker.lose_everything()
        committing = asyncio.create_task(consumer.commit({taken[-1].place: 2}))
        await start_again(broker)
        await publish_at_last(bus, topic, ["new", "newer", "newest"])
        await committing
        consumer.seek(taken[-1].place, 2)  # As a batch does that failed meanwhile.
        assert bodies(await take(consumer, 3)) == ["new", "newer", "newest"]
    async with bus.consume(group, [topic]) as consumer:
        assert bodies(await take(consumer, 3)) == ["new", "newer", "newest"]


async def test_a_topic_that_nobody_writes_to_is_made_again(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    async with bus.tail([topic]) as live, bus.consume(group, [topic]) as consumer:
        broker.lose_everything()
        await start_again(broker)
        admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
        await admin.start()
        async with asyncio.timeout(PATIENCE):
            while topic not in await admin.list_topics():
                assert await consumer.fetch(10, 0.5) == {}
        await admin.close()
        await publish_at_last(bus, topic, ["new"])
        assert bodies(await take(consumer, 1)) == ["new"]
        assert bodies(await follow(live, 1)) == ["new"]


async def test_a_topic_that_was_deleted_is_made_again(
    broker: KafkaServer, bus: KafkaBus, topic: str, group: str
) -> None:
    async with bus.consume(group, [topic]) as consumer:
        await publish_all(bus, topic, ["a", "b"])
        await take_and_commit(consumer, 2)
        admin = AIOKafkaAdminClient(bootstrap_servers=broker.bootstrap)
        await admin.start()
        await admin.delete_topics([topic])
        await admin.close()

        await publish_at_last(bus, topic, ["new"])

        assert bodies(await take(consumer, 1)) == ["new"]
