"""The event catalogue, made from the contracts and the consumers' tables.

Schemas are only ever added to: the writer refuses a change that an old reader could not bear.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

import orjson

from deploy.catalogue.files import ROOT, Generated
from deploy.postgres.cluster import SERVICES
from shared.events.base import Event, all_events

SCHEMAS = ROOT / "shared/events/schemas"
EXAMPLES = ROOT / "shared/events/examples"


class BreakingChangeError(Exception):
    """A version would no longer be what its readers were promised."""


def load_contracts() -> list[type[Event]]:
    """Every event of every service and of the gateway, by name."""
    for service in (*SERVICES, "gateway"):
        if (ROOT / "shared/events" / f"{service}.py").exists():
            import_module(f"shared.events.{service}")
    return list(all_events())


def consumers() -> Mapping[str, list[str]]:
    """The services that subscribe to each versioned event."""
    readers: dict[str, list[str]] = {}
    for service in SERVICES:
        for subscription in import_module(f"services.{service}.consumers").SUBSCRIPTIONS:
            names = readers.setdefault(subscription.event.event_name(), [])
            if service not in names:
                names.append(service)
    return readers


def schema_of(event: type[Event]) -> dict[str, Any]:
    schema = event.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def check_additive(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Raises `BreakingChangeError` unless `new` only adds optional fields or enum values."""
    for field in set(old.get("properties", {})) - set(new.get("properties", {})):
        raise BreakingChangeError(f"{name} lost the field {field}: publish a new version.")
    for field in set(new.get("required", [])) - set(old.get("required", [])):
        raise BreakingChangeError(f"{name} now demands {field}: publish a new version.")
    for field, shape in old.get("properties", {}).items():
        if _meaning(shape) != _meaning(new["properties"][field]):
            raise BreakingChangeError(f"{name}.{field} changed its meaning: publish a new version.")
    for kind, shape in old.get("$defs", {}).items():
        lost = set(shape.get("enum", [])) - set(new.get("$defs", {}).get(kind, {}).get("enum", []))
        if lost:
            raise BreakingChangeError(f"{name}: {kind} lost {sorted(lost)}: publish a new version.")


def _meaning(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in shape.items() if key not in {"description", "title"}}


def files() -> Iterator[Generated]:
    """Every generated file of the catalogue with what it must hold."""
    events = load_contracts()
    for event in events:
        schema = orjson.dumps(schema_of(event), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
        yield SCHEMAS / f"{event.event_name()}.json", schema + b"\n"
    yield ROOT / "docs/events.md", markdown(events).encode()
    document = orjson.dumps(asyncapi(events), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    yield ROOT / "docs/asyncapi.json", document + b"\n"


def check(made: Iterable[Generated]) -> None:
    """Raises `BreakingChangeError` if a schema on disk promised more than the new one."""
    for path, content in made:
        if path.parent == SCHEMAS and path.exists():
            check_additive(path.stem, orjson.loads(path.read_bytes()), orjson.loads(content))


def markdown(events: list[type[Event]]) -> str:
    """The catalogue for people."""
    readers = consumers()
    lines = [
        "# Events",
        "",
        "Generated from `shared/events/` by `make generate`; do not edit. All are CloudEvents 1.0",
        "in binary mode; schemas lie in `shared/events/schemas/`, examples beside them.",
    ]
    topics = sorted({event.topic for event in events})
    for topic in topics:
        lines += ["", f"## Topic `{topic}`", "", "| Event | Key | Read by | What it says |"]
        lines += ["|---|---|---|---|"]
        lines += [_row(event, readers) for event in events if event.topic == topic]
    return "\n".join(lines) + "\n"


def _row(event: type[Event], readers: Mapping[str, list[str]]) -> str:
    said = event.__dict__.get("__doc__") or _words(event.type)
    read_by = ", ".join([*readers.get(event.event_name(), []), "gateway"])
    first_paragraph = " ".join(said.strip().split("\n\n")[0].split())
    return f"| `{event.event_name()}` | `{event.key_field}` | {read_by} | {first_paragraph} |"


def _words(event_type: str) -> str:
    return event_type.split(".", 1)[1].replace("_", " ").capitalize() + "."


def asyncapi(events: list[type[Event]]) -> dict[str, Any]:
    """The same for machines, as an AsyncAPI 3 document."""
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Parley events", "version": "1", "license": {"name": "Apache-2.0"}},
        "defaultContentType": "application/json",
        "channels": {
            topic: {
                "address": topic,
                "messages": {
                    event.event_name(): {"$ref": f"#/components/messages/{event.event_name()}"}
                    for event in events
                    if event.topic == topic
                },
            }
            for topic in sorted({event.topic for event in events})
        },
        "operations": {
            f"{event.producer()}.send.{event.event_name()}": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{event.topic}"},
                "messages": [{"$ref": f"#/channels/{event.topic}/messages/{event.event_name()}"}],
            }
            for event in events
        },
        "components": {"messages": {event.event_name(): _message(event) for event in events}},
    }


def _message(event: type[Event]) -> dict[str, Any]:
    return {
        "name": event.event_name(),
        "headers": {
            "type": "object",
            "required": ["ce_id", "ce_type", "ce_source", "ce_time", "ce_workspaceid"],
            "properties": {"ce_type": {"const": event.event_name()}},
        },
        "payload": {
            "schemaFormat": "application/schema+json;version=draft-2020-12",
            "schema": {"$ref": f"../shared/events/schemas/{event.event_name()}.json"},
        },
    }
