"""When mail may go out: through changes of the clocks, and over midnight."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.team_directory.domain.mail_times import MailHours

BERLIN = "Europe/Berlin"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("why", "hours", "after", "expected"),
    [
        ("in winter", MailHours(BERLIN), "2026-03-27 12:00", "2026-03-28 07:00"),
        (
            "on the day the clocks go forward",
            MailHours(BERLIN),
            "2026-03-28 12:00",
            "2026-03-29 06:00",
        ),
        ("in summer", MailHours(BERLIN), "2026-03-29 12:00", "2026-03-30 06:00"),
        (
            "on the day the clocks go back",
            MailHours(BERLIN),
            "2026-10-24 12:00",
            "2026-10-25 07:00",
        ),
        ("today", MailHours(BERLIN), "2026-06-01 05:59", "2026-06-01 06:00"),
        ("not twice", MailHours(BERLIN), "2026-06-01 06:00", "2026-06-02 06:00"),
        (
            "a skipped time comes as much later as the clock jumps",
            MailHours(BERLIN, time(2, 30)),
            "2026-03-28 12:00",
            "2026-03-29 01:30",
        ),
        (
            "a time that comes twice is the first",
            MailHours(BERLIN, time(2, 30)),
            "2026-10-24 12:00",
            "2026-10-25 00:30",
        ),
        (
            "and does not come again an hour later",
            MailHours(BERLIN, time(2, 30)),
            "2026-10-25 00:30",
            "2026-10-26 01:30",
        ),
        ("far east", MailHours("Pacific/Kiritimati"), "2026-06-01 12:00", "2026-06-01 18:00"),
    ],
)
def test_the_digest_comes_at_its_hour(
    why: str, hours: MailHours, after: str, expected: str
) -> None:
    assert hours.next_digest(at(after)) == at(expected), why


@pytest.mark.parametrize(
    ("why", "quiet", "now", "expected"),
    [
        ("before", (time(22), time(7)), "2026-06-01 19:59", "2026-06-01 19:59"),
        ("in the evening", (time(22), time(7)), "2026-06-01 20:00", "2026-06-02 05:00"),
        ("after midnight", (time(22), time(7)), "2026-06-02 01:00", "2026-06-02 05:00"),
        ("at its end", (time(22), time(7)), "2026-06-02 05:00", "2026-06-02 05:00"),
        (
            "over the change of the clocks",
            (time(22), time(7)),
            "2026-03-28 22:00",
            "2026-03-29 05:00",
        ),
        ("by day", (time(12), time(13)), "2026-06-01 10:30", "2026-06-01 11:00"),
        ("of no length", (time(12), time(12)), "2026-06-01 10:00", "2026-06-01 10:00"),
    ],
)
def test_quiet_hours_hold_mail_back(
    why: str, quiet: tuple[time, time], now: str, expected: str
) -> None:
    assert MailHours(BERLIN, quiet=quiet).mail_from(at(now)) == at(expected), why


moments = st.integers(0, 10 * 366 * 24 * 60).map(
    lambda minutes: at("2020-01-01 00:00") + timedelta(minutes=minutes)
)
zones = st.sampled_from(
    [BERLIN, "UTC", "Asia/Shanghai", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]
)


@given(moments, zones, st.times())
def test_a_digest_is_never_far_and_always_later(now: datetime, zone: str, hour: time) -> None:
    due = MailHours(zone, hour.replace(second=0, microsecond=0)).next_digest(now)
    assert now < due <= now + timedelta(hours=26)


@given(moments, zones, st.times(), st.times())
def test_mail_waits_a_day_at_most_and_then_leaves(
    now: datetime, zone: str, begin: time, end: time
) -> None:
    hours = MailHours(zone, quiet=(begin, end))
    leaves = hours.mail_from(now)
    assert now <= leaves <= now + timedelta(hours=26)
    assert hours.mail_from(leaves) == leaves or _shown(leaves, zone) != end


def _shown(moment: datetime, zone: str) -> time:
    """Another time than the end of the quiet hours only where a clock skips that."""
    return moment.astimezone(ZoneInfo(zone)).time()
