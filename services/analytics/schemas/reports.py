"""Bodies of reports: what is asked for, and the numbers that answer it."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.analytics.domain.figures import HoursMode
from services.analytics.domain.measurement import Measure
from services.analytics.domain.metrics import Metric
from shared.http.pages import DEFAULT_LIMIT

Kind = Annotated[str, StringConstraints(max_length=50)]
Hour = Annotated[int, Field(ge=0, le=23)]
Weekday = Annotated[int, Field(ge=1, le=7, description="1 is Monday.")]


class Interval(StrEnum):
    """Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Dimension(StrEnum):
    """By what a breakdown tells numbers apart; the hours of a week begin with 0, Monday at 0:00."""

    PROFILE = "profile"
    KIND = "kind"
    PERSON = "person"
    TEAM = "team"
    HOUR = "hour"
    WEEKDAY = "weekday"
    HOUR_OF_WEEK = "hour_of_week"
    DAY = "day"


class ReportFilters(BaseModel, extra="forbid"):
    """Values of one field are alternatives, fields narrow each other.

    Days and hours are those of the workspace's time zone; both ends of the period are included. The
    id of zeros stands for nobody: what no person or no team did or held.
    """

    first: date
    last: date
    hours: HoursMode = Field(
        HoursMode.ALL,
        description="`all`: everything by the wall clock; `business`: what happened in business"
        " hours, durations in business time; `off`: what happened outside of them, by the wall"
        " clock.",
    )
    profile_id: list[UUID] = Field([], max_length=200)
    kind: list[Kind] = Field([], max_length=20)
    person_id: list[UUID] = Field([], max_length=200)
    team_id: list[UUID] = Field([], max_length=100)
    hour: list[Hour] = Field([], max_length=24)
    weekday: list[Weekday] = Field([], max_length=7)


class ComparedFilters(ReportFilters):
    compare: bool = Field(True, description="Also tell the equally long period before.")


class OverviewQuery(ComparedFilters):
    metric: list[Metric] = Field([], max_length=50, description="Which numbers; none: all.")


class SeriesQuery(ComparedFilters):
    metric: list[Metric] = Field(min_length=1, max_length=8)
    interval: Interval = Interval.DAY


class BreakdownQuery(ComparedFilters):
    metric: list[Metric] = Field(min_length=1, max_length=8)
    by: Dimension


class ItemsQuery(ReportFilters):
    """The items behind a cell of any report, newest first: the same filters, and one measure.

    Which measures a number is made of stands in its definition.
    """

    measure: Measure
    at_most: int | None = Field(None, ge=0, description="Durations up to so many seconds.")
    more_than: int | None = Field(None, ge=0, description="Durations of more seconds than these.")
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=200)
    cursor: str | None = Field(None, max_length=512)


class PeriodView(BaseModel):
    first: date
    last: date


class CalendarUsed(BaseModel):
    """By which calendar business time is counted; one without an id is always open.

    `profile_ids` empty: for every profile that no other calendar names.
    """

    calendar_id: UUID | None
    name: str | None
    time_zone: str | None
    profile_ids: list[UUID]


class WithinView(BaseModel):
    """How many took no longer than so many seconds, and which share that is."""

    seconds: int
    count: int
    share: float


class SpreadView(BaseModel):
    """Durations in seconds.

    The mean and `within` are exact; the others are within 10 %, because durations are kept in
    buckets, and exact where a bucket holds one.
    """

    mean: float
    median: float
    p90: float
    fastest: float
    slowest: float
    within: list[WithinView]


class FigureView(BaseModel):
    """`value` is what is shown in large: a count, a share from 0 to 1, a median in seconds.

    It is None where there is nothing to tell. `count` is how many items stand behind it, and `of`
    what a share is a share of.
    """

    value: float | None
    count: int
    of: int | None = None
    spread: SpreadView | None = None


class NumberView(BaseModel):
    """One number now and in the period before."""

    metric: Metric
    now: FigureView
    before: FigureView | None = None


class Framed(BaseModel):
    """What every report says about itself.

    `counted_at` is when the numbers were last counted from the beginning.
    """

    period: PeriodView
    before: PeriodView | None
    hours: HoursMode
    time_zone: str
    calendars: list[CalendarUsed]
    counted_at: datetime | None


class OverviewView(Framed):
    numbers: list[NumberView]


class PointView(BaseModel):
    """`first` is the first day of the interval; `before` lies as far back as the period is long."""

    first: date
    now: FigureView
    before: FigureView | None = None


class LineView(BaseModel):
    metric: Metric
    points: list[PointView]


class SeriesView(Framed):
    interval: Interval
    lines: list[LineView]


class RowView(BaseModel):
    """`key` is an id, a kind, an hour, a weekday, an hour of the week or a day; None for nobody."""

    key: str | None
    numbers: list[NumberView]


class BreakdownView(Framed):
    by: Dimension
    rows: list[RowView]


class ItemView(BaseModel):
    """What stands behind a number: one of the three ids says where to look.

    A duration ended `at`; `person_id` is who answered, closed or planned, or who held it.
    """

    id: UUID
    at: datetime
    conversation_id: UUID | None = None
    ticket_id: UUID | None = None
    post_id: UUID | None = None
    profile_id: UUID
    kind: str
    person_id: UUID | None
    team_id: UUID | None
    in_business_hours: bool
    wall_seconds: int | None
    business_seconds: int | None


class RecountView(BaseModel):
    """`running_since` is when the count that is under way began."""

    counted_at: datetime | None
    running_since: datetime | None
