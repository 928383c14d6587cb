"""When a network is called again: after what people do there, and when it lets us."""

from datetime import UTC, datetime, timedelta

import pytest

from services.analytics.domain.pacing import after_failure, rest_until
from shared.errors import ParleyError, UnavailableError
from shared.networks.errors import (
    AuthRevokedError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
    UnsupportedError,
)
from shared.networks.types import RateLimit

_NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_RESET = _NOW + timedelta(minutes=5)


@pytest.mark.parametrize(
    ("remaining", "until"), [(300, None), (150, None), (149, _RESET), (0, _RESET)]
)
def test_half_of_what_a_network_allows_is_left_to_people(
    remaining: int, until: datetime | None
) -> None:
    assert rest_until(RateLimit(limit=300, remaining=remaining, reset_at=_RESET), _NOW) == until


def test_a_window_that_is_over_or_unknown_holds_nobody_up() -> None:
    assert rest_until(None, _NOW) is None
    assert rest_until(RateLimit(limit=300, remaining=0, reset_at=_NOW), _NOW) is None


@pytest.mark.parametrize(
    ("error", "failures", "wait"),
    [
        (RateLimitedError(wait=42), 0, timedelta(seconds=42)),
        (RateLimitedError(wait=0), 0, timedelta(seconds=1)),
        (RemoteTransientError(), 1, timedelta(minutes=1)),
        (RemoteTransientError(), 3, timedelta(minutes=4)),
        (RemoteTransientError(), 50, timedelta(hours=1)),
        (UnavailableError(), 1, timedelta(minutes=1)),
        (AuthRevokedError(), 1, timedelta(hours=6)),
        (ScopeMissingError(), 1, timedelta(hours=6)),
        (UnsupportedError(), 1, timedelta(days=1)),
    ],
)
def test_the_wait_after_a_failure(error: ParleyError, failures: int, wait: timedelta) -> None:
    assert after_failure(error, failures, _NOW) - _NOW == wait
