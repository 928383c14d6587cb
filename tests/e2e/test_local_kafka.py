"""`python -m deploy.local --bus kafka`: the same platform on a real Kafka."""

import socket
from collections.abc import Iterator

import psutil
import pytest

from deploy.topology import PROCESSES
from tests.support.kafka import require_kafka
from tests.support.platform import LocalPlatform, platform_home, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.kafka]


@pytest.fixture(scope="module")
def on_kafka() -> Iterator[LocalPlatform]:
    require_kafka()
    for home in platform_home():
        platform = LocalPlatform(home)
        platform.start("--bus", "kafka")
        yield platform
        assert platform.stop() == 0


def kafka_pid(platform: LocalPlatform) -> int:
    note = platform.home / "data/kafka/kafka.pid"
    return int(note.read_text()) if note.exists() else 0


def answers(platform: LocalPlatform) -> bool:
    settings = (platform.home / "data/kafka/server.properties").read_text().splitlines()
    address = next(line for line in settings if line.startswith("advertised.listeners="))
    port = int(address.rpartition(":")[2])
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def test_every_process_answers(on_kafka: LocalPlatform) -> None:
    assert [process.name for process in PROCESSES if not on_kafka.ready(process)] == []


def test_a_killed_kafka_comes_back_under_the_same_services(on_kafka: LocalPlatform) -> None:
    services = [on_kafka.pid(process.name) for process in PROCESSES]
    before = kafka_pid(on_kafka)
    psutil.Process(before).kill()
    wait_for(lambda: kafka_pid(on_kafka) not in (0, before), on_kafka.said)
    wait_for(lambda: answers(on_kafka), on_kafka.said)
    wait_for(lambda: all(on_kafka.ready(process) for process in PROCESSES), on_kafka.said, 60)
    assert [on_kafka.pid(process.name) for process in PROCESSES] == services
