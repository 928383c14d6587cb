"""The fault plane: rules that say what goes wrong, for whom and how often.

Choices are drawn from a seeded generator, and every injected fault is logged under an id, so that
a test can prove that the fault which it asked for is the one that it survived.
"""

import re
from datetime import datetime
from enum import StrEnum
from random import Random

from pydantic import BaseModel, Field

from deploy.sandbox.clock import VirtualClock


class EffectType(StrEnum):
    """The first group strikes requests, the second webhooks, the last one the feed itself."""

    LATENCY = "latency"
    STATUS = "status"
    RATE_LIMIT = "rate_limit"
    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    RESET = "reset"
    RESET_AFTER = "reset_after"
    MALFORMED = "malformed"
    TRUNCATED = "truncated"
    HTML = "html"
    STALE_READ = "stale_read"
    TOKEN_EXPIRED = "token_expired"  # noqa: S105 - the name of a fault, not a secret
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 - the name of a fault, not a secret
    SCOPE_REMOVED = "scope_removed"
    EVENT_BEFORE_RESPONSE = "event_before_response"

    WEBHOOK_DROP = "webhook_drop"
    WEBHOOK_DUPLICATE = "webhook_duplicate"
    WEBHOOK_DELAY = "webhook_delay"
    WEBHOOK_REORDER = "webhook_reorder"
    WEBHOOK_WRONG_SIGNATURE = "webhook_wrong_signature"

    EVENT_LOST = "event_lost"


class Plane(StrEnum):
    REQUEST = "request"
    WEBHOOK = "webhook"
    FEED = "feed"


def plane_of(effect: EffectType) -> Plane:
    if effect is EffectType.EVENT_LOST:
        return Plane.FEED
    return Plane.WEBHOOK if effect.value.startswith("webhook_") else Plane.REQUEST


class Match(BaseModel):
    """What a rule strikes; what is left out matches everything. `path` is a regular expression."""

    method: str | None = None
    path: str | None = None
    account: str | None = None
    event: str | None = None
    probability: float = Field(default=1.0, ge=0, le=1)


class Effect(BaseModel):
    """What happens. Only the fields that belong to the type are read."""

    type: EffectType
    seconds: float = Field(default=30, ge=0, description="latency, time-outs, webhook_delay")
    status: int = Field(default=503, ge=400, le=599, description="status")
    code: str = Field(default="injected", description="status: the error code in the body")
    headers: dict[str, str] = Field(default_factory=dict, description="status, rate_limit")
    retry_after: int = Field(default=30, ge=0, description="rate_limit")
    events: int = Field(default=1, ge=1, description="stale_read: how many events it lags")
    scope: str = Field(default="reply", description="scope_removed")
    times: int = Field(default=2, ge=2, le=100, description="webhook_duplicate")
    window: int = Field(default=2, ge=2, le=100, description="webhook_reorder: how many to shuffle")


class Fault(BaseModel):
    id: str = ""
    match: Match = Field(default_factory=Match)
    effect: Effect
    remaining: int | None = Field(default=None, ge=0, description="None: until it is removed")


class Injected(BaseModel):
    """One fault that really happened."""

    id: str
    fault_id: str
    effect: EffectType
    at: datetime
    method: str = ""
    path: str = ""
    account: str | None = None
    event: str | None = None


class Occasion(BaseModel):
    """Something that a fault may strike: a request, a webhook event, a new entry of the feed."""

    plane: Plane
    method: str = ""
    path: str = ""
    account: str | None = None
    event: str | None = None


class FaultPlane:
    def __init__(self, clock: VirtualClock, seed: int = 1) -> None:
        self._clock = clock
        self.reset(seed)

    def reset(self, seed: int) -> None:
        self.rng = Random(seed)  # noqa: S311 - repeatable on purpose
        self.faults: list[Fault] = []
        self.log: list[Injected] = []
        self._counter = 0

    def add(self, fault: Fault) -> Fault:
        self._counter += 1
        stored = fault.model_copy(update={"id": f"flt_{self._counter}"})
        self.faults.append(stored)
        return stored

    def remove(self, fault_id: str) -> None:
        self.faults = [fault for fault in self.faults if fault.id != fault_id]

    def strike(self, occasion: Occasion) -> tuple[Effect, Injected] | None:
        """The first rule that fits this occasion and wins its draw; it is used up by one."""
        for fault in self.faults:
            if fault.remaining == 0 or not _fits(fault, occasion):
                continue
            if fault.match.probability < 1 and self.rng.random() >= fault.match.probability:
                continue
            if fault.remaining is not None:
                fault.remaining -= 1
            return fault.effect, self._record(fault, occasion)
        return None

    def _record(self, fault: Fault, occasion: Occasion) -> Injected:
        injected = Injected(
            id=f"inj_{len(self.log) + 1}",
            fault_id=fault.id,
            effect=fault.effect.type,
            at=self._clock.now(),
            **occasion.model_dump(exclude={"plane"}),
        )
        self.log.append(injected)
        return injected


def _fits(fault: Fault, occasion: Occasion) -> bool:
    match = fault.match
    return (
        plane_of(fault.effect.type) is occasion.plane
        and (match.method is None or match.method.upper() == occasion.method)
        and (match.path is None or re.search(match.path, occasion.path) is not None)
        and (match.account is None or match.account == occasion.account)
        and (match.event is None or match.event == occasion.event)
    )
