"""Days, hours and business time of a workspace, as its settings were told."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.analytics.domain.hours import Setting, hours_of, settings_of
from shared.business_time import business_between, calendar_of
from shared.ids import new_id

START = datetime(2026, 3, 2, tzinfo=UTC)
OFFICE: dict[str, Any] = {
    "zone": "Europe/Berlin",
    "week": [[[480, 720], [810, 1080]]] * 5 + [[[600, 720]], []],
    "holidays": ["2026-04-06"],
}
NIGHT: dict[str, Any] = {"zone": "America/New_York", "week": [[[0, 240]]] * 7, "holidays": []}
PROFILE, OTHER = new_id(), new_id()
MOMENTS = st.integers(0, 40 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds))


def calendar(day: int, calendar_id: UUID, body: dict[str, Any]) -> Setting:
    told = {"calendar_id": str(calendar_id), "name": "Hours", **body}
    return Setting(START + timedelta(days=day), new_id(), "ticketing.calendar_saved", told)


def policy(day: int, calendar_id: UUID, *profiles: UUID) -> Setting:
    told = {
        "policy_id": str(new_id()),
        "calendar_id": str(calendar_id),
        "profile_ids": [str(profile) for profile in profiles],
    }
    return Setting(START + timedelta(days=day), new_id(), "ticketing.policy_saved", told)


@given(MOMENTS, st.integers(0, 20 * 24 * 3600))
def test_business_time_is_that_of_ticketing(begin: datetime, seconds: int) -> None:
    hours = hours_of(settings_of([calendar(0, new_id(), OFFICE)]))
    end = begin + timedelta(seconds=seconds)
    expected = business_between(calendar_of(OFFICE), begin, end)
    assert hours.business(PROFILE, begin, end, by=end) == int(expected.total_seconds())
    moment = business_between(calendar_of(OFFICE), begin, begin + timedelta(microseconds=1))
    assert hours.is_open(PROFILE, begin) is bool(moment)


def test_without_a_calendar_every_hour_counts() -> None:
    hours = hours_of(settings_of([]))
    assert hours.is_open(PROFILE, START)
    assert hours.business(PROFILE, START, START + timedelta(days=2), by=START) == 2 * 86_400
    assert hours.regime(START) is None


def test_a_profile_has_the_calendar_of_its_policy_or_that_of_all_others() -> None:
    office, night = new_id(), new_id()
    told = [
        calendar(0, office, OFFICE),
        calendar(1, night, NIGHT),
        policy(2, night, PROFILE),
    ]
    regime = hours_of(settings_of(told)).regime(START + timedelta(days=3))
    assert regime is not None
    assert (regime.calendar(PROFILE).id, regime.calendar(OTHER).id) == (night, office)
    default = hours_of(settings_of([*told, policy(3, night)])).regime(START + timedelta(days=4))
    assert default is not None
    assert default.calendar(OTHER).id == night


def test_a_changed_calendar_holds_from_then_on_and_the_first_for_all_before() -> None:
    office = new_id()
    told = [calendar(10, office, OFFICE), calendar(20, office, NIGHT)]
    hours = hours_of(settings_of(told))
    # Monday, nine in Berlin: night in New York.
    morning = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert hours.is_open(PROFILE, morning)
    assert not hours.is_open(PROFILE, morning + timedelta(days=28, hours=4))


def test_what_is_told_in_one_moment_holds_together_and_telling_it_again_changes_nothing() -> None:
    office, night = new_id(), new_id()
    told = [calendar(10, office, OFFICE), calendar(10, night, NIGHT), policy(10, night, PROFILE)]
    document = settings_of(told)
    regime = hours_of(document).regime(START)
    assert regime is not None
    assert regime.calendar(PROFILE).id == night
    again = [each._replace(at=each.at + timedelta(days=5), event_id=new_id()) for each in told]
    assert settings_of([*told, *again]) == document


def test_days_are_those_of_the_newest_zone_whatever_came_first() -> None:
    def zone(day: int, name: str) -> Setting:
        at = START + timedelta(days=day)
        return Setting(at, new_id(), "team_directory.workspace_saved", {"time_zone": name})

    told = [zone(0, "Europe/Berlin"), zone(2, "Asia/Shanghai"), zone(1, "America/New_York")]
    for order in permutations(told):
        hours = hours_of(settings_of(order))
        assert hours.local(datetime(2026, 3, 2, 17, 30, tzinfo=UTC)) == (date(2026, 3, 3), 1)
