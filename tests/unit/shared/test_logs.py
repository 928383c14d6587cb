"""What a library says again and again is said once; what cannot be written stops nothing."""

import logging
import subprocess
import sys

import pytest

from shared.observability.logs import Sparing


def test_one_of_a_kind_passes_and_the_others_are_counted() -> None:
    now = 0.0
    sparing = Sparing("aiokafka", 10, lambda: now)

    def said(name: str, message: str, *values: object) -> str | None:
        record = logging.LogRecord(name, logging.ERROR, "", 0, message, values, None)
        return record.getMessage() if sparing.filter(record) else None

    assert said("aiokafka.conn", "No answer from %s", 1) == "No answer from 1"
    assert said("aiokafka.conn", "No answer from %s", 2) is None
    assert said("aiokafka.client", "No metadata") == "No metadata"
    assert said("parley", "No answer from %s", 3) == said("parley", "No answer from %s", 3)
    now = 9.0
    assert said("aiokafka.conn", "No answer from %s", 4) is None
    now = 10.0
    expected = "No answer from 5 (and 2 like it before)"
    assert said("aiokafka.conn", "No answer from %s", 5) == expected
    now = 20.0
    assert said("aiokafka.conn", "No answer from %s", 6) == "No answer from 6"


_SAY_SOMETHING = """
import logging, os, structlog
from shared.observability.logs import configure_logging
configure_logging("test", "INFO", as_json={as_json})
structlog.get_logger().warning("ours", at=1)
logging.getLogger("theirs").warning("theirs")
os.write(2, b"It went on.")
os._exit(0)
"""


@pytest.mark.parametrize("as_json", [True, False])
def test_a_full_disk_stops_no_work(*, as_json: bool) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 -- A device.
        done = subprocess.run(
            [sys.executable, "-c", _SAY_SOMETHING.format(as_json=as_json)],
            stdout=full,
            stderr=subprocess.PIPE,
            check=True,
        )
    assert done.stderr.endswith(b"It went on.")
