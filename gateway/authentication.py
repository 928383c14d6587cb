"""Who is behind a request, from memory where possible.

An identity is kept for seconds only and forgotten at once when its access changes; one credential
is asked about once, however many requests wait for the answer.
"""

import asyncio
import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.directory import API_KEY_PREFIX, Directory
from gateway.errors import OtherWorkspaceError, SignInError, WorkspaceHeaderError
from gateway.inbound import Inbound
from gateway.limits import RateLimits
from gateway.routes import RateClass
from shared.clock import Clock
from shared.errors import BusyError, ParleyError, UnavailableError
from shared.http.tokens import sign
from shared.identity import ActorKind, Identity

COOKIE = "parley_session"
_COOKIE_START = f"{COOKIE}=".encode()
_BEARER = b"bearer "
_LONGEST_SECRET = 200

Key = tuple[bytes, UUID | None]


@dataclass(slots=True)
class Credential:
    """A session token or an API key, and the workspace that the request is about."""

    secret: str
    workspace_id: UUID | None
    ip: str
    network: str

    @property
    def by_cookie(self) -> bool:
        return not self.secret.startswith(API_KEY_PREFIX)

    @property
    def key(self) -> Key:
        """What stands for it in memory, where the secret itself is not kept."""
        return hashlib.sha256(self.secret.encode()).digest(), self.workspace_id


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` is the signed statement for the services, good for longer than this is kept."""

    identity: Identity
    who: str  # The actor as text, which limits are counted by.
    token: bytes
    until: datetime
    expires_at: datetime | None
    rotated: str | None


def read_credential(inbound: Inbound, workspace: str | None = None) -> Credential | None:
    """What the request shows; an API key goes before a cookie."""
    secret = _secret(inbound.named)
    if secret is None or len(secret) > _LONGEST_SECRET:
        return None
    workspace_id = _workspace(workspace or inbound.text(b"x-parley-workspace"))
    return Credential(secret, workspace_id, inbound.client_ip, inbound.network)


def _secret(named: dict[bytes, bytes]) -> str | None:
    authorization = named.get(b"authorization")
    if authorization is not None:
        scheme, word = authorization[: len(_BEARER)], authorization[len(_BEARER) :].strip()
        if scheme.lower() != _BEARER or not word.startswith(API_KEY_PREFIX.encode()):
            raise SignInError("The Authorization header must be `Bearer pk_...`.")
        return word.decode("latin-1")
    for part in named.get(b"cookie", b"").split(b";"):
        pair = part.strip()
        if pair.startswith(_COOKIE_START) and len(pair) > len(_COOKIE_START):
            # An API key in a cookie would pass for a session that needs no cross-site check.
            secret = pair[len(_COOKIE_START) :].decode("latin-1")
            return None if secret.startswith(API_KEY_PREFIX) else secret
    return None


def _workspace(word: str | None) -> UUID | None:
    try:
        return UUID(word) if word else None
    except ValueError:
        raise WorkspaceHeaderError from None


class Authenticator:
    """`seconds`: how long an identity is believed without asking again."""

    def __init__(
        self, directory: Directory, limits: RateLimits, clock: Clock, signing_key: str
    ) -> None:
        self._directory = directory
        self._limits = limits
        self._clock = clock
        self._signing_key = signing_key
        self._kept: dict[Key, SignedIn] = {}
        self._of_actor: dict[UUID, set[Key]] = {}
        self._asking: dict[Key, asyncio.Task[SignedIn]] = {}
        self._epoch = 0
        self.lifetime = timedelta(seconds=30)
        self.size = 20_000

    async def identify(self, credential: Credential | None) -> SignedIn:
        """Raises `SignInError`, what team_directory says, or `RateLimitError` for guessing."""
        if credential is None:
            raise SignInError
        key = credential.key
        kept = self._kept.get(key)
        if kept is not None and kept.until > self._clock.now():
            return kept
        self._limits.check(RateClass.ANONYMOUS, credential.network)
        try:
            return await self._ask_once(key, credential)
        except ParleyError as error:
            # Counted afterwards, so that only guessing uses the allowance up.
            if not isinstance(error, UnavailableError | BusyError):
                self._limits.hit(RateClass.ANONYMOUS, credential.network)
            raise

    def forget(self, actor_id: UUID) -> None:
        """What this actor may do has changed; answers that are under way are not kept either."""
        self._epoch += 1
        for key in self._of_actor.pop(actor_id, ()):
            self._kept.pop(key, None)
        self._asking.clear()

    def forget_everyone(self) -> None:
        """Word of changed access may have been lost."""
        self._epoch += 1
        self._kept.clear()
        self._of_actor.clear()
        self._asking.clear()

    def forget_credential(self, credential: Credential) -> None:
        self._epoch += 1
        digest = credential.key[0]
        for key in [key for key in self._kept if key[0] == digest]:
            self._drop(key)
        self._asking.clear()

    async def _ask_once(self, key: Key, credential: Credential) -> SignedIn:
        task = self._asking.get(key)
        if task is None:
            task = asyncio.create_task(self._ask(key, credential))
            self._asking[key] = task
            task.add_done_callback(lambda done: self._asked(key, done))
        # One client that goes away must not take the answer from the others.
        return await asyncio.shield(task)

    def _asked(self, key: Key, task: asyncio.Task[SignedIn]) -> None:
        if self._asking.get(key) is task:
            del self._asking[key]
        if not task.cancelled():
            task.exception()  # Looked at, also when every waiting client has gone away.

    async def _ask(self, key: Key, credential: Credential) -> SignedIn:
        epoch = self._epoch
        found = await self._directory.resolve(
            credential.secret, credential.workspace_id, credential.ip
        )
        if found.identity.kind is ActorKind.SERVICE:
            raise SignInError
        if credential.workspace_id not in (None, found.identity.workspace_id):
            raise OtherWorkspaceError
        now = self._clock.now()
        until = now + self.lifetime
        if found.expires_at is not None:
            until = min(until, found.expires_at)
        signed = SignedIn(
            identity=found.identity,
            who=str(found.identity.actor_id),
            token=sign(found.identity, self._signing_key, now).encode(),
            until=until,
            expires_at=found.expires_at,
            rotated=found.rotated,
        )
        if epoch == self._epoch:
            self._keep(key, signed)
        return signed

    def _keep(self, key: Key, signed: SignedIn) -> None:
        self._drop(key)
        while len(self._kept) >= self.size:
            self._drop(next(iter(self._kept)))
        self._kept[key] = signed
        self._of_actor.setdefault(signed.identity.actor_id, set()).add(key)

    def _drop(self, key: Key) -> None:
        old = self._kept.pop(key, None)
        if old is not None:
            keys = self._of_actor.get(old.identity.actor_id, set())
            keys.discard(key)
            if not keys:
                self._of_actor.pop(old.identity.actor_id, None)
