"""The kinds of expected failure; a kind decides the HTTP status and what a consumer does.

A service declares subclasses with a stable `code` in its `errors.py`; nothing else is mapped, so
whatever is not declared stays a fault (500, logged, retried) instead of looking expected.
"""

from collections.abc import Mapping
from typing import Any, ClassVar


class ParleyError(Exception):
    """Base of declared failures.

    `code` is stable and machine-readable (`inbox.conversation_changed`), `title` one sentence for a
    person; `data` are JSON-ready facts that help the caller to act (what changed, when to retry).
    """

    code: ClassVar[str] = "internal"
    title: ClassVar[str] = "Something went wrong."

    def __init__(self, detail: str | None = None, **data: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.data: Mapping[str, Any] = data


class InvalidError(ParleyError):
    """The input can never be accepted as it stands (422; dead letter)."""

    code = "invalid"
    title = "The request is not valid."


class UnauthenticatedError(ParleyError):
    """Nobody is known behind the request (401; dead letter)."""

    code = "unauthenticated"
    title = "Sign in first."


class ForbiddenError(ParleyError):
    """The person is known and may not do this (403; dead letter)."""

    code = "forbidden"
    title = "You may not do this."


class NotFoundError(ParleyError):
    """It is not there, or not for this person (404; a consumer retries briefly)."""

    code = "not_found"
    title = "There is nothing here."


class ConflictError(ParleyError):
    """The state has moved on (409; dead letter)."""

    code = "conflict"
    title = "Somebody changed this meanwhile."


class BusyError(ParleyError):
    """Too much at once; `data["retry_after"]` are seconds to wait (429; retried)."""

    code = "busy"
    title = "Too many requests; try again shortly."


class UnavailableError(ParleyError):
    """Something that is needed does not answer (503; retried)."""

    code = "unavailable"
    title = "A part of the platform does not answer; try again shortly."
