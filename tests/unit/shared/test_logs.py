"""What a library says again and again is said once, with a count."""

import logging

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
