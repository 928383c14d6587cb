"""Rules of signing in: sessions, limits on tries, codes, passwords, hours."""

from datetime import UTC, datetime, time, timedelta

import pyotp
import pytest

from services.team_directory.domain import second_factor
from services.team_directory.domain.hours import check_hours, write_hours
from services.team_directory.domain.passwords import check_password
from services.team_directory.domain.secrets import digest, new_api_key
from services.team_directory.domain.sessions import TokenFacts, Verdict, ends_at, judge
from services.team_directory.domain.throttle import account_limit, address_limit
from services.team_directory.errors import HoursError, PasswordRefusedError

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _token(
    *,
    age: timedelta = timedelta(),
    seen: timedelta = timedelta(),
    issued: timedelta = timedelta(),
    replaced: timedelta | None = None,
    newest: timedelta | None = None,
) -> TokenFacts:
    """A token by how long ago things happened."""
    return TokenFacts(
        session_created_at=NOW - age,
        session_seen_at=NOW - seen,
        issued_at=NOW - issued,
        replaced_at=None if replaced is None else NOW - replaced,
        newest_at=NOW - (issued if newest is None else newest),
    )


@pytest.mark.parametrize(
    ("token", "verdict"),
    [
        (_token(), Verdict.GOOD),
        (_token(issued=timedelta(minutes=14, seconds=59)), Verdict.GOOD),
        (_token(issued=timedelta(minutes=15)), Verdict.ROTATE),
        (_token(issued=timedelta(minutes=16), newest=timedelta(seconds=5)), Verdict.GOOD),
        (_token(issued=timedelta(hours=3), newest=timedelta(hours=1)), Verdict.ROTATE),
        (_token(issued=timedelta(hours=1), replaced=timedelta(seconds=60)), Verdict.GOOD),
        (_token(issued=timedelta(hours=1), replaced=timedelta(seconds=61)), Verdict.STOLEN),
        (_token(seen=timedelta(days=13, hours=23)), Verdict.GOOD),
        (_token(seen=timedelta(days=14)), Verdict.OVER),
        (_token(age=timedelta(days=90)), Verdict.OVER),
        (_token(seen=timedelta(days=14), replaced=timedelta(days=2)), Verdict.OVER),
    ],
    ids=[
        "fresh",
        "young",
        "old",
        "a successor is on its way",
        "the successor never arrived",
        "just replaced",
        "replaced long ago",
        "idle",
        "idle too long",
        "too long altogether",
        "stolen but over",
    ],
)
def test_tokens_are_judged_by_age_and_successor(token: TokenFacts, verdict: Verdict) -> None:
    assert judge(token, NOW) is verdict


def test_a_session_ends_two_weeks_after_it_was_seen_and_never_after_ninety_days() -> None:
    assert ends_at(NOW, NOW + timedelta(days=5)) == NOW + timedelta(days=19)
    assert ends_at(NOW, NOW + timedelta(days=89)) == NOW + timedelta(days=90)


def test_a_limit_lets_a_burst_through_and_then_one_each_interval() -> None:
    limit = account_limit("Ada@acme.test")
    after_ten = NOW + limit.interval * 10
    assert limit.wait(after_ten - limit.interval, NOW) == timedelta()
    assert limit.wait(after_ten, NOW) == timedelta(seconds=30)


def test_the_name_of_an_account_is_not_kept_and_its_case_does_not_matter() -> None:
    assert account_limit("Ada@acme.test") == account_limit("ada@ACME.test")
    assert "ada" not in account_limit("ada@acme.test").key


def test_one_household_of_ipv6_is_one_place() -> None:
    assert address_limit("2001:db8:1:2::1") == address_limit("2001:db8:1:2:ffff::9")
    assert address_limit("2001:db8:1:2::1") != address_limit("2001:db8:1:3::1")
    assert address_limit("203.0.113.7") != address_limit("203.0.113.8")


def test_a_code_counts_once_and_only_around_its_time() -> None:
    secret = second_factor.new_secret()
    totp = pyotp.TOTP(secret)
    step = int(NOW.timestamp()) // 30
    code = totp.at(NOW)
    assert second_factor.accepted_step(secret, code, NOW, last_step=0) == step
    assert second_factor.accepted_step(secret, code, NOW, last_step=step) is None
    assert second_factor.accepted_step(secret, code, NOW + timedelta(seconds=30), 0) == step
    assert second_factor.accepted_step(secret, code, NOW + timedelta(seconds=90), 0) is None
    assert second_factor.accepted_step(secret, f"{code[:3]} {code[3:]}", NOW, 0) == step


def test_the_picture_holds_the_address_for_the_app() -> None:
    secret = second_factor.new_secret()
    uri = second_factor.provisioning_uri(secret, "ada@acme.test")
    assert uri.startswith(f"otpauth://totp/Parley:ada%40acme.test?secret={secret}")
    assert "<svg" in second_factor.qr_svg(uri)


def test_recovery_codes_are_ten_and_different() -> None:
    codes = second_factor.new_recovery_codes()
    assert len(set(codes)) == 10
    assert second_factor.plain(codes[0].lower().replace("-", " ")) == codes[0].replace("-", "")


def test_an_api_key_shows_its_beginning_and_is_kept_as_a_digest() -> None:
    key, prefix = new_api_key()
    assert key.startswith(f"{prefix}_")
    assert prefix.startswith("pk_")
    assert len(digest(key)) == 32
    assert new_api_key()[0] != key


@pytest.mark.parametrize(
    "password", ["short", "aaaaaaaaaaaa", "password-and-more", "i-am-ada-hello", "x" * 257]
)
def test_passwords_that_are_refused(password: str) -> None:
    with pytest.raises(PasswordRefusedError):
        check_password(password, "ada@acme.test")


def test_a_long_sentence_is_a_good_password() -> None:
    check_password("correct horse battery", "ada@acme.test")
    check_password("correct horse battery", "jo@acme.test")
    check_password("correct horse battery", "rr@acme.test")


def test_hours_may_have_a_break_and_are_stored_in_the_order_of_the_week() -> None:
    hours = {
        "tue": [(time(9), time(17))],
        "mon": [(time(9), time(12)), (time(13), time(18))],
        "sun": [],
    }
    check_hours(hours)
    assert list(write_hours(hours).items()) == [
        ("mon", [["09:00", "12:00"], ["13:00", "18:00"]]),
        ("tue", [["09:00", "17:00"]]),
    ]


@pytest.mark.parametrize(
    "hours",
    [
        {"mon": [(time(12), time(9))]},
        {"mon": [(time(9), time(13)), (time(12), time(18))]},
        {"someday": [(time(9), time(13))]},
    ],
    ids=["backwards", "overlapping", "no weekday"],
)
def test_hours_that_make_no_sense_are_refused(hours: dict[str, list[tuple[time, time]]]) -> None:
    with pytest.raises(HoursError):
        check_hours(hours)
