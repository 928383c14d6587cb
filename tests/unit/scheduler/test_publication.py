"""The life of a publication, and what several of them add up to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from services.scheduler.domain.publication import (
    CANCELLED,
    DRAFT,
    FAILED,
    FINAL,
    FOLLOWS,
    PENDING,
    PUBLISHED,
    SENDING,
    UNKNOWN,
    Step,
    added_up,
    after_error,
    may_follow,
)
from shared.events.scheduler import PostState, PublicationState
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    InvalidInputError,
    NetworkError,
    RateLimitedError,
    RemoteTransientError,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def test_nothing_is_sent_again_unless_it_is_known_not_to_stand_there() -> None:
    assert not may_follow(UNKNOWN, SENDING)
    assert not may_follow(SENDING, SENDING)
    assert {state for state in PublicationState if may_follow(state, SENDING)} == {PENDING}
    assert FOLLOWS[PUBLISHED] == FOLLOWS[CANCELLED] == frozenset()


def test_every_state_that_is_not_final_has_a_way_out() -> None:
    assert all(FOLLOWS[state] for state in PublicationState if state not in FINAL)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], PostState.DRAFT),
        ([DRAFT, DRAFT], PostState.DRAFT),
        ([PENDING, PENDING], PostState.SCHEDULED),
        ([PENDING, CANCELLED], PostState.SCHEDULED),
        ([PENDING, PUBLISHED], PostState.PUBLISHING),
        ([SENDING, FAILED], PostState.PUBLISHING),
        ([PUBLISHED, PUBLISHED], PostState.PUBLISHED),
        ([PUBLISHED, CANCELLED], PostState.PUBLISHED),
        ([PUBLISHED, FAILED], PostState.PARTLY_PUBLISHED),
        ([PUBLISHED, UNKNOWN], PostState.UNKNOWN),
        ([FAILED, FAILED], PostState.FAILED),
        ([FAILED, CANCELLED], PostState.FAILED),
        ([CANCELLED], PostState.CANCELLED),
    ],
)
def test_a_post_says_what_its_publications_add_up_to(
    states: Sequence[PublicationState], expected: PostState
) -> None:
    assert added_up(states) is expected


@pytest.mark.parametrize(
    ("error", "state", "due_at"),
    [
        (RemoteTransientError(), PENDING, NOW + timedelta(seconds=2)),
        (RateLimitedError(wait=90), PENDING, NOW + timedelta(seconds=90)),
        (RateLimitedError(wait=3600), FAILED, None),
        (AmbiguousError(), UNKNOWN, NOW + timedelta(seconds=2)),
        (AuthRevokedError(), FAILED, None),
        (InvalidInputError(), FAILED, None),
    ],
)
def test_what_an_answer_means(
    error: NetworkError, state: PublicationState, due_at: datetime | None
) -> None:
    expected = Step(state=state, code=error.code, detail=error.detail, due_at=due_at)
    assert after_error(error, 0, NOW, LATER) == expected
