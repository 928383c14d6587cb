"""Internal tokens: short-lived signed statements of who is asking, made by the gateway.

Services call each other with the same kind of token in their own name. Verified tokens are cached
until they expire, because checking a signature costs more than a request.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from shared.clock import Clock
from shared.errors import UnauthenticatedError
from shared.identity import ActorKind, Identity
from shared.permissions import Level, Module, Right, Sight

_ALGORITHM = "HS256"
_AUDIENCE = "parley"
LIFETIME = timedelta(seconds=60)
_CACHE_LIMIT = 20_000
_LEEWAY = timedelta(seconds=5)


class InternalTokenError(UnauthenticatedError):
    code = "internal_token"
    title = "The internal token is missing, expired or not signed by this installation."


def identity_to_claims(identity: Identity) -> dict[str, Any]:
    """An identity as JSON: what a token holds, and what team_directory answers to the gateway."""
    profiles = identity.profile_ids
    return {
        "actor_id": str(identity.actor_id),
        "kind": identity.kind,
        "workspace_id": str(identity.workspace_id),
        "levels": {module.value: int(level) for module, level in identity.levels.items()},
        "rights": sorted(identity.rights),
        "sight": identity.sight,
        "team_ids": sorted(str(team) for team in identity.team_ids),
        "profile_ids": None if profiles is None else sorted(str(profile) for profile in profiles),
        "session_id": str(identity.session_id) if identity.session_id else None,
        "service": identity.service,
    }


def identity_from_claims(claims: Mapping[str, Any]) -> Identity:
    """The identity that `identity_to_claims` wrote down."""
    profiles = claims["profile_ids"]
    return Identity(
        actor_id=UUID(claims["actor_id"]),
        kind=ActorKind(claims["kind"]),
        workspace_id=UUID(claims["workspace_id"]),
        levels={Module(module): Level(level) for module, level in claims["levels"].items()},
        rights=frozenset(Right(right) for right in claims["rights"]),
        sight=Sight(claims["sight"]),
        team_ids=frozenset(UUID(team) for team in claims["team_ids"]),
        profile_ids=(
            None if profiles is None else frozenset(UUID(profile) for profile in profiles)
        ),
        session_id=UUID(claims["session_id"]) if claims.get("session_id") else None,
        service=claims.get("service"),
    )


def sign(identity: Identity, key: str, now: datetime) -> str:
    """A token that is good for a minute."""
    claims = identity_to_claims(identity) | {
        "aud": _AUDIENCE,
        "exp": int((now + LIFETIME).timestamp()),
    }
    return jwt.encode({"alg": _ALGORITHM}, claims, OctKey.import_key(key))


def service_identity(service: str, workspace_id: UUID) -> Identity:
    """How a service introduces itself to another."""
    return Identity(
        actor_id=UUID(int=0),
        kind=ActorKind.SERVICE,
        workspace_id=workspace_id,
        service=service,
    )


@dataclass(slots=True)
class TokenVerifier:
    """Checks tokens against all keys in use; the first one that fits wins."""

    keys: tuple[str, ...]
    clock: Clock
    _cache: dict[str, tuple[Identity, float]] = field(default_factory=dict)

    def verify(self, token: str) -> Identity:
        """The identity in a token; raises `InternalTokenError`."""
        now = self.clock.now().timestamp()
        cached = self._cache.get(token)
        if cached is not None and cached[1] > now:
            return cached[0]
        identity, expires = self._decode(token, now)
        if len(self._cache) >= _CACHE_LIMIT:
            self._cache.clear()
        self._cache[token] = (identity, expires)
        return identity

    def _decode(self, token: str, now: float) -> tuple[Identity, float]:
        for key in self.keys:
            try:
                claims = jwt.decode(token, OctKey.import_key(key), algorithms=[_ALGORITHM]).claims
                if claims["aud"] == _AUDIENCE and claims["exp"] + _LEEWAY.total_seconds() > now:
                    return identity_from_claims(claims), float(claims["exp"])
            except (JoseError, KeyError, ValueError, TypeError):
                continue
        raise InternalTokenError
