"""Rules of outbound webhooks: who is told, how it is signed, when it is tried again, when to stop.

Signatures and headers are those of Standard Webhooks 1.0.
"""

import base64
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import UUID

from standardwebhooks import Webhook

from services.team_directory.domain.access import Access
from shared.identity import Identity
from shared.permissions import Level, Module, Sight

# Before the second try, the third and so on; about three days in all.
RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
PATIENCE = timedelta(days=5)
# Longer than the longest wait: what failed before such a silence is another story.
SILENCE = timedelta(days=2)
LONGEST_WAIT = timedelta(hours=24)
LONGEST_REST = timedelta(minutes=10)
MOST_ENDPOINTS = 50
_SUCCESS = 2
_JITTER = 0.1
_SECRET_BYTES = 32


class EndpointState(StrEnum):
    """A person disables an endpoint, Parley pauses it; only a person enables it again."""

    ENABLED = "enabled"
    DISABLED = "disabled"
    PAUSED = "paused"


class PauseReason(StrEnum):
    """`gone`: it answered 410. `failing`: nothing but failures for five days."""

    GONE = "gone"
    FAILING = "failing"


class DeliveryState(StrEnum):
    """`held` came while the endpoint was off; it is sent when somebody asks for it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt: a `status`, or a `code` that says why there is none."""

    at: datetime
    millis: int
    status: int | None = None
    code: str | None = None
    excerpt: str = ""
    wait: timedelta | None = None

    @property
    def delivered(self) -> bool:
        return (
            self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES
        )

    @property
    def gone(self) -> bool:
        return self.status == HTTPStatus.GONE


@dataclass(frozen=True, slots=True)
class Health:
    """How an endpoint has been doing: since when only failures, and until when it is spared."""

    failing_since: datetime | None = None
    failed_at: datetime | None = None
    failed_rounds: int = 0
    rest_until: datetime | None = None

    def after(self, outcomes: Collection[Outcome], now: datetime) -> "Health":
        """One success among the attempts of a round means that the endpoint works."""
        if any(outcome.delivered for outcome in outcomes):
            return Health()
        silent = self.failed_at is not None and now - self.failed_at > SILENCE
        since = None if silent else self.failing_since
        rounds = 1 if silent else self.failed_rounds + 1
        asked = max((outcome.wait for outcome in outcomes if outcome.wait), default=timedelta(0))
        rest = min(timedelta(seconds=1) * 2 ** min(rounds - 1, 10), LONGEST_REST)
        return Health(
            failing_since=since or now,
            failed_at=now,
            failed_rounds=rounds,
            rest_until=now + max(rest, min(asked, LONGEST_WAIT)),
        )

    def is_hopeless(self, now: datetime) -> bool:
        return self.failing_since is not None and now - self.failing_since >= PATIENCE


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody sees in full: the modules, and the profiles (None: all of them).

    Whoever sees only some conversations must not have all of them sent somewhere.
    """

    modules: frozenset[str]
    profile_ids: frozenset[UUID] | None

    def covers(self, modules: Iterable[str], profile_ids: frozenset[UUID] | None) -> bool:
        within = self.profile_ids is None or (
            profile_ids is not None and profile_ids <= self.profile_ids
        )
        return within and self.modules.issuperset(modules)


@dataclass(frozen=True, slots=True)
class Ear:
    """What must be known of an endpoint to tell whether it hears an event."""

    id: UUID
    event_types: frozenset[str]
    profile_ids: frozenset[UUID] | None
    enabled: bool

    def hears(self, name: str, profile_ids: frozenset[UUID]) -> bool:
        if name not in self.event_types:
            return False
        if self.profile_ids is None:
            return True
        return bool(profile_ids) and profile_ids <= self.profile_ids


_IN_PART = frozenset({Module.INBOX, Module.TICKETS})


def reach_of(who: Identity | Access) -> Reach:
    modules = {module for module, level in who.levels.items() if level >= Level.VIEW}
    if who.sight is not Sight.ALL:
        modules -= _IN_PART
    return Reach(frozenset(module.value for module in modules), who.profile_ids)


def next_wait(tries: int, chance: float) -> timedelta | None:
    """How long to wait after this many failed tries; None after the last one.

    `chance` lies between 0 and 1 and spreads what failed together over a tenth to either side.
    """
    if tries > len(RETRIES):
        return None
    return RETRIES[tries - 1] * (1 + _JITTER * (2 * chance - 1))


def host_of(url: str) -> str:
    """What of an address may be shown to others than its administrators: no path, no token."""
    return urlsplit(url).hostname or ""


def new_secret() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def message_name(message_id: UUID) -> str:
    """The `webhook-id`: the same for every attempt, so that a receiver can tell repetitions."""
    return f"msg_{message_id.hex}"


def signed_headers(
    keys: Iterable[str], message_id: UUID, body: bytes, at: datetime
) -> dict[str, str]:
    """One signature for each key: while two are valid, the receiver may check with either."""
    name, text = message_name(message_id), body.decode()
    return {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(name, at, text) for key in keys),
    }
