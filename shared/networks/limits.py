"""Rate-limit facts from response headers; networks differ in names and in how they write time."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from shared.networks.types import RateLimit

# A plain number above this is a point in time (epoch seconds), below it a duration in seconds.
_EPOCH_FROM = 1_000_000_000
_DEFAULT_WAIT = 60.0
_ABSURD = 100_000_000_000
_MAX_WAIT = 24 * 3600.0


def rate_limit(headers: Mapping[str, str], now: datetime) -> RateLimit | None:
    """What the headers say, or nothing when they say nothing readable."""
    low = {name.lower(): value for name, value in headers.items()}
    for prefix in ("ratelimit-", "x-ratelimit-", "x-rate-limit-"):
        limit, remaining = low.get(f"{prefix}limit"), low.get(f"{prefix}remaining")
        reset = parse_moment(low.get(f"{prefix}reset", ""), now)
        if _number(limit) is None or _number(remaining) is None or reset is None:
            continue
        return RateLimit(
            limit=int(_number(limit) or 0), remaining=int(_number(remaining) or 0), reset_at=reset
        )
    return None


def wait_seconds(headers: Mapping[str, str], now: datetime) -> float:
    """How long to wait after a 429: `Retry-After`, else the reset of the window, else a minute."""
    low = {name.lower(): value for name, value in headers.items()}
    until = parse_moment(low.get("retry-after", ""), now)
    if until is None:
        facts = rate_limit(headers, now)
        until = facts.reset_at if facts else now + timedelta(seconds=_DEFAULT_WAIT)
    return min(max((until - now).total_seconds(), 1.0), _MAX_WAIT)


def parse_moment(value: str, now: datetime) -> datetime | None:
    """Epoch seconds, seconds from now, ISO 8601 or an HTTP date."""
    number = _number(value)
    if number is not None:
        if number >= _EPOCH_FROM:
            return datetime.fromtimestamp(number, UTC)
        return now + timedelta(seconds=number)
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(value)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _number(value: str | None) -> float | None:
    try:
        # Quoted policies such as `300;w=300` start with the number.
        number = float((value or "").split(";")[0].split(",")[0])
    except ValueError:
        return None
    return number if 0 <= number < _ABSURD else None
