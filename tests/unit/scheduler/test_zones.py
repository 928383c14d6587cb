"""Wall times in named zones, on the days on which clocks are changed too."""

from datetime import UTC, datetime

import pytest

from services.scheduler.domain.zones import Planned, UnknownZone, planned


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "expected"),
    [
        ("2026-01-15T09:00", "Europe/Berlin", Planned(at("2026-01-15T08:00"))),
        ("2026-07-15T09:00", "Europe/Berlin", Planned(at("2026-07-15T07:00"))),
        ("2026-07-15T09:00", "Asia/Kolkata", Planned(at("2026-07-15T03:30"))),
        # Clocks jump from two to three: half past two becomes half past three.
        ("2026-03-29T02:30", "Europe/Berlin", Planned(at("2026-03-29T01:30"), skipped=True)),
        ("2026-03-29T03:00", "Europe/Berlin", Planned(at("2026-03-29T01:00"))),
        ("2026-03-08T02:15", "America/New_York", Planned(at("2026-03-08T07:15"), skipped=True)),
        # Clocks go back from three to two: half past two comes twice, and the first is meant.
        ("2026-10-25T02:30", "Europe/Berlin", Planned(at("2026-10-25T00:30"), twice=True)),
        ("2026-10-25T03:00", "Europe/Berlin", Planned(at("2026-10-25T02:00"))),
        # Here the clock moves by half an hour only.
        ("2026-10-04T02:10", "Australia/Lord_Howe", Planned(at("2026-10-03T15:40"), skipped=True)),
        ("2026-03-29T02:30", "UTC", Planned(at("2026-03-29T02:30"))),
    ],
)
def test_the_instant_of_a_wall_time(wall: str, zone: str, expected: Planned) -> None:
    assert planned(datetime.fromisoformat(wall), zone) == expected


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "../../etc/passwd", "", "/etc/localtime", "a\x00"]
)
def test_a_zone_that_does_not_exist(zone: str) -> None:
    with pytest.raises(UnknownZone):
        planned(datetime.fromisoformat("2026-01-01T09:00"), zone)
