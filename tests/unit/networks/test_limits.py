from datetime import UTC, datetime, timedelta

import pytest

from shared.networks.limits import rate_limit, wait_seconds

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_IN_FIVE = _NOW + timedelta(minutes=5)
_EPOCH = str(int(_IN_FIVE.timestamp()))


@pytest.mark.parametrize(
    "headers",
    [
        {"RateLimit-Limit": "3000", "RateLimit-Remaining": "12", "RateLimit-Reset": _EPOCH},
        {"ratelimit-limit": "3000;w=300", "ratelimit-remaining": "12", "ratelimit-reset": "300"},
        {
            "X-RateLimit-Limit": "3000",
            "X-RateLimit-Remaining": "12",
            "X-RateLimit-Reset": "2026-11-23T12:05:00.000Z",
        },
        {
            "x-rate-limit-limit": "3000",
            "x-rate-limit-remaining": "12",
            "x-rate-limit-reset": _EPOCH,
        },
    ],
    ids=["epoch", "seconds", "iso", "other name"],
)
def test_reads_every_way_of_writing_it(headers: dict[str, str]) -> None:
    facts = rate_limit(headers, _NOW)
    assert facts is not None
    assert (facts.limit, facts.remaining, facts.reset_at) == (3000, 12, _IN_FIVE)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"RateLimit-Limit": "3000"},
        {"RateLimit-Limit": "many", "RateLimit-Remaining": "1", "RateLimit-Reset": "1"},
        {"RateLimit-Limit": "1", "RateLimit-Remaining": "-1", "RateLimit-Reset": "1"},
        {"RateLimit-Limit": "1", "RateLimit-Remaining": "1", "RateLimit-Reset": "soon"},
        {"RateLimit-Limit": "nan", "RateLimit-Remaining": "1", "RateLimit-Reset": "1"},
        {"RateLimit-Limit": "1", "RateLimit-Remaining": "1", "RateLimit-Reset": "9" * 40},
    ],
)
def test_says_nothing_when_nothing_readable_is_said(headers: dict[str, str]) -> None:
    assert rate_limit(headers, _NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "290"}, 290),
        ({"Retry-After": "Mon, 23 Nov 2026 12:02:00 GMT"}, 120),
        ({"Retry-After": "0"}, 1),
        ({"Retry-After": "99999999"}, 86_400),
        ({"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "30"}, 30),
        ({"Retry-After": "rubbish"}, 60),
        ({}, 60),
    ],
)
def test_knows_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert wait_seconds(headers, _NOW) == seconds
