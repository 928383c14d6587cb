"""Bodies of calendars and policies."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.ticketing.domain.promises import Measure
from services.ticketing.domain.ticket import Priority
from shared.business_time import MINUTES_A_DAY
from shared.events.ticketing import SlaTarget

_YEAR_SECONDS = 366 * 24 * 3600

Minute = Annotated[int, Field(ge=0, le=MINUTES_A_DAY, description="Minutes since midnight.")]
Interval = tuple[Minute, Minute]
SlaName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


def _in_order(day: list[Interval]) -> list[Interval]:
    """Intervals that touch are one; those that overlap are a mistake."""
    minutes = [minute for interval in day for minute in interval]
    if any(later <= earlier for earlier, later in pairwise(minutes)):
        raise ValueError("intervals lie in order, are not empty and do not touch")
    return day


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("this is not the name of an IANA time zone")
    return zone


def _open_once(week: list[list[Interval]]) -> list[list[Interval]]:
    if not any(week):
        raise ValueError("a calendar is open at least once a week")
    return week


Day = Annotated[list[Interval], Field(max_length=10), AfterValidator(_in_order)]


class CalendarHours(BaseModel):
    """`week` holds the intervals of each weekday in minutes, Monday first; holidays have none."""

    zone: Annotated[str, Field(max_length=100), AfterValidator(_known_zone)]
    week: Annotated[list[Day], Field(min_length=7, max_length=7), AfterValidator(_open_once)]
    holidays: list[date] = Field(default=[], max_length=500)


class CalendarBody(CalendarHours):
    name: SlaName

    def hours(self) -> dict[str, Any]:
        """What is stored, in JSON's words."""
        return self.model_dump(mode="json", exclude={"name", "expected_version"})


class CalendarRewriteBody(CalendarBody):
    expected_version: int = Field(ge=1)


class CalendarView(CalendarBody):
    id: UUID
    version: int


class GoalBody(BaseModel):
    seconds: int = Field(ge=60, le=_YEAR_SECONDS)
    measure: Measure = Measure.BUSINESS


class PolicyBody(BaseModel):
    """Goals by priority and target; what is not named is not promised.

    `profile_ids` empty: the policy holds for every profile that has none of its own.
    """

    name: SlaName
    calendar_id: UUID
    profile_ids: list[UUID] = Field(default=[], max_length=500)
    goals: dict[Priority, dict[SlaTarget, GoalBody]]

    def values(self) -> dict[str, Any]:
        """What is stored; the goals in JSON's words."""
        return {
            "name": self.name,
            "calendar_id": self.calendar_id,
            "profile_ids": list(dict.fromkeys(self.profile_ids)),
            "goals": self.model_dump(mode="json")["goals"],
        }


class PolicyRewriteBody(PolicyBody):
    expected_version: int = Field(ge=1)


class PolicyView(PolicyBody):
    id: UUID
    version: int


class SlaCreated(BaseModel):
    id: UUID
