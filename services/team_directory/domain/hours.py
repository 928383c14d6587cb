"""Working hours: any number of intervals on each weekday, in the time zone of the person."""

from collections.abc import Mapping, Sequence
from datetime import time

from services.team_directory.errors import HoursError

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Interval = tuple[time, time]


def check_hours(hours: Mapping[str, Sequence[Interval]]) -> None:
    """Raise `HoursError` unless the intervals of each day are in order and apart."""
    for day, intervals in hours.items():
        if day not in WEEKDAYS:
            raise HoursError(f"{day} is not a weekday; they are {', '.join(WEEKDAYS)}.", day=day)
        last: time | None = None
        for begin, end in intervals:
            if begin >= end or (last is not None and begin < last):
                raise HoursError(day=day)
            last = end


def write_hours(hours: Mapping[str, Sequence[Interval]]) -> dict[str, list[list[str]]]:
    """As they are stored; days without an interval are left out."""
    return {
        day: [[begin.strftime("%H:%M"), end.strftime("%H:%M")] for begin, end in hours[day]]
        for day in WEEKDAYS
        if hours.get(day)
    }
