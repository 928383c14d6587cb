"""What may happen to a conversation: each change, what it asks for, and when two collide."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.inbox.errors import SnoozeInPastError
from shared.identity import Identity
from shared.permissions import Right

Values = Mapping[str, Any]

MESSAGES = "messages"
"""Stands among the changed fields for something that was written meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The fields of a conversation that decisions look at."""

    state: str
    assignee_id: UUID | None
    team_id: UUID | None
    priority: int
    tag_ids: tuple[UUID, ...]
    snoozed_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    assignee_id: UUID | None
    team_id: UUID | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """Nothing is left to do here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """`reason` is `person`, `reply` or `woken`."""

    reason: str = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritise:
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Retag:
    add: frozenset[UUID] = frozenset()
    remove: frozenset[UUID] = frozenset()


Change = Assign | Handle | Reopen | Snooze | Prioritise | Retag

_STATE = frozenset({"state", "snoozed_until"})
_GUARDS: Mapping[type[Change], frozenset[str]] = {
    Assign: frozenset({"assignee_id", "team_id"}),
    # Who marks as handled must have seen what was written.
    Handle: _STATE | {MESSAGES},
    Reopen: _STATE,
    Snooze: _STATE | {MESSAGES},
    Prioritise: frozenset({"priority"}),
    # Adding and taking away a tag fits on top of whatever others did.
    Retag: frozenset(),
}
_NAMES: Mapping[type[Change], str] = {
    Assign: "assigned",
    Handle: "handled",
    Reopen: "reopened",
    Snooze: "snoozed",
    Prioritise: "prioritised",
    Retag: "tagged",
}


def name_of(change: Change) -> str:
    """What the history calls it."""
    return _NAMES[type(change)]


def guards(change: Change) -> frozenset[str]:
    """The fields that must not have moved since the writer looked."""
    return _GUARDS[type(change)]


def moved(seen: int, now: int, lines: Collection[tuple[int, Collection[str]]]) -> frozenset[str]:
    """Which fields moved between two versions, from the lines of history after the first.

    A version without a line was made by something that was written.
    """
    if seen >= now:
        return frozenset()
    fields = frozenset(field for _, names in lines for field in names)
    unexplained = now - seen > len({version for version, _ in lines})
    return fields | ({MESSAGES} if unexplained else frozenset())


def demand(change: Change, facts: Facts, identity: Identity) -> None:
    """Raise unless the rights allow this change here."""
    if not isinstance(change, Assign):
        return
    identity.demand_right(Right.ASSIGN)
    if facts.assignee_id not in (None, identity.actor_id):
        identity.demand_right(Right.TAKE_OVER)


def decide(change: Change, facts: Facts, actor_id: UUID | None, now: datetime) -> dict[str, Any]:
    """The new values of the fields that change; empty when everything already is so."""
    wanted = _wanted(change, facts, actor_id, now)
    held = {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
    if all(held[name] == value for name, value in wanted.items() if name in held):
        return {}
    return wanted


def _wanted(change: Change, facts: Facts, actor_id: UUID | None, now: datetime) -> dict[str, Any]:
    match change:
        case Assign():
            return {"assignee_id": change.assignee_id, "team_id": change.team_id}
        case Handle():
            # Whatever was received until now needs no answer.
            settled = {"waiting_since": None, "settled_until": now}
            return _state("handled", handled_at=now, handled_by=actor_id, **settled)
        case Reopen():
            return _state("open")
        case Snooze():
            if change.until <= now:
                raise SnoozeInPastError
            return _state("snoozed", snoozed_until=change.until)
        case Prioritise():
            return {"priority": change.priority}
        case Retag():
            kept = [tag for tag in facts.tag_ids if tag not in change.remove]
            new = sorted(change.add - set(facts.tag_ids))
            return {"tag_ids": (*kept, *new)}


def _state(state: str, **values: Any) -> dict[str, Any]:
    empty = {"snoozed_until": None, "handled_at": None, "handled_by": None}
    return {"state": state, **empty, **values}
