"""Requests made from the merged OpenAPI document, with a slot wherever an id belongs.

A route whose ids or fields nobody knows how to fill is a failure that names it, so that a new
route is either walked or asks for one line in the tables of this module.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from typing_extensions import override

Json = dict[str, Any]

# Which kind of object an id in a path, a query or a body names; first by operation, then by name.
KINDS = {
    "change_contact.tag_ids": "contact_tag",
    "change_conversations.id": "conversation",
    "get_webhook_delivery.delivery_id": "webhook_delivery",
    "replay_webhook_delivery.delivery_id": "webhook_delivery",
    "action_id": "action",
    "actor_id": "member",
    "add": "tag",
    "asset_id": "asset",
    "assignee": "member",
    "assignee_id": "member",
    "calendar_id": "calendar",
    "contact_id": "contact",
    "conversation_id": "conversation",
    "delivery_id": "delivery",
    "interaction_id": "interaction",
    "invitation_id": "invitation",
    "key_id": "api_key",
    "lead_id": "member",
    "letter_id": "letter",
    "member_id": "member",
    "member_ids": "member",
    "mentions": "member",
    "merged_contact_id": "contact",
    "note_id": "note",
    "notification_ids": "notification",
    "person_id": "member",
    "policy_id": "policy",
    "post_id": "post",
    "object_id": "object",
    "profile_id": "profile",
    "profile_ids": "profile",
    "publication_id": "publication",
    "remove": "tag",
    "role_id": "role",
    "role_ids": "role",
    "seen_interaction_id": "interaction",
    "session_id": "session",
    "subject_id": "conversation",
    "tag_id": "tag",
    "tag_ids": "tag",
    "team_id": "team",
    "team_ids": "team",
    "ticket_id": "ticket",
    "view_id": "saved_view",
    "webhook_id": "webhook",
}
# Fields that are no ids and for which not just any word will do.
WORDS: Json = {
    "code": "123456",
    "color": "#112233",
    "email": "walker@example.test",
    "emails": "walker@example.test",
    "event_types": ["interaction.received"],
    "network": "sandbox",
    "time_zone": "Europe/Berlin",
    "to": "2030-02-01T00:00:00Z",
    "week": [[[540, 1020]], [], [], [], [], [], []],
    "url": "https://walker.example.test/",
    "zone": "Europe/Berlin",
    "token": "a-token-that-nobody-was-given-0123456789abc",
}
VERSIONS = ("version", "expected_version")


class UnknownFieldError(AssertionError):
    """The walk cannot fill a field of a route."""


@dataclass(slots=True, eq=False)
class Slot:
    """A place for an id of a kind; two are different places even where all else is equal."""

    kind: str
    at: str


@dataclass(frozen=True, slots=True)
class VersionOf:
    """A place for the present version of what the path names."""


@dataclass(slots=True)
class Shape:
    """One request of an operation, before anybody's ids are in it."""

    operation: "Operation"
    path: Json
    query: Json = field(default_factory=dict)
    body: Any = None

    def slots(self) -> list[Slot]:
        return [*_slots(self.path), *_slots(self.query), *_slots(self.body)]


def _slots(node: Any) -> Iterator[Slot]:
    if isinstance(node, Slot):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _slots(value)
    elif isinstance(node, list):
        for value in node:
            yield from _slots(value)


