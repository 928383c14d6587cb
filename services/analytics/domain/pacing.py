"""When to call a network again, so that whatever a person does there comes first."""

from datetime import datetime, timedelta

from shared.errors import ParleyError
from shared.networks.errors import Outcome, RateLimitedError
from shared.networks.types import RateLimit

# Reading the inbox leaves less; a reply takes what there is.
_RESERVE = 0.5
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=1)
# When a person has mended it we are told; this is for when we are not.
_FOR_A_PERSON = timedelta(hours=6)
_REFUSED = timedelta(days=1)


def rest_until(rate: RateLimit | None, now: datetime) -> datetime | None:
    """Until when to leave the rest of what the network allows to others."""
    if rate is None or rate.remaining >= rate.limit * _RESERVE or rate.reset_at <= now:
        return None
    return rate.reset_at


def after_failure(error: ParleyError, failures: int, now: datetime) -> datetime:
    """When to try again after so many failures in a row, this one included."""
    if isinstance(error, RateLimitedError):
        return now + timedelta(seconds=max(error.wait, 1))
    match getattr(error, "outcome", Outcome.RETRY):
        case Outcome.NEEDS_PERSON:
            return now + _FOR_A_PERSON
        case Outcome.REFUSED:
            return now + _REFUSED
    return now + min(_FIRST_WAIT * (1 << min(failures - 1, 10)), _LONGEST_WAIT)
