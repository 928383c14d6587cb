"""Mail as a ledger: the states of a message, what a failure means, and when to try again.

A mail server that has the whole message and does not answer may or may not deliver it. Then nobody
knows, and nothing is sent again: a second copy is worse than a message that a person can send anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

GIVE_UP_AFTER = timedelta(hours=24)
_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(minutes=30)


class MailKind(StrEnum):
    NOTIFICATIONS = "notifications"
    DIGEST = "digest"
    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- The name of a kind.


class MailState(StrEnum):
    """`cancelled`: when its turn came there was nothing to say any more."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class MailFault(StrEnum):
    """What a failure means: try again, never try again, or nobody knows."""

    PASSING = "passing"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class MailError(Exception):
    """A mail server did not take a message; `fault` says what that means."""

    def __init__(self, fault: MailFault, code: str, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of a message; with `due_at` it is tried again then."""

    state: MailState
    code: str
    detail: str
    due_at: datetime | None = None


def step_after(error: MailError, *, now: datetime, made_at: datetime, attempts: int) -> Step:
    """What a failure leads to."""
    match error.fault:
        case MailFault.UNKNOWN:
            return Step(MailState.UNKNOWN, error.code, error.detail)
        case MailFault.REFUSED:
            return Step(MailState.FAILED, error.code, error.detail)
    due_at = now + min(_FIRST_RETRY * (1 << min(attempts, 10)), _LONGEST_RETRY)
    if due_at > made_at + GIVE_UP_AFTER:
        return Step(MailState.FAILED, error.code, error.detail)
    return Step(MailState.PENDING, error.code, error.detail, due_at)


def fault_of(status: int) -> MailFault:
    """What a reply code of SMTP means: 4yz may pass, 5yz will not (RFC 5321, 4.2.1)."""
    return MailFault.REFUSED if status >= 500 else MailFault.PASSING  # noqa: PLR2004 -- RFC 5321.
