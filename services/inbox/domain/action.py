"""The life of an outbound action: its states, what may follow what, and what an error means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.events.inbox import ActionKind, ActionState
from shared.networks.errors import NetworkError, Outcome, RateLimitedError
from shared.networks.types import Action
from shared.permissions import Right

PENDING, SENDING, SENT, FAILED, UNKNOWN, CANCELLED = ActionState
FINAL = frozenset({SENT, FAILED, CANCELLED})

# A failed action may be tried again by a person; an unknown one goes back to pending only after
# reading back, or a person, has shown that nothing stands on the network.
FOLLOWS: Mapping[ActionState, frozenset[ActionState]] = {
    PENDING: frozenset({SENDING, CANCELLED, FAILED}),
    SENDING: frozenset({SENT, FAILED, PENDING, UNKNOWN}),
    UNKNOWN: frozenset({SENT, PENDING, FAILED}),
    FAILED: frozenset({PENDING}),
    SENT: frozenset(),
    CANCELLED: frozenset(),
}

REPLIES = frozenset({ActionKind.REPLY, ActionKind.PRIVATE_REPLY, ActionKind.MESSAGE})

NETWORK_ACTION: Mapping[ActionKind, Action] = {
    ActionKind.REPLY: Action.REPLY,
    ActionKind.PRIVATE_REPLY: Action.SEND_MESSAGE,
    ActionKind.MESSAGE: Action.SEND_MESSAGE,
    ActionKind.LIKE: Action.LIKE,
    ActionKind.UNLIKE: Action.UNLIKE,
    ActionKind.HIDE: Action.HIDE,
    ActionKind.UNHIDE: Action.UNHIDE,
    ActionKind.DELETE: Action.DELETE,
    ActionKind.BLOCK: Action.BLOCK,
    ActionKind.UNBLOCK: Action.UNBLOCK,
}

RIGHT: Mapping[ActionKind, Right] = {
    ActionKind.REPLY: Right.REPLY_PUBLIC,
    ActionKind.PRIVATE_REPLY: Right.REPLY_PRIVATE,
    ActionKind.MESSAGE: Right.REPLY_PRIVATE,
    ActionKind.LIKE: Right.LIKE,
    ActionKind.UNLIKE: Right.LIKE,
    ActionKind.HIDE: Right.HIDE,
    ActionKind.UNHIDE: Right.HIDE,
    ActionKind.DELETE: Right.DELETE,
    ActionKind.BLOCK: Right.BLOCK,
    ActionKind.UNBLOCK: Right.BLOCK,
}

PERSON_REPLY, PERSON_ACTION, AUTOMATION = 10, 8, 4
"""Priorities of the work; polling has none."""

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where an action goes next; `due_at` is when a worker looks at it again, None for never.

    `closed_until` is when the network lets this profile in again, where it has said so.
    """

    state: ActionState
    code: str | None = None
    detail: str | None = None
    due_at: datetime | None = None
    closed_until: datetime | None = None


def may_follow(state: ActionState, after: ActionState) -> bool:
    return after in FOLLOWS[state]


def wait_of(attempts: int) -> timedelta:
    """The pause before the next try: two seconds, doubled each time, five minutes at the most."""
    return min(_FIRST_WAIT * (1 << min(attempts, 10)), _LONGEST_WAIT)


def after_error(error: NetworkError, attempts: int, now: datetime, deadline: datetime) -> Step:
    """What a network's answer to sending means; only a silence leaves open what happened."""
    match error.outcome:
        case Outcome.RETRY:
            return _again(error, now + wait_of(attempts), deadline)
        case Outcome.THROTTLED:
            wait = error.wait if isinstance(error, RateLimitedError) else 60.0
            open_at = now + timedelta(seconds=wait)
            return replace(_again(error, open_at, deadline), closed_until=open_at)
        case Outcome.UNKNOWN:
            due_at = now + wait_of(attempts)
            return Step(state=UNKNOWN, code=error.code, detail=error.detail, due_at=due_at)
        case Outcome.NEEDS_PERSON | Outcome.REFUSED:
            return Step(state=FAILED, code=error.code, detail=error.detail)


def _again(error: NetworkError, due_at: datetime, deadline: datetime) -> Step:
    """Nothing was sent: wait, but never beyond the deadline."""
    if due_at >= deadline:
        return Step(state=FAILED, code=error.code, detail=error.detail)
    return Step(state=PENDING, code=error.code, detail=error.detail, due_at=due_at)


def believes_absence(last_sent_at: datetime | None, now: datetime, quiet: timedelta) -> bool:
    """Whether "it is not there" may be believed: a request that is still under way needs time."""
    return last_sent_at is None or now - last_sent_at >= quiet
