"""When a profile is read again, and what state its inbound side is in."""

from datetime import timedelta

import pytest

from services.inbox.domain.health import HealthFacts, HealthState, health_of, is_balanced
from services.inbox.domain.pacing import after_failure, is_failure, next_turn
from shared.errors import ParleyError
from shared.networks.errors import (
    AuthRevokedError,
    GoneError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
)
from shared.networks.types import RateLimit
from tests.support.inbound import BEGIN

QUARTER = timedelta(seconds=15)


@pytest.mark.parametrize(
    ("case", "left", "reset_in", "expected"),
    [
        ("plenty", 90, 3600, 15),
        ("the reserve is for people", 19, 3600, 3600),
        ("a window that ends before our turn", 0, 5, 15),
    ],
)
def test_next_turn(case: str, left: int, reset_in: float, expected: float) -> None:
    rate = RateLimit(limit=100, remaining=left, reset_at=BEGIN + timedelta(seconds=reset_in))
    assert next_turn(BEGIN, QUARTER, rate) == BEGIN + timedelta(seconds=expected), case
    assert next_turn(BEGIN, QUARTER, None) == BEGIN + QUARTER


@pytest.mark.parametrize(
    ("error", "failures", "seconds"),
    [
        (RemoteTransientError(), 0, 5),
        (RemoteTransientError(), 3, 40),
        (RemoteTransientError(), 99, 600),
        (GoneError(), 1, 10),
        (RateLimitedError(wait=42), 9, 42),
        (RateLimitedError(wait=0), 0, 1),
        (AuthRevokedError(), 0, 600),
        (ScopeMissingError(), 0, 6 * 3600),
    ],
)
def test_after_failure(error: ParleyError, failures: int, seconds: float) -> None:
    assert after_failure(error, failures, BEGIN) == BEGIN + timedelta(seconds=seconds)


def test_being_slowed_down_is_no_failure() -> None:
    assert not is_failure(RateLimitedError(wait=1))
    assert is_failure(RemoteTransientError())


@pytest.mark.parametrize(
    ("facts", "state", "reason"),
    [
        (HealthFacts("connected", None, 0, []), "healthy", None),
        (HealthFacts("connected", None, 2, []), "attention", "inbox.deliveries_failed"),
        (HealthFacts("connected", None, 2, ["network.gone"]), "attention", "network.gone"),
        (HealthFacts("needs_person", "Expired.", 2, ["x"]), "stopped", "Expired."),
        (HealthFacts("disconnected", None, 0, []), "stopped", "disconnected"),
    ],
)
def test_health(facts: HealthFacts, state: str, reason: str | None) -> None:
    health = health_of(facts)
    assert (health.state, health.reason) == (HealthState(state), reason)


def test_balance() -> None:
    counts = {
        "received": 10,
        "repeated": 3,
        "stored": 7,
        "handled": 3,
        "failed": 1,
        "discarded": 1,
        "waiting": 2,
    }
    assert is_balanced(counts)
    assert not any(is_balanced(counts | {name: counts[name] + 1}) for name in counts)
