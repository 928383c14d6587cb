"""What holds for every operation of the merged document: repeating safely, limits, signing in."""

from typing import Any

Document = dict[str, Any]

_SAFE = frozenset({"get", "head"})
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key gives the first answer again, without a second effect.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
_LIMITS = {
    "Retry-After": "Seconds to wait.",
    "RateLimit-Limit": "Requests that are allowed in the present window.",
    "RateLimit-Remaining": "Requests that are left in it.",
    "RateLimit-Reset": "Seconds until a place comes free.",
}
# By these one comes in, so nobody needs to have come in before.
_PUBLIC = frozenset(
    {
        "read_setup",
        "set_up",
        "log_in",
        "read_invitation",
        "accept_invitation",
        "ask_for_password_reset",
        "reset_password",
        "health",
    }
)


def tell_conventions(merged: Document, forwarded: tuple[str, ...]) -> None:
    """Add them to a document; `forwarded` are the prefixes under which services answer."""
    components: Document = merged["components"]
    components["parameters"] = {"IdempotencyKey": _KEY}
    refusal = components["responses"].get("Gateway429")
    if refusal is not None:
        refusal["headers"] = {
            name: {"description": about, "schema": {"type": "integer"}}
            for name, about in _LIMITS.items()
        }
    for path, operations in merged["paths"].items():
        for method, operation in operations.items():
            if method not in _SAFE and path.startswith(forwarded):
                parameter = {"$ref": "#/components/parameters/IdempotencyKey"}
                operation.setdefault("parameters", []).append(parameter)
            if operation.get("operationId") in _PUBLIC:
                operation["security"] = []
