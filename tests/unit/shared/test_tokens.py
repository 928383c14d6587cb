from datetime import UTC, datetime, timedelta

import pytest

from shared.clock import ManualClock
from shared.http.tokens import LIFETIME, InternalTokenError, TokenVerifier, sign
from shared.identity import ActorKind, Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Right, Sight

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD_KEY, NEW_KEY = "o" * 32, "n" * 32

LIMITED = Identity(
    actor_id=new_id(),
    kind=ActorKind.PERSON,
    workspace_id=new_id(),
    levels={Module.INBOX: Level.EDIT, Module.TICKETS: Level.VIEW},
    rights=frozenset({Right.REPLY_PUBLIC, Right.HIDE}),
    sight=Sight.TEAM,
    team_ids=frozenset({new_id()}),
    profile_ids=frozenset({new_id(), new_id()}),
    session_id=new_id(),
)
SERVICE = Identity(
    actor_id=new_id(), kind=ActorKind.SERVICE, workspace_id=new_id(), service="inbox"
)


@pytest.mark.parametrize("identity", [LIMITED, SERVICE], ids=["person", "service"])
def test_an_identity_survives_the_journey(identity: Identity) -> None:
    verifier = TokenVerifier((NEW_KEY,), ManualClock(NOW))
    assert verifier.verify(sign(identity, NEW_KEY, NOW)) == identity


def test_a_token_lives_a_minute_also_in_the_cache() -> None:
    clock = ManualClock(NOW)
    verifier = TokenVerifier((NEW_KEY,), clock)
    token = sign(LIMITED, NEW_KEY, NOW)
    assert verifier.verify(token) == LIMITED
    clock.advance(LIFETIME + timedelta(seconds=10))
    with pytest.raises(InternalTokenError):
        verifier.verify(token)


def test_a_key_can_be_rotated_without_a_gap() -> None:
    verifier = TokenVerifier((NEW_KEY, OLD_KEY), ManualClock(NOW))
    assert verifier.verify(sign(LIMITED, OLD_KEY, NOW)) == LIMITED
    assert verifier.verify(sign(LIMITED, NEW_KEY, NOW)) == LIMITED


@pytest.mark.parametrize("change", ["", "x", "a.b.c", None])
def test_anything_else_is_refused(change: str | None) -> None:
    token = sign(LIMITED, NEW_KEY, NOW)
    header, body, signature = token.split(".")
    forged = change if change is not None else f"{header}.{body[:-4]}AAAA.{signature}"
    with pytest.raises(InternalTokenError):
        TokenVerifier((NEW_KEY,), ManualClock(NOW)).verify(forged)


def test_an_unsigned_token_is_refused() -> None:
    _header, body, _signature = sign(LIMITED, NEW_KEY, NOW).split(".")
    none = "eyJhbGciOiJub25lIn0"
    with pytest.raises(InternalTokenError):
        TokenVerifier((NEW_KEY,), ManualClock(NOW)).verify(f"{none}.{body}.")
