"""One OpenAPI document for the whole platform, merged from those of the services.

Paths get the prefix under which the gateway offers them, internal routes are left out, and a
schema whose name means something else elsewhere gets its service's name in front.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from gateway import errors
from gateway.conventions import tell_conventions
from gateway.errors import status_at_gateway
from shared.errors import ParleyError
from shared.http.problems import MEDIA_TYPE

Document = dict[str, Any]

PREFIXES: Mapping[str, str] = {
    "gateway": "",
    "team_directory": "/api/v1/team",
    "inbox": "/api/v1/inbox",
    "scheduler": "/api/v1/publishing",
    "ticketing": "/api/v1/tickets",
    "analytics": "/api/v1/analytics",
}
_FORWARDED_TO = tuple(prefix for prefix in PREFIXES.values() if prefix)
_PRIVATE = ("/internal/", "/hooks")
_SCHEMA = "#/components/schemas/"
_PROBLEM = {"$ref": f"{_SCHEMA}Problem"}
_JSON = "application/json"
# What the gateway may answer to a request, in the place of whoever would.
_ANYWHERE = (
    errors.BadPathError,
    errors.AmbiguousRequestError,
    errors.RateLimitError,
    errors.HeadersTooLargeError,
    errors.OverloadedError,
    errors.UpstreamDownError,
    errors.UpstreamBusyError,
)
_TO_A_BODY = (errors.BodyTooSlowError, errors.BodyTooLargeError)
_FORWARDED = (
    errors.SignInError,
    errors.OtherWorkspaceError,
    errors.WorkspaceHeaderError,
    errors.UpstreamBrokenError,
    errors.UpstreamTimeoutError,
)
_TO_A_CHANGE = (errors.CrossSiteError, *_TO_A_BODY)
_READS = frozenset({"get", "head"})
_SECURITY_SCHEMES = {
    "session": {"type": "apiKey", "in": "cookie", "name": "parley_session"},
    "api_key": {"type": "http", "scheme": "bearer", "bearerFormat": "pk_..."},
}


def merge(documents: Mapping[str, Document]) -> Document:
    """`documents` by service name; the gateway's own under `gateway`."""
    merged: Document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": "1",
            "description": "The public API of Parley, the desk for social media teams.",
        },
        "paths": {},
        "components": {"schemas": {}, "responses": {}, "securitySchemes": _SECURITY_SCHEMES},
        "security": [{"session": []}, {"api_key": []}],
    }
    for service in sorted(documents, key=list(PREFIXES).index):
        _add(merged, service, _public(documents[service]))
    for path, operations in merged["paths"].items():
        forwarded = path.startswith(_FORWARDED_TO)
        for method, operation in operations.items():
            _tell_refusals(merged, operation, _refusals(method, forwarded=forwarded))
    tell_conventions(merged, _FORWARDED_TO)
    return merged


def _refusals(method: str, *, forwarded: bool) -> dict[int, list[str]]:
    """The codes with which the gateway itself may refuse, by status."""
    kinds: tuple[type[ParleyError], ...] = _ANYWHERE
    kinds += _FORWARDED if forwarded else ()
    kinds += () if method in _READS else _TO_A_CHANGE
    codes: dict[int, list[str]] = {}
    for kind in kinds:
        codes.setdefault(status_at_gateway(kind), []).append(kind.code)
    return codes


def _tell_refusals(merged: Document, operation: Document, refusals: dict[int, list[str]]) -> None:
    """Say of an operation that its errors are problems, and how the gateway may refuse it."""
    answers: Document = operation.setdefault("responses", {})
    for answer in answers.values():
        content: Document = answer.get("content", {})
        if content.get(_JSON, {}).get("schema") == _PROBLEM:
            content[MEDIA_TYPE] = content.pop(_JSON)
    for status, codes in refusals.items():
        if str(status) in answers:
            continue
        name = f"Gateway{status}"
        merged["components"]["responses"][name] = {
            "description": " / ".join(codes),
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
        answers[str(status)] = {"$ref": f"#/components/responses/{name}"}


def _public(document: Document) -> Document:
    """The document without private routes and without schemas that only those used."""
    paths = {
        path: operations
        for path, operations in document.get("paths", {}).items()
        if not path.startswith(_PRIVATE)
    }
    schemas: Document = document.get("components", {}).get("schemas", {})
    used: set[str] = set()
    waiting = set(_references(paths))
    while waiting:
        name = waiting.pop()
        used.add(name)
        waiting |= set(_references(schemas.get(name, {}))) - used
    return {"paths": paths, "schemas": {name: schemas[name] for name in used if name in schemas}}


def _add(merged: Document, service: str, public: Document) -> None:
    known: Document = merged["components"]["schemas"]
    names = _names(service, public["schemas"], known)
    for name, schema in public["schemas"].items():
        known[names[name]] = _renamed(schema, names)
    prefix = PREFIXES[service]
    for path, operations in public["paths"].items():
        merged["paths"][f"{prefix}{'' if path == '/' else path}"] = _renamed(operations, names)


def _names(service: str, schemas: Document, known: Document) -> dict[str, str]:
    """What each schema is called in the merged document.

    Where a name means something else already, it and all that lead to it get one of their own.
    """
    taken = {name for name, schema in schemas.items() if known.get(name, schema) != schema}
    while leading := {
        name
        for name in schemas.keys() & known.keys() - taken
        if taken & set(_references(schemas[name]))
    }:
        taken |= leading
    return {name: f"{_title(service)}{name}" if name in taken else name for name in schemas}


def _title(service: str) -> str:
    return "".join(word.capitalize() for word in service.split("_"))


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target.startswith(_SCHEMA):
            yield target.removeprefix(_SCHEMA)
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def _renamed(node: Any, names: Mapping[str, str]) -> Any:
    if isinstance(node, dict):
        return {key: _rename_value(key, value, names) for key, value in node.items()}
    if isinstance(node, list):
        return [_renamed(value, names) for value in node]
    return node


def _rename_value(key: str, value: Any, names: Mapping[str, str]) -> Any:
    if key == "$ref" and isinstance(value, str) and value.startswith(_SCHEMA):
        name = value.removeprefix(_SCHEMA)
        return f"{_SCHEMA}{names.get(name, name)}"
    return _renamed(value, names)
