"""The life of a publication: its states, what may follow what, and what an error means."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.events.scheduler import PostState, PublicationState
from shared.networks.errors import NetworkError, Outcome, RateLimitedError

DRAFT, PENDING, SENDING, PUBLISHED, FAILED, UNKNOWN, CANCELLED = PublicationState
FINAL = frozenset({PUBLISHED, FAILED, CANCELLED})
STANDING = frozenset({PENDING, SENDING, PUBLISHED, UNKNOWN})
"""What stands on the network, or may soon."""

# A failed publication may be tried again by a person; an unknown one goes back to pending only
# after reading back, or a person, has shown that nothing stands on the network.
FOLLOWS: Mapping[PublicationState, frozenset[PublicationState]] = {
    DRAFT: frozenset({PENDING, CANCELLED}),
    PENDING: frozenset({DRAFT, SENDING, FAILED, CANCELLED}),
    SENDING: frozenset({PUBLISHED, FAILED, PENDING, UNKNOWN}),
    UNKNOWN: frozenset({PUBLISHED, PENDING, FAILED}),
    FAILED: frozenset({PENDING}),
    PUBLISHED: frozenset(),
    CANCELLED: frozenset(),
}

_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a publication goes next; `due_at` is when a worker looks again, None for never."""

    state: PublicationState
    code: str | None = None
    detail: str | None = None
    due_at: datetime | None = None


def may_follow(state: PublicationState, after: PublicationState) -> bool:
    return after in FOLLOWS[state]


def wait_of(attempts: int) -> timedelta:
    """The pause before the next try: two seconds, doubled each time, five minutes at the most."""
    return min(_FIRST_WAIT * (1 << min(attempts, 10)), _LONGEST_WAIT)


def after_error(error: NetworkError, attempts: int, now: datetime, deadline: datetime) -> Step:
    """What a network's answer to a post means; only a silence leaves open what happened."""
    match error.outcome:
        case Outcome.RETRY:
            return _again(error, now + wait_of(attempts), deadline)
        case Outcome.THROTTLED:
            wait = error.wait if isinstance(error, RateLimitedError) else 60.0
            return _again(error, now + timedelta(seconds=wait), deadline)
        case Outcome.UNKNOWN:
            due_at = now + wait_of(attempts)
            return Step(state=UNKNOWN, code=error.code, detail=error.detail, due_at=due_at)
        case Outcome.NEEDS_PERSON | Outcome.REFUSED:
            return Step(state=FAILED, code=error.code, detail=error.detail)


def _again(error: NetworkError, due_at: datetime, deadline: datetime) -> Step:
    """Nothing was published: wait, but never beyond the deadline."""
    if due_at >= deadline:
        return Step(state=FAILED, code=error.code, detail=error.detail)
    return Step(state=PENDING, code=error.code, detail=error.detail, due_at=due_at)


def added_up(states: Collection[PublicationState]) -> PostState:
    """The state of a post, from those of its publications."""
    found = frozenset(states)
    under_way = _under_way(found)
    if under_way is not None:
        return under_way
    if PUBLISHED in found:
        done = found <= {PUBLISHED, CANCELLED}
        return PostState.PUBLISHED if done else PostState.PARTLY_PUBLISHED
    if FAILED in found:
        return PostState.FAILED
    return PostState.CANCELLED


def _under_way(found: frozenset[PublicationState]) -> PostState | None:
    if not found or DRAFT in found:
        return PostState.DRAFT
    if SENDING in found or (PENDING in found and not found <= {PENDING, CANCELLED}):
        return PostState.PUBLISHING
    if PENDING in found:
        return PostState.SCHEDULED
    return PostState.UNKNOWN if UNKNOWN in found else None
