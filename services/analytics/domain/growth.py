"""How a number grew over a period, from the values with which days ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.analytics.domain.periods import Period


@dataclass(frozen=True, slots=True)
class DayValue:
    """What was counted last on a day."""

    day: date
    value: int


@dataclass(frozen=True, slots=True)
class Growth:
    """From one known value to another; the days say which, as some days may be unknown."""

    start: DayValue
    end: DayValue

    @property
    def change(self) -> int:
        return self.end.value - self.start.value

    @property
    def rate(self) -> float | None:
        """The change as a share of the start; unknown where there was nothing to grow from."""
        return self.change / self.start.value if self.start.value else None


def growth(days: Sequence[DayValue], period: Period) -> Growth | None:
    """From the end of the day before the period to the end of its last; `days` are in order.

    Where the day before is unknown, it begins with what was known before that, else with the first
    value in the period. None while there are not two values to compare.
    """
    known = [one for one in days if one.day <= period.last]
    before = [one for one in known if one.day < period.first]
    within = known[len(before) :]
    begin = before[-1:] or within[:1]
    if not within or begin[0] is within[-1]:
        return None
    return Growth(begin[0], within[-1])
