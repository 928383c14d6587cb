"""The life of an outbound action as a table: what may follow what, and what an answer means."""

from datetime import UTC, datetime, timedelta

import pytest

from services.inbox.domain.action import (
    CANCELLED,
    FAILED,
    FINAL,
    FOLLOWS,
    NETWORK_ACTION,
    PENDING,
    RIGHT,
    SENDING,
    SENT,
    UNKNOWN,
    Step,
    after_error,
    believes_absence,
    may_follow,
    wait_of,
)
from shared.events.inbox import ActionKind, ActionState
from shared.networks.errors import (
    AmbiguousError,
    AuthExpiredError,
    AuthRevokedError,
    DuplicateError,
    GoneError,
    InvalidInputError,
    NetworkError,
    PolicyRejectedError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
    UnsupportedError,
    WindowClosedError,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DEADLINE = NOW + timedelta(hours=1)


def test_what_may_follow_what() -> None:
    table = {
        state: {after for after in ActionState if may_follow(state, after)} for state in FOLLOWS
    }
    assert table == {
        PENDING: {SENDING, CANCELLED, FAILED},
        SENDING: {SENT, FAILED, PENDING, UNKNOWN},
        UNKNOWN: {SENT, PENDING, FAILED},
        FAILED: {PENDING},
        SENT: set(),
        CANCELLED: set(),
    }


def test_what_stands_on_the_network_is_never_sent_again() -> None:
    assert not any(may_follow(SENT, after) for after in ActionState)
    assert not may_follow(UNKNOWN, SENDING)
    assert {SENT, CANCELLED, FAILED} == FINAL


def test_every_kind_has_a_right_and_a_way_to_the_network() -> None:
    assert set(RIGHT) == set(NETWORK_ACTION) == set(ActionKind)


@pytest.mark.parametrize(
    ("error", "state", "wait"),
    [
        (RemoteTransientError(), PENDING, timedelta(seconds=2)),
        (RateLimitedError(wait=90), PENDING, timedelta(seconds=90)),
        (AmbiguousError(), UNKNOWN, timedelta(seconds=2)),
        (AuthExpiredError(), FAILED, None),
        (AuthRevokedError(), FAILED, None),
        (ScopeMissingError(), FAILED, None),
        (WindowClosedError(), FAILED, None),
        (PolicyRejectedError(), FAILED, None),
        (InvalidInputError(), FAILED, None),
        (DuplicateError(), FAILED, None),
        (GoneError(), FAILED, None),
        (UnsupportedError(), FAILED, None),
        # Nothing waits beyond its deadline.
        (RateLimitedError(wait=7200), FAILED, None),
    ],
)
def test_what_an_answer_means(
    error: NetworkError, state: ActionState, wait: timedelta | None
) -> None:
    step = after_error(error, 0, NOW, DEADLINE)
    due_at = None if wait is None else NOW + wait
    assert (step.state, step.code, step.due_at) == (state, error.code, due_at)


def test_a_throttled_profile_is_closed_until_the_network_opens_it() -> None:
    step = after_error(RateLimitedError(wait=7200), 0, NOW, DEADLINE)
    assert step.closed_until == NOW + timedelta(hours=2)
    assert after_error(AmbiguousError(), 0, NOW, DEADLINE).closed_until is None
    assert Step(state=SENT).due_at is None


def test_the_pause_grows_to_five_minutes() -> None:
    pauses = [wait_of(attempts).total_seconds() for attempts in (0, 1, 2, 7, 8, 10_000)]
    assert pauses == [2, 4, 8, 256, 300, 300]


def test_absence_is_believed_when_nothing_can_be_under_way() -> None:
    quiet = timedelta(seconds=30)
    assert believes_absence(None, NOW, quiet)
    assert not believes_absence(NOW - timedelta(seconds=29), NOW, quiet)
    assert believes_absence(NOW - quiet, NOW, quiet)
