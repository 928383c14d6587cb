"""When a wall clock in a named zone shows a time: the instant that a post is published at.

A time that a clock skips in spring becomes as much later as the clock jumps; of a time that comes
twice in autumn the first one is meant.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Planned:
    """An instant, and what about its wall time needs a second look."""

    at: datetime
    skipped: bool = False
    twice: bool = False


class UnknownZone(ValueError):  # noqa: N818 -- a plain value error with a name of its own.
    """There is no time zone of this name."""


def zone_of(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZone(name) from error


def planned(wall: datetime, zone: str) -> Planned:
    """The instant at which clocks in `zone` show `wall`, a time without an offset."""
    here = zone_of(zone)
    first = wall.replace(tzinfo=here, fold=0)
    second = wall.replace(tzinfo=here, fold=1)
    at = first.astimezone(UTC)
    skipped = at.astimezone(here).replace(tzinfo=None) != wall.replace(fold=0)
    twice = not skipped and first.utcoffset() != second.utcoffset()
    return Planned(at, skipped, twice)