class Operation:
    """One method of one path of the document."""

    def __init__(self, document: Json, path: str, method: str) -> None:
        self._schemas: Json = document["components"]["schemas"]
        self._about: Json = document["paths"][path][method]
        self.path, self.method = path, method.upper()
        self.name: str = self._about["operationId"]

    @property
    def reads(self) -> bool:
        return self.method == "GET"

    @override
    def __str__(self) -> str:
        return f"{self.method} {self.path} ({self.name})"

    def shapes(self) -> list[Shape]:
        """The plain request, and one more for each further id that it may hold."""
        path, query, optional = self._parameters()
        bodies = self._bodies()
        shapes = [Shape(self, path, query, body) for body in bodies]
        shapes += [Shape(self, path, query | extra, bodies[0]) for extra in optional]
        # A slot is known by its identity: no two shapes may share one.
        return [Shape(self, *deepcopy((it.path, it.query, it.body))) for it in shapes]

    def _parameters(self) -> tuple[Json, Json, list[Json]]:
        path: Json = {}
        query: Json = {}
        optional: list[Json] = []
        for it in self._about.get("parameters", []):
            if "$ref" in it:  # A header that every such operation takes, and no id.
                continue
            name, value = it["name"], self._templates(it["schema"], it["name"])[0]
            if it["in"] == "path":
                if not any(_slots(value)) and name not in WORDS:
                    raise UnknownFieldError(f"{self}: nobody knows what {name} is")
                path[name] = value
            elif it["in"] == "query" and it.get("required"):
                query[name] = value
            elif it["in"] == "query" and any(_slots(value)):
                optional.append({name: value})
        return path, query, optional

    def _bodies(self) -> list[Any]:
        content = self._about.get("requestBody", {}).get("content", {})
        if not content:
            return [None]
        if all(kind.startswith("image/") for kind in content):
            return [b"No picture at all."]
        if "application/json" not in content:
            raise UnknownFieldError(f"{self}: nobody knows how to write {list(content)}")
        return self._templates(content["application/json"]["schema"], "body")

    def _templates(self, schema: Json, name: str) -> list[Any]:
        """Values of this form; those after the first differ by a further id or alternative."""
        if "$ref" in schema:
            return self._templates(self._schemas[schema["$ref"].rpartition("/")[2]], name)
        if "anyOf" in schema:
            found = self._alternatives(schema["anyOf"], name)
            return [value for value in found if any(_slots(value))] or found
        if "oneOf" in schema:
            return self._alternatives(schema["oneOf"], name)
        if schema.get("type") == "object":
            return self._objects(schema)
        if schema.get("type") == "array":
            return self._arrays(schema, name)
        return [self._plain(schema, name)]

    def _plain(self, schema: Json, name: str) -> Any:
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        match schema.get("type"):
            case "integer" if name in VERSIONS:
                return VersionOf()
            case "integer" | "number":
                return schema.get("minimum", 1)
            case "boolean":
                return False
            case "string":
                return self._word(schema, name)
        raise UnknownFieldError(f"{self}: nobody knows how to fill {name}: {schema}")

    def _alternatives(self, options: list[Json], name: str) -> list[Any]:
        return [
            value
            for option in options
            if option.get("type") != "null"
            for value in self._templates(option, name)
        ]

    def _arrays(self, schema: Json, name: str) -> list[Any]:
        if isinstance(WORDS.get(name), list):
            return [WORDS[name]]
        items = self._templates(schema["items"], name) if "items" in schema else []
        if schema.get("minItems") or any(_slots(items)):
            return [[item] for item in items]
        return [[]]

    def _objects(self, schema: Json) -> list[Any]:
        needed = set(schema.get("required", ()))
        base: Json = {}
        further: list[Json] = []
        for name, about in schema.get("properties", {}).items():
            values = self._templates(about, name)
            if name in needed or "const" in about:
                base[name] = values[0]
                further += [{name: value} for value in values[1:]]
            else:
                further += [{name: value} for value in values if any(_slots(value))]
        return [base, *(base | more for more in further)]

    def _word(self, schema: Json, name: str) -> Any:
        form = schema.get("format")
        if form == "uuid":
            kind = KINDS.get(f"{self.name}.{name}") or KINDS.get(name)
            if kind is None:
                raise UnknownFieldError(f"{self}: nobody knows which id {name} is")
            return Slot(kind, name)
        if name in WORDS:
            return WORDS[name]
        return {"date": "2026-01-01", "date-time": "2030-01-01T00:00:00Z"}.get(str(form), "walk")


def operations(document: Json) -> list[Operation]:
    return [
        Operation(document, path, method)
        for path, methods in document["paths"].items()
        for method in methods
    ]
