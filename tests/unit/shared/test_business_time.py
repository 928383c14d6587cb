"""Business time against a clock that walks through every minute and looks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.business_time import (
    ALWAYS,
    HORIZON,
    Calendar,
    add_business,
    business_between,
)

MINUTE = timedelta(minutes=1)
OFFICE = Calendar("Europe/Berlin", (((540, 1020),),) * 5 + ((), ()))
# Their clocks change by an hour, by half an hour, at midnight, not at all, and by a whole day.
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "Asia/Kathmandu",
    "Pacific/Apia",
)
CHANGES = (
    datetime(2026, 3, 29, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 1, tzinfo=UTC),
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2026, 3, 8, 5, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


def is_open(calendar: Calendar, moment: datetime) -> bool:
    local = moment.astimezone(ZoneInfo(calendar.zone))
    minute = local.hour * 60 + local.minute
    day = () if local.date() in calendar.holidays else calendar.week[local.weekday()]
    return any(opens <= minute < closes for opens, closes in day)


def walked_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    minutes = int((end - start) / MINUTE)
    return MINUTE * sum(is_open(calendar, start + MINUTE * n) for n in range(minutes))


def walked_add(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    moment = start
    while minutes:
        minutes -= is_open(calendar, moment)
        moment += MINUTE
    return moment


@st.composite
def days(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    edges = sorted(draw(st.sets(st.integers(0, 1440), max_size=6)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    """Around a change of the clocks, where mistakes live."""
    return draw(st.sampled_from(CHANGES)) + MINUTE * draw(st.integers(-3000, 3000))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    week = draw(st.tuples(*[days()] * 7))
    holidays = draw(st.frozensets(st.dates(date(2026, 3, 1), date(2026, 4, 10)), max_size=3))
    return Calendar(draw(st.sampled_from(ZONES)), week, holidays)


@settings(max_examples=150, deadline=None)
@given(calendars(), moments(), st.integers(0, 4000))
def test_what_lies_between_is_what_a_minute_clock_counts(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    end = start + MINUTE * minutes
    assert business_between(calendar, start, end) == walked_between(calendar, start, end)


@settings(max_examples=150, deadline=None)
@given(calendars(), moments(), st.integers(0, 900))
def test_a_deadline_is_where_a_minute_clock_has_counted_enough(
    calendar: Calendar, start: datetime, minutes: int
) -> None:
    deadline = add_business(calendar, start, MINUTE * minutes)
    if deadline == start + HORIZON:
        assert not any(day for day in calendar.week)
    else:
        assert deadline == walked_add(calendar, start, minutes)


@settings(max_examples=150, deadline=None)
@given(calendars(), moments(), st.timedeltas(timedelta(0), timedelta(hours=60)))
def test_adding_and_measuring_are_one_another_s_opposite(
    calendar: Calendar, start: datetime, amount: timedelta
) -> None:
    deadline = add_business(calendar, start, amount)
    if deadline != start + HORIZON:
        assert business_between(calendar, start, deadline) == amount
        just_before = deadline - timedelta(microseconds=1)
        assert amount == timedelta(0) or business_between(calendar, start, just_before) < amount


@settings(max_examples=100, deadline=None)
@given(calendars(), moments(), st.integers(0, 3000), st.integers(0, 3000))
def test_two_stretches_that_meet_are_as_long_as_the_whole(
    calendar: Calendar, start: datetime, first: int, second: int
) -> None:
    middle, end = start + MINUTE * first, start + MINUTE * (first + second)
    parts = business_between(calendar, start, middle) + business_between(calendar, middle, end)
    assert parts == business_between(calendar, start, end)


@pytest.mark.parametrize(
    ("start", "hours", "deadline"),
    [
        ("2026-03-06T16:30", 1, "2026-03-09T09:30"),
        ("2026-03-07T12:00", 1, "2026-03-09T10:00"),
        ("2026-03-02T09:00", 16, "2026-03-03T17:00"),
        ("2026-03-02T16:00", 1, "2026-03-02T17:00"),
        ("2026-03-27T16:00", 2, "2026-03-30T10:00"),
    ],
    ids=["over the weekend", "from within it", "two days", "the last hour", "clocks change"],
)
def test_deadlines_in_an_office(start: str, hours: int, deadline: str) -> None:
    assert add_business(OFFICE, at(start), timedelta(hours=hours)) == at(deadline)


def test_a_lunch_break_and_a_holiday_do_not_count() -> None:
    split = Calendar(
        "Europe/Berlin", (((480, 720), (810, 1080)),) * 5 + ((), ()), frozenset({date(2026, 4, 6)})
    )
    assert add_business(split, at("2026-04-02T11:30"), timedelta(hours=1)) == at("2026-04-02T14:00")
    # Good Friday is worked here; Easter Monday is not.
    assert add_business(split, at("2026-04-03T17:30"), timedelta(hours=1)) == at("2026-04-07T08:30")


def test_a_day_has_as_many_hours_as_it_has() -> None:
    whole = Calendar("Europe/Berlin", (((0, 1440),),) * 7)
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25), ("2026-10-26", 24)):
        start = at(f"{day}T00:00")
        midnight = datetime.fromisoformat(day) + timedelta(days=1)
        end = at(midnight.isoformat())
        assert business_between(whole, start, end) == timedelta(hours=hours)


def test_always_open_is_the_wall_clock_and_nothing_lies_backwards() -> None:
    start = datetime(2026, 3, 29, 0, 30, 10, 5, tzinfo=UTC)
    assert add_business(ALWAYS, start, timedelta(hours=5)) == start + timedelta(hours=5)
    assert business_between(ALWAYS, start, start - timedelta(days=1)) == timedelta(0)
    assert add_business(OFFICE, start, timedelta(0)) == start
