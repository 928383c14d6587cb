"""Moving windows: how many in which time, and what the headers say."""

import pytest

from gateway.errors import RateLimitError
from gateway.limits import RateLimits, WindowStorage
from gateway.routes import RateClass


def test_one_too_many_is_refused_for_that_person_and_kind_only() -> None:
    limits = RateLimits({RateClass.READ: "2/minute", RateClass.WRITE: "1/minute"})
    first = dict(limits.hit(RateClass.READ, "ada"))
    assert first[b"ratelimit-limit"] == b"2"
    assert first[b"ratelimit-remaining"] == b"1"
    assert first[b"ratelimit-reset"] == b"60"
    assert dict(limits.hit(RateClass.READ, "ada"))[b"ratelimit-remaining"] == b"0"
    with pytest.raises(RateLimitError) as refusal:
        limits.hit(RateClass.READ, "ada")
    assert refusal.value.data == {"retry_after": 60, "limit": 2}
    with pytest.raises(RateLimitError):
        limits.check(RateClass.READ, "ada")
    limits.check(RateClass.READ, "bo")
    limits.hit(RateClass.READ, "bo")
    limits.hit(RateClass.WRITE, "ada")


def test_the_window_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("gateway.limits.time.time", lambda: now)
    storage = WindowStorage()
    assert storage.acquire_entry("a", 2, 60)
    now = 1_030.0
    assert storage.acquire_entry("a", 2, 60)
    assert not storage.acquire_entry("a", 2, 60)
    assert storage.get_moving_window("a", 2, 60) == (1_000.0, 2)
    now = 1_061.0
    assert storage.get_moving_window("a", 2, 60) == (1_030.0, 1)
    assert storage.acquire_entry("a", 2, 60)
    assert not storage.acquire_entry("a", 2, 60)
    storage.sweep()
    assert storage.get("a") == 2
    now = 1_200.0
    storage.sweep()
    assert storage.get("a") == 0
