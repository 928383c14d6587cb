"""What a network may answer instead of doing what was asked, by what must happen next.

A connector raises nothing else for an expected failure. It decides by the network's own codes:
the HTTP status alone is not enough (Bluesky answers 400 for an expired token).
"""

from enum import StrEnum
from typing import Any, ClassVar

from shared.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    ParleyError,
    UnavailableError,
)


class Outcome(StrEnum):
    """The state that an outbound action takes after a failure."""

    RETRY = "retry"  # Nothing was done; try again later.
    THROTTLED = "throttled"  # Nothing was done; try again after `wait` seconds.
    NEEDS_PERSON = "needs_person"  # A token or a permission must be renewed first.
    REFUSED = "refused"  # It can never be done as it stands.
    UNKNOWN = "unknown"  # It may have been done: settle it by reading back, never repeat it.


class NetworkError(ParleyError):
    """Base of what networks answer; never raised itself."""

    outcome: ClassVar[Outcome]


class RemoteTransientError(NetworkError, UnavailableError):
    """Nothing was done: the network could not be reached, or said to come back."""

    code = "network.unavailable"
    title = "The network does not answer at the moment."
    outcome = Outcome.RETRY


class RateLimitedError(NetworkError, BusyError):
    """Too many calls; `wait` are seconds until the network lets us in again."""

    code = "network.rate_limited"
    title = "The network asks us to slow down."
    outcome = Outcome.THROTTLED

    def __init__(self, detail: str | None = None, *, wait: float, **data: Any) -> None:
        super().__init__(detail, retry_after=wait, **data)
        self.wait = wait


class AuthExpiredError(NetworkError, ConflictError):
    """The access token is over. Refresh once and repeat once; only then a person is needed."""

    code = "network.auth_expired"
    title = "The connection to this profile has expired."
    outcome = Outcome.NEEDS_PERSON


class AuthRevokedError(NetworkError, ConflictError):
    """No refresh helps: a wrong password, a withdrawn permission, a suspended account."""

    code = "network.auth_revoked"
    title = "The network no longer accepts this connection; connect the profile again."
    outcome = Outcome.NEEDS_PERSON


class ScopeMissingError(NetworkError, ForbiddenError):
    code = "network.scope_missing"
    title = "The connection lacks a permission that this needs."
    outcome = Outcome.NEEDS_PERSON


class WindowClosedError(NetworkError, ConflictError):
    code = "network.window_closed"
    title = "The network no longer lets us answer this person."
    outcome = Outcome.REFUSED


class PolicyRejectedError(NetworkError, ForbiddenError):
    code = "network.policy_rejected"
    title = "The network's rules do not allow this."
    outcome = Outcome.REFUSED


class InvalidInputError(NetworkError, InvalidError):
    code = "network.invalid_input"
    title = "The network does not accept this content."
    outcome = Outcome.REFUSED


class DuplicateError(NetworkError, ConflictError):
    code = "network.duplicate"
    title = "The same thing stands on the network already."
    outcome = Outcome.REFUSED


class GoneError(NetworkError, NotFoundError):
    code = "network.gone"
    title = "This is no longer on the network."
    outcome = Outcome.REFUSED


class UnsupportedError(NetworkError, InvalidError):
    code = "network.unsupported"
    title = "The network does not offer this."
    outcome = Outcome.REFUSED


class AmbiguousError(NetworkError, UnavailableError):
    """The request went out and no answer came back."""

    code = "network.ambiguous"
    title = "The network did not confirm; we are checking whether it went through."
    outcome = Outcome.UNKNOWN
