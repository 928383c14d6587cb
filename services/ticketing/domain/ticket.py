"""What may happen to a ticket: its states, each change, what it asks for, when two collide."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.ticketing.errors import StateImpossibleError, TooManyTagsError
from shared.identity import Identity
from shared.permissions import Right


class State(StrEnum):
    """`PENDING` waits for the customer, `ON_HOLD` for somebody else; `CLOSED` is final."""

    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.PENDING, State.ON_HOLD, State.RESOLVED, State.CLOSED}),
    State.PENDING: frozenset({State.OPEN, State.ON_HOLD, State.RESOLVED, State.CLOSED}),
    State.ON_HOLD: frozenset({State.OPEN, State.PENDING, State.RESOLVED, State.CLOSED}),
    State.RESOLVED: frozenset({State.OPEN, State.CLOSED}),
    State.CLOSED: frozenset(),
}
PAUSING = frozenset({State.PENDING, State.ON_HOLD})
REOPENED_BY_CUSTOMER = frozenset({State.PENDING, State.RESOLVED})
"""The states that end when the customer writes again."""

MESSAGES = "messages"
"""Stands among the changed fields for something that was written meanwhile."""

MOST_TAGS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of a ticket that decisions look at."""

    state: State
    priority: Priority
    subject: str
    assignee_id: UUID | None
    team_id: UUID | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    assignee_id: UUID | None
    team_id: UUID | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """`reason` is `person`, or `reply` when the customer wrote again."""

    state: State
    reason: str = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritise:
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retag:
    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()


Change = Assign | Move | Prioritise | Rename | Retag

_FINISHED = frozenset({State.RESOLVED, State.CLOSED})


def guards(change: Change) -> frozenset[str]:
    """The fields that must not have moved since the writer looked."""
    match change:
        case Assign():
            return frozenset({"assignee_id", "team_id"})
        case Move():
            # Who finishes a ticket must have seen what was written.
            seen = {MESSAGES} if change.state in _FINISHED else set()
            return frozenset({"state", *seen})
        case Prioritise():
            return frozenset({"priority"})
        case Rename():
            return frozenset({"subject"})
        case Retag():
            # Adding and taking away a tag fits on top of whatever others did.
            return frozenset()


def name_of(change: Change) -> str:
    """What the history calls it."""
    names: Mapping[type[Change], str] = {
        Assign: "assigned",
        Move: "moved",
        Prioritise: "prioritised",
        Rename: "renamed",
        Retag: "tagged",
    }
    return names[type(change)]


def demand(change: Change, facts: Facts, identity: Identity) -> None:
    """Raise unless the rights allow this change here."""
    if not isinstance(change, Assign):
        return
    identity.demand_right(Right.ASSIGN)
    if facts.assignee_id not in (None, identity.actor_id):
        identity.demand_right(Right.TAKE_OVER)


def decide(change: Change, facts: Facts) -> dict[str, Any]:
    """The new values of the fields that change; empty when everything already is so."""
    wanted = _wanted(change, facts)
    return wanted if any(getattr(facts, name) != value for name, value in wanted.items()) else {}


def _wanted(change: Change, facts: Facts) -> dict[str, Any]:
    match change:
        case Assign():
            return {"assignee_id": change.assignee_id, "team_id": change.team_id}
        case Move():
            if change.state != facts.state and change.state not in TRANSITIONS[facts.state]:
                raise StateImpossibleError(state=facts.state, wanted=change.state)
            return {"state": change.state}
        case Prioritise():
            return {"priority": change.priority}
        case Rename():
            return {"subject": change.subject}
        case Retag():
            kept = [tag for tag in facts.tags if tag not in change.remove]
            tags = (*kept, *sorted(change.add - set(facts.tags)))
            if len(tags) > MOST_TAGS:
                raise TooManyTagsError(most=MOST_TAGS)
            return {"tags": tags}
