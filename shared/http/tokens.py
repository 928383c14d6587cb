"""Internal tokens: short-lived signed statements of who is asking, made by the gateway.

Services call each other with the same kind of token in their own name. Verified tokens are cached
until they expire, because checking a signature costs more than a request.
"""

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


def _claims(identity: Identity) -> dict[str, Any]:
    profiles = identity.profile_ids
    return {
        "sub": str(identity.actor_id),
        "knd": identity.kind,
        "ws": str(identity.workspace_id),
        "lv": {module.value: int(level) for module, level in identity.levels.items()},
        "rt": sorted(identity.rights),
        "si": identity.sight,
        "tm": sorted(str(team) for team in identity.team_ids),
        "pf": None if profiles is None else sorted(str(profile) for profile in profiles),
        "sid": str(identity.session_id) if identity.session_id else None,
        "svc": identity.service,
    }


def _identity(claims: dict[str, Any]) -> Identity:
    return Identity(
        actor_id=UUID(claims["sub"]),
        kind=ActorKind(claims["knd"]),
        workspace_id=UUID(claims["ws"]),
        levels={Module(module): Level(level) for module, level in claims["lv"].items()},
        rights=frozenset(Right(right) for right in claims["rt"]),
        sight=Sight(claims["si"]),
        team_ids=frozenset(UUID(team) for team in claims["tm"]),
        profile_ids=(
            None if claims["pf"] is None else frozenset(UUID(profile) for profile in claims["pf"])
        ),
        session_id=UUID(claims["sid"]) if claims["sid"] else None,
        service=claims["svc"],
    )


def sign(identity: Identity, key: str, now: datetime) -> str:
    """A token that is good for a minute."""
    claims = _claims(identity) | {"aud": _AUDIENCE, "exp": int((now + LIFETIME).timestamp())}
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
                    return _identity(claims), float(claims["exp"])
            except (JoseError, KeyError, ValueError, TypeError):
                continue
        raise InternalTokenError
