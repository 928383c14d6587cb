"""Periods that are asked for, and the day on which something counts."""

from datetime import UTC, date, datetime, timedelta

from services.analytics.errors import PeriodError

_LONGEST = timedelta(days=400)


def day_of(moment: datetime) -> date:
    """The UTC day on which something is counted."""
    return moment.astimezone(UTC).date()


def check_period(first: date, last: date) -> None:
    """Raises `PeriodError` unless `first <= last` and the period can be answered."""
    if not timedelta(0) <= last - first <= _LONGEST:
        raise PeriodError
