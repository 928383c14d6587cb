"""The Kafka launcher: what it keeps over a stop and a kill, and its sentences."""

import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from deploy.local.errors import StartError
from deploy.local.kafka import KafkaServer
from deploy.local.kafka.jars import missing_tools
from tests.support.kafka import CACHE, require_kafka, running_kafka

pytestmark = pytest.mark.kafka


@pytest.fixture(scope="module")
def own() -> Iterator[KafkaServer]:
    require_kafka()
    with running_kafka() as server:
        yield server


async def write(server: KafkaServer, topic: str, body: bytes) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=server.bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(topic, num_partitions=2, replication_factor=1)])
    await admin.close()
    async with AIOKafkaProducer(
        bootstrap_servers=server.bootstrap, enable_idempotence=True
    ) as producer:
        await producer.send_and_wait(topic, body, key=b"key")


async def read(server: KafkaServer, topic: str) -> bytes:
    async with AIOKafkaConsumer(
        topic,
        bootstrap_servers=server.bootstrap,
        group_id=f"{topic}-readers",
        auto_offset_reset="earliest",
    ) as consumer:
        return (await consumer.getone()).value or b""


async def test_what_was_acknowledged_survives_a_clean_restart(own: KafkaServer) -> None:
    await write(own, "restart", b"kept")
    own.stop()
    own.start()
    assert await read(own, "restart") == b"kept"


async def test_what_was_acknowledged_survives_a_kill(own: KafkaServer) -> None:
    await write(own, "kill", b"kept")
    assert own.pid
    process = psutil.Process(own.pid)
    process.kill()
    own.start()
    assert await read(own, "kill") == b"kept"


async def test_a_second_owner_takes_over(own: KafkaServer) -> None:
    await write(own, "takeover", b"kept")
    second = KafkaServer(own.home, CACHE)
    second.start()
    try:
        assert own.pid is None
        assert await read(second, "takeover") == b"kept"
    finally:
        second.stop()
        own.start()


async def test_it_is_empty_after_losing_its_disk(own: KafkaServer) -> None:
    await write(own, "lost", b"gone")
    own.lose_everything()
    own.start()
    admin = AIOKafkaAdminClient(bootstrap_servers=own.bootstrap)
    await admin.start()
    assert await admin.list_topics() == []
    await admin.close()


def test_a_taken_port_is_named(own: KafkaServer) -> None:
    own.stop()
    taken = pytest.raises(StartError, match=f"^Port {own.port} on 127.0.0.1 is taken")
    with socket.create_server(("127.0.0.1", own.port)), taken:
        KafkaServer(own.home, CACHE, port=own.port).start()
    own.start()


def test_missing_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert missing_tools() == "Kafka needs Java 17 or newer, and there is no `java` on the PATH."
