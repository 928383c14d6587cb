"""The life of a connection to a network."""

from datetime import UTC, datetime, timedelta

import pytest

from services.team_directory.domain.connection import (
    CHECK_INTERVAL,
    ConnectionState,
    Happening,
    account_key,
    is_auth_failure,
    next_check,
    next_state,
    runs_out_soon,
)
from shared.networks.types import Account

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CONNECTING, CONNECTED = ConnectionState.CONNECTING, ConnectionState.CONNECTED
NEEDS_PERSON, DISCONNECTED = ConnectionState.NEEDS_PERSON, ConnectionState.DISCONNECTED


@pytest.mark.parametrize(
    ("state", "happening", "after"),
    [
        (CONNECTING, Happening.SIGNED_IN, CONNECTED),
        (CONNECTING, Happening.WORKED, CONNECTING),
        (CONNECTING, Happening.REFUSED, CONNECTING),
        (CONNECTING, Happening.ENDED, CONNECTING),
        (CONNECTED, Happening.SIGNED_IN, CONNECTED),
        (CONNECTED, Happening.WORKED, CONNECTED),
        (CONNECTED, Happening.REFUSED, NEEDS_PERSON),
        (CONNECTED, Happening.ENDED, DISCONNECTED),
        (NEEDS_PERSON, Happening.SIGNED_IN, CONNECTED),
        (NEEDS_PERSON, Happening.WORKED, CONNECTED),
        (NEEDS_PERSON, Happening.REFUSED, NEEDS_PERSON),
        (NEEDS_PERSON, Happening.ENDED, DISCONNECTED),
        (DISCONNECTED, Happening.SIGNED_IN, CONNECTED),
        (DISCONNECTED, Happening.WORKED, DISCONNECTED),
        (DISCONNECTED, Happening.REFUSED, DISCONNECTED),
        (DISCONNECTED, Happening.ENDED, DISCONNECTED),
    ],
)
def test_every_happening_in_every_state(
    state: ConnectionState, happening: Happening, after: ConnectionState
) -> None:
    assert next_state(state, happening) is after


@pytest.mark.parametrize(
    ("code", "auth"),
    [
        ("network.auth_expired", True),
        ("network.auth_revoked", True),
        ("network.scope_missing", False),
        ("network.unavailable", False),
        ("network.rate_limited", False),
        ("network.ambiguous", False),
        ("", False),
    ],
)
def test_only_errors_of_authentication_are_the_credentials_fault(code: str, auth: bool) -> None:
    assert is_auth_failure(code) is auth


@pytest.mark.parametrize(
    ("life", "refreshable", "wait"),
    [
        (None, False, CHECK_INTERVAL),
        (timedelta(hours=2), True, CHECK_INTERVAL),
        (timedelta(days=60), False, CHECK_INTERVAL),
        (timedelta(hours=50), False, timedelta(hours=2)),
        (timedelta(hours=10), False, CHECK_INTERVAL),
    ],
    ids=["no end", "renews itself", "far away", "just before the warning", "warned already"],
)
def test_a_connection_is_looked_at_before_its_token_ends(
    life: timedelta | None, refreshable: bool, wait: timedelta
) -> None:
    expires_at = None if life is None else NOW + life
    assert next_check(NOW, expires_at, refreshable=refreshable) == NOW + wait


def test_a_token_that_nobody_can_renew_runs_out_soon_two_days_ahead() -> None:
    assert runs_out_soon(NOW, NOW + timedelta(hours=48), refreshable=False)
    assert not runs_out_soon(NOW, NOW + timedelta(hours=49), refreshable=False)
    assert not runs_out_soon(NOW, NOW + timedelta(hours=1), refreshable=True)
    assert not runs_out_soon(NOW, None, refreshable=False)


def test_an_account_is_the_same_wherever_its_id_is_global() -> None:
    there = Account(external_id="did:plc:1", handle="a", base_url="https://one.test")
    moved = Account(external_id="did:plc:1", handle="a", base_url="https://two.test")
    assert account_key(there) == account_key(moved) == "did:plc:1"


def test_an_account_that_its_server_numbers_is_another_on_another_server() -> None:
    one = Account(external_id="1", handle="a", base_url="https://One.test")
    two = Account(external_id="1", handle="a", base_url="https://two.test")
    assert account_key(one) == "1@one.test"
    assert account_key(two) == "1@two.test"
