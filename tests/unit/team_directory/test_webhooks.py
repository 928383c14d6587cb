"""Rules of webhooks: signatures, the schedule, when an endpoint is spared or given up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from services.team_directory.domain.webhooks import (
    LONGEST_REST,
    LONGEST_WAIT,
    PATIENCE,
    RETRIES,
    SILENCE,
    Ear,
    Health,
    Outcome,
    host_of,
    new_secret,
    next_wait,
    reach_of,
    signed_headers,
)
from shared.permissions import Level, Module, Sight
from tests.support.service import member_identity

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BODY = '{"type":"webhook.ping","data":{"text":"艾达 👩‍💻"}}'.encode()
BAD, GOOD = Outcome(NOW, 1, status=500), Outcome(NOW, 1, status=204)


def test_the_library_accepts_what_we_sign_with_either_secret() -> None:
    old, new = new_secret(), new_secret()
    headers = signed_headers([new, old], uuid4(), BODY, datetime.now(UTC))
    for key in (old, new):
        assert Webhook(key).verify(BODY, headers)["type"] == "webhook.ping"
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(BODY + b" ", headers)
    assert "." not in headers["webhook-id"]


def test_a_known_answer() -> None:
    """Computed with openssl, so that the library and the sender cannot share a mistake."""
    message_id = UUID("0192f0c0-a000-7000-8000-00000000000a")
    key, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", datetime.fromtimestamp(1614265330, UTC)
    assert signed_headers([key], message_id, b'{"test": 2432232314}', at) == {
        "webhook-id": "msg_0192f0c0a0007000800000000000000a",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,mcMOm5/Ssq2UdYLaff3gyU3YT6+O9yLmSfLrU4ASlKI=",
    }


@given(st.floats(0, 1), st.integers(1, len(RETRIES)))
def test_each_wait_lies_a_tenth_around_the_schedule(chance: float, tries: int) -> None:
    wait = next_wait(tries, chance)
    assert wait is not None
    assert RETRIES[tries - 1] * 0.9 <= wait <= RETRIES[tries - 1] * 1.1


def test_tries_come_to_an_end_after_three_days() -> None:
    assert next_wait(len(RETRIES) + 1, 0.5) is None
    assert timedelta(days=3) < sum(RETRIES, timedelta(0)) < PATIENCE
    assert max(RETRIES) * 1.1 < SILENCE, "A silence between two tries must not end the story."


@pytest.mark.parametrize(
    ("status", "delivered"), [(200, True), (299, True), (199, False), (301, False), (404, False)]
)
def test_only_two_hundreds_are_success(status: int, delivered: bool) -> None:
    assert Outcome(NOW, 1, status=status).delivered is delivered
    assert not Outcome(NOW, 1, code="timeout").delivered


def test_one_success_clears_the_record() -> None:
    health = Health(NOW - timedelta(days=4), NOW, 12, NOW + timedelta(minutes=10))
    assert health.after([BAD, GOOD], NOW) == Health()


def test_an_endpoint_that_fails_is_spared_for_longer_and_longer() -> None:
    health, rests = Health(), []
    for _ in range(15):
        health = health.after([BAD, BAD], NOW)
        assert health.rest_until is not None
        rests.append(health.rest_until - NOW)
    assert rests[:3] == [timedelta(seconds=it) for it in (1, 2, 4)]
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST
    assert health.failing_since == NOW


@pytest.mark.parametrize(
    ("asked", "given_"),
    [
        (timedelta(minutes=5), timedelta(minutes=5)),
        (timedelta(days=300), LONGEST_WAIT),
        (timedelta(0), timedelta(seconds=1)),
    ],
)
def test_what_is_asked_for_is_given_within_reason(asked: timedelta, given_: timedelta) -> None:
    health = Health().after([Outcome(NOW, 1, status=429, wait=asked), BAD], NOW)
    assert health.rest_until == NOW + given_


def test_days_of_failures_are_hopeless_but_two_failures_far_apart_are_not() -> None:
    health, now = Health(), NOW
    while now < NOW + PATIENCE:
        health = health.after([BAD], now)
        assert not health.is_hopeless(now)
        now += timedelta(hours=20)
    assert health.after([BAD], now).is_hopeless(now)
    lonely = Health().after([BAD], NOW)
    much_later = NOW + timedelta(days=9)
    assert not lonely.after([BAD], much_later).is_hopeless(much_later)


def test_an_ear_with_a_filter_hears_only_what_is_wholly_about_its_profiles() -> None:
    one, other = uuid4(), uuid4()
    ear = Ear(uuid4(), frozenset({"post.changed"}), frozenset({one}), enabled=True)
    assert ear.hears("post.changed", frozenset({one}))
    assert not ear.hears("post.changed", frozenset({one, other}))
    assert not ear.hears("post.changed", frozenset())
    assert not ear.hears("ticket.opened", frozenset({one}))
    everything = Ear(uuid4(), frozenset({"post.changed"}), None, enabled=True)
    assert everything.hears("post.changed", frozenset())


def test_who_sees_conversations_in_part_reaches_none_of_them() -> None:
    levels = {Module.INBOX: Level.ADMINISTER, Module.PROFILES: Level.VIEW}
    somebody = member_identity(uuid4(), uuid4(), levels=levels, sight=Sight.TEAM)
    assert reach_of(somebody).modules == {"profiles"}
    assert reach_of(member_identity(uuid4(), uuid4(), levels=levels)).modules == {
        "profiles",
        "inbox",
    }


def test_of_an_address_only_the_host_is_shown() -> None:
    assert host_of("https://crm.example.com:8443/hook?token=secret") == "crm.example.com"
