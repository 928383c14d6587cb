"""One real Kafka broker for the tests that ask for it; where it cannot run they say why."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.kafka import KafkaServer, missing_tools
from tests.support.postgres import ROOT

CACHE = ROOT / ".parley" / "kafka"


@contextmanager
def running_kafka() -> Iterator[KafkaServer]:
    """A broker of one's own, which a test may also kill or rob of its disk."""
    home = Path(tempfile.mkdtemp(prefix="parley-kafka-"))
    server = KafkaServer(home, CACHE)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home)


def require_kafka() -> None:
    """Skip with the reason where Java or Maven is missing; in CI that is a failure."""
    problem = missing_tools()
    if problem and os.environ.get("CI") == "true":
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)


@pytest.fixture(scope="session")
def kafka() -> Iterator[KafkaServer]:
    """The broker of this worker."""
    require_kafka()
    with running_kafka() as server:
        yield server
