"""Every event keeps its promises: a schema, examples, and consumers that bear them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pytest
from jsonschema import Draft202012Validator

from deploy.catalogue.events import (
    EXAMPLES,
    BreakingChangeError,
    check_additive,
    consumers,
    load_contracts,
    schema_of,
)
from deploy.postgres.cluster import SERVICES
from shared.db.database import Database
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.ids import new_id
from shared.messaging.bus import Message
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.postgres import PostgresBus
from tests.integration.shared.conftest import count

Urls = Mapping[str, str]
EVENTS = {event.event_name(): event for event in load_contracts()}


def examples(name: str) -> list[Path]:
    return sorted((EXAMPLES / name).glob("*.json"))


ALL_EXAMPLES = [
    pytest.param(path, id=f"{path.parent.name}/{path.stem}")
    for name in EVENTS
    for path in examples(name)
]


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_has_a_typical_and_an_awkward_example(name: str) -> None:
    assert {path.stem for path in examples(name)} >= {"typical", "awkward"}


def test_no_example_or_schema_is_left_of_an_event_that_is_gone() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == set(EVENTS)
    assert {path.stem for path in (EXAMPLES.parent / "schemas").iterdir()} == set(EVENTS)


@pytest.mark.parametrize("path", ALL_EXAMPLES)
def test_an_example_fits_its_schema_and_survives_the_journey(path: Path) -> None:
    event_class = EVENTS[path.parent.name]
    content = orjson.loads(path.read_bytes())
    Draft202012Validator(schema_of(event_class)).validate(content)

    sent = Envelope(new_id(), datetime(2026, 3, 2, tzinfo=UTC), event_class.model_validate(content))
    assert Envelope.read(sent.headers(), sent.body()) == sent


def test_a_reader_bears_fields_that_it_does_not_know() -> None:
    event_class = EVENTS["team_directory.member_left.v1"]
    content = orjson.loads(examples(event_class.event_name())[0].read_bytes())
    event = event_class.model_validate_json(orjson.dumps(content | {"added_later": [1]}))
    assert event == event_class.model_validate(content)


OLD: dict[str, Any] = {
    "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
    "required": ["a"],
    "$defs": {"Kind": {"enum": ["x", "y"]}},
}


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({}, True),
        ({"properties": OLD["properties"] | {"c": {"type": "string"}}}, True),
        ({"$defs": {"Kind": {"enum": ["x", "y", "z"]}}}, True),
        ({"properties": {"a": {"type": "string"}}}, False),
        ({"required": ["a", "b"]}, False),
        ({"properties": OLD["properties"] | {"b": {"type": "string"}}}, False),
        ({"$defs": {"Kind": {"enum": ["x"]}}}, False),
    ],
    ids=[
        "nothing",
        "an optional field more",
        "an enum value more",
        "a field lost",
        "a field newly demanded",
        "a type changed",
        "an enum value lost",
    ],
)
def test_a_version_is_only_added_to(change: dict[str, Any], *, allowed: bool) -> None:
    if allowed:
        check_additive("example.v1", OLD, OLD | change)
    else:
        with pytest.raises(BreakingChangeError):
            check_additive("example.v1", OLD, OLD | change)


def test_every_subscription_is_to_an_event_that_exists() -> None:
    assert set(consumers()) <= set(EVENTS)


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_bears_every_example_twice_with_one_effect(
    service: str, new_database: Callable[[], Urls]
) -> None:
    subscriptions = import_module(f"services.{service}.consumers").SUBSCRIPTIONS
    subscribed = {subscription.event.event_name() for subscription in subscriptions}
    paths = [path for name in sorted(subscribed) for path in examples(name)]
    if not paths:
        assert subscribed == set()
        return
    urls = new_database()
    bus = PostgresBus(urls["bus"], partitions=1, retention=timedelta(days=7))
    database = Database(urls[service], producer=service)
    await bus.start()
    try:
        loop = ConsumerLoop(database, bus, service, subscriptions)
        await bus.create_topics(loop.topics)
        messages = [_message(EVENTS[path.parent.name], path) for path in paths]
        await bus.publish([*messages, *messages])
        seen = 0
        async with bus.consume(service, loop.topics) as consumer:
            while seen < 2 * len(messages):
                seen += await loop.step(consumer, wait=2)
        assert await count(database, "SELECT count(*) FROM processed_events") == len(messages)
        owner = Database(urls[f"{service}_owner"], producer=service)
        assert await count(owner, "SELECT count(*) FROM dead_letters") == 0
        await owner.close()
    finally:
        await bus.stop()
        await database.close()


def _message(event_class: type[Event], path: Path) -> Message:
    event = event_class.model_validate_json(path.read_bytes())
    envelope = Envelope(new_id(), datetime(2026, 3, 2, tzinfo=UTC), event)
    return Message(event.topic, event.key, envelope.headers(), envelope.body())
