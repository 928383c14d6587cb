"""Periods that are asked for, and the equally long one before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from services.analytics.errors import PeriodError

_LONGEST = timedelta(days=400)
_DAY = timedelta(days=1)


def check_period(first: date, last: date) -> None:
    """Raises `PeriodError` unless it ends after it starts and can be answered."""
    # The period before it must exist, too, and so must the moment at which it ends.
    exists = first - date.min > _LONGEST and date.max - last > _DAY
    if not exists or not timedelta(0) <= last - first <= _LONGEST:
        raise PeriodError


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the workspace's zone, both ends included."""

    first: date
    last: date

    @classmethod
    def checked(cls, first: date, last: date) -> Self:
        """Raises `PeriodError` as `check_period` does."""
        check_period(first, last)
        return cls(first, last)

    def days(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += _DAY

    def before(self) -> "Period":
        """The equally long period that ends on the day before."""
        return Period(self.first - (self.last - self.first) - _DAY, self.first - _DAY)
