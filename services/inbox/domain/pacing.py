"""When to read a profile again: often where nobody tells us, seldom where somebody does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.errors import BusyError, ParleyError
from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    RateLimitedError,
    ScopeMissingError,
    UnsupportedError,
)
from shared.networks.types import RateLimit

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=10)
# A person may mend it at any moment, and then we are told; this is for when we are not.
_FOR_A_PERSON = timedelta(minutes=10)
_NOT_OFFERED = timedelta(hours=6)
# The rest of the budget is for what people do.
_RESERVE = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often profiles are read; `beside_push` where the network also tells us by itself."""

    alone: timedelta = timedelta(seconds=15)
    beside_push: timedelta = timedelta(minutes=2)
    reconcile: timedelta = timedelta(minutes=2)
    threads: int = 20
    window: timedelta = timedelta(days=7)
    subscribe: timedelta = timedelta(days=1)
    patience: timedelta = timedelta(seconds=90)


def next_turn(now: datetime, interval: timedelta, rate: RateLimit | None) -> datetime:
    """After the interval; later when little is left of what the network allows."""
    if rate is not None and rate.remaining < rate.limit * _RESERVE:
        return max(now + interval, rate.reset_at)
    return now + interval


def after_failure(error: ParleyError, failures: int, now: datetime) -> datetime:
    """When to try again after so many failures in a row."""
    if isinstance(error, RateLimitedError):
        return now + timedelta(seconds=max(error.wait, 1))
    if isinstance(error, AuthExpiredError | AuthRevokedError):
        return now + _FOR_A_PERSON
    if isinstance(error, ScopeMissingError | UnsupportedError):
        return now + _NOT_OFFERED
    return now + min(_FIRST_WAIT * (1 << min(failures, 10)), _LONGEST_WAIT)


def is_failure(error: ParleyError) -> bool:
    """Being asked to slow down is no failure."""
    return not isinstance(error, BusyError)
