"""Business time: how much of it lies between two instants, and when so much of it has passed.

A calendar says in local time when it is open; everything is reckoned in UTC over stretches of one
offset, so that an hour that is skipped or comes twice counts as often as it is lived through.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]

MINUTES_A_DAY = 24 * 60
_STEP = timedelta(hours=6)
_DAY = timedelta(days=1)
_PRECISION = timedelta(seconds=1)
_ZERO = timedelta(0)

HORIZON = timedelta(days=5 * 366)
"""How far ahead a deadline is sought; one that lies beyond is put at its end."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """When somebody answers: intervals of minutes a weekday (Monday first), none on holidays.

    The intervals of a day lie in order and do not touch; the last may end with the day.
    """

    zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: frozenset[date] = frozenset()


ALWAYS = Calendar("UTC", (((0, MINUTES_A_DAY),),) * 7)


def calendar_of(body: Mapping[str, Any]) -> Calendar:
    """The calendar in a document: `{zone, week, holidays}`."""
    return Calendar(
        zone=body["zone"],
        week=tuple(tuple((opens, closes) for opens, closes in day) for day in body["week"]),
        holidays=frozenset(date.fromisoformat(day) for day in body["holidays"]),
    )


def business_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """The open time between two instants; nothing when the end does not lie after the start."""
    return sum((until - since for since, until in open_spans(calendar, start, end)), _ZERO)


def add_business(calendar: Calendar, start: datetime, amount: timedelta) -> datetime:
    """The first instant at which `amount` of open time has passed since `start`."""
    left = amount
    if left <= _ZERO:
        return start
    horizon = start + HORIZON
    for since, until in open_spans(calendar, start, horizon):
        if until - since >= left:
            return since + left
        left -= until - since
    return horizon


def open_spans(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Span]:
    """The stretches of [start, end) in which the calendar is open, in order, in UTC."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    chunk = _chunk_before(start)
    while chunk < end:
        for since, until in _open_in_chunk(calendar, chunk):
            begin, finish = max(since, start), min(until, end)
            if begin < finish:
                yield begin, finish
        chunk += _STEP


def _chunk_before(moment: datetime) -> datetime:
    hours = moment.hour - moment.hour % (_STEP // timedelta(hours=1))
    return moment.replace(hour=hours, minute=0, second=0, microsecond=0)


def _open_in_chunk(calendar: Calendar, chunk: datetime) -> Iterator[Span]:
    for since, until, offset in _stretches(calendar.zone, chunk):
        local_start = (since + offset).replace(tzinfo=None)
        local_end = (until + offset).replace(tzinfo=None)
        day = local_start.date()
        while datetime.combine(day, time()) < local_end:
            for opens, closes in _intervals(calendar, day):
                midnight = datetime.combine(day, time())
                begin = max(midnight + timedelta(minutes=opens), local_start)
                finish = min(midnight + timedelta(minutes=closes), local_end)
                if begin < finish:
                    yield _utc(begin, offset), _utc(finish, offset)
            day += _DAY


def _intervals(calendar: Calendar, day: date) -> tuple[tuple[int, int], ...]:
    return () if day in calendar.holidays else calendar.week[day.weekday()]


def _utc(local: datetime, offset: timedelta) -> datetime:
    return (local - offset).replace(tzinfo=UTC)


@lru_cache(maxsize=8192)
def _stretches(zone_name: str, chunk: datetime) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    """A chunk of UTC, cut where the offset of the zone changes; once at the most in so few hours.

    A minute in which the clocks change is cut to the second.
    """
    zone = ZoneInfo(zone_name)
    end = chunk + _STEP
    before, after = _offset(zone, chunk), _offset(zone, end - _PRECISION)
    if before == after:
        return ((chunk, end, before),)
    low, high = chunk, end - _PRECISION
    while high - low > _PRECISION:
        seconds = int((high - low).total_seconds()) // 2
        middle = low + timedelta(seconds=seconds)
        low, high = (middle, high) if _offset(zone, middle) == before else (low, middle)
    return ((chunk, high, before), (high, end, after))


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or _ZERO
