"""When mail may go out: quiet hours and the hour of the digest, in a person's own time zone.

A time that a clock skips in spring becomes as much later as the clock jumps; of a time that comes
twice in autumn the first one is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class MailHours:
    """`quiet` is from when until when nothing is mailed; it may go over midnight."""

    zone: str
    digest_at: time = time(8)
    quiet: tuple[time, time] | None = None

    def next_digest(self, after: datetime) -> datetime:
        """The first moment after `after` at which the digest is due."""
        return next(moment for moment in _each_day(self.digest_at, self, after) if moment > after)

    def mail_from(self, now: datetime) -> datetime:
        """`now`, or the end of the quiet hours that it lies in."""
        if self.quiet is None:
            return now
        begin, end = self.quiet
        local = now.astimezone(ZoneInfo(self.zone)).time()
        within = begin <= local < end if begin < end else (local >= begin or local < end)
        if begin == end or not within:
            return now
        return next(moment for moment in _each_day(end, self, now) if moment > now)


def _each_day(at: time, hours: MailHours, start: datetime) -> Iterator[datetime]:
    """This local time on each day from the day before `start` on, in UTC."""
    day: date = start.astimezone(ZoneInfo(hours.zone)).date() - timedelta(days=1)
    while True:
        yield moment_of(day, at, hours.zone)
        day += timedelta(days=1)


def moment_of(day: date, at: time, zone: str) -> datetime:
    """The moment, in UTC, at which clocks of the zone show this time on this day."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
