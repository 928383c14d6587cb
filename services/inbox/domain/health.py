"""What state a profile's inbound side is in; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class HealthState(StrEnum):
    HEALTHY = "healthy"
    ATTENTION = "attention"  # It runs, and something of it does not.
    STOPPED = "stopped"  # Nothing is read until a person connects the profile again.


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """`reading_errors` are the codes of readers that have failed several times in a row."""

    profile_state: str
    profile_reason: str | None
    failed_deliveries: int
    reading_errors: Sequence[str]


@dataclass(frozen=True, slots=True)
class Health:
    state: HealthState
    reason: str | None


def health_of(facts: HealthFacts) -> Health:
    """The worst of what is the case, with a code or words for it."""
    if facts.profile_state != "connected":
        return Health(HealthState.STOPPED, facts.profile_reason or facts.profile_state)
    if facts.reading_errors:
        return Health(HealthState.ATTENTION, facts.reading_errors[0])
    if facts.failed_deliveries:
        return Health(HealthState.ATTENTION, "inbox.deliveries_failed")
    return Health(HealthState.HEALTHY, None)


def is_balanced(counts: dict[str, int]) -> bool:
    """Received less repeated is stored, and everything stored is accounted for."""
    settled = counts["handled"] + counts["failed"] + counts["discarded"] + counts["waiting"]
    return counts["received"] - counts["repeated"] == counts["stored"] == settled
