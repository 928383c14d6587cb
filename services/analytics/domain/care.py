"""What a conversation adds up to: a pure function of its events, whatever order they came in.

A *case* is measured from its first message to its last closing. A customer who writes again within
a week of the closing goes on with the same case; later, it is a new one. A *wait* begins with a
message that nobody has answered, and ends with the answer of a person or when the conversation is
marked as handled.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from services.analytics.domain.hours import Hours
from services.analytics.domain.kept import Kept
from services.analytics.domain.measurement import (
    NOBODY,
    Measure,
    Measurement,
    Who,
    duration,
    moment,
)

RECEIVED = "inbox.interaction_received"
CHANGED = "inbox.interaction_changed"
STATE = "inbox.conversation_state_changed"
ACTION = "inbox.action_changed"

SAME_CASE = timedelta(days=7)

_INBOUND, _OUTBOUND, _STATE = range(3)


class _Author(NamedTuple):
    """Who wanted a reply; nobody known where it was written in the network's own app."""

    person_id: UUID = NOBODY
    automated: bool = False


class _Step(NamedTuple):
    """One thing that moves a conversation on, in the order in which they are taken."""

    at: datetime
    rank: int
    version: int
    id: UUID
    event: Kept
    holder: Who


@dataclass(slots=True)
class _Case:
    """Where the case stands; `closing` is its last one, unless it was reopened since."""

    begun: _Step
    answered: bool = False
    closing: _Step | None = None


@dataclass(slots=True)
class _Conversation:
    """The walk through the steps of one conversation."""

    subject_id: UUID
    hours: Hours
    authors: dict[UUID, _Author]
    removed: dict[UUID, datetime]
    found: list[Measurement] = field(default_factory=list)
    waits: list[_Step] = field(default_factory=list)
    case: _Case | None = None
    kind: str = ""
    open: bool | None = None

    def take(self, step: _Step) -> None:
        if self.open is None:
            self.open = True
            self._count(Measure.OPENED, self.subject_id, step, self._holder(step))
        if step.rank == _INBOUND:
            self._inbound(step)
        elif step.rank == _OUTBOUND:
            self._outbound(step)
        else:
            self._state(step)

    def _inbound(self, step: _Step) -> None:
        kind = step.event.body["kind"]
        who = self._holder(step)._replace(kind=kind)
        self._count(Measure.RECEIVED, step.id, step, who)
        closing = self.case.closing if self.case else None
        if self.case is None or (closing is not None and step.at - closing.at > SAME_CASE):
            self._close_case()
            self.case, self.kind = _Case(step), kind
            self._count(Measure.CONVERSATION, step.id, step, who)
        self.waits.append(step)

    def _outbound(self, step: _Step) -> None:
        author = self.authors.get(step.id, _Author())
        who = self._holder(step)._replace(person_id=author.person_id)
        if author.automated:
            self._count(Measure.AUTOMATED_REPLY, step.id, step, who)
            return
        self._count(Measure.REPLY, step.id, step, who)
        waiting = [one for one in self.waits if not self._is_removed(one, step.at)]
        self.waits = []
        if waiting:
            self._answer(waiting[0], step, who)

    def _answer(self, wait: _Step, step: _Step, who: Who) -> None:
        first = self.case is not None and not self.case.answered
        measure = Measure.FIRST_RESPONSE if first else Measure.NEXT_RESPONSE
        who = who._replace(kind=wait.event.body["kind"])
        self.found.append(duration(measure, step.id, wait.at, step.at, who, self.hours))
        if self.case is not None and first:
            self.case.answered = True
            begun = self.case.begun
            self._count(Measure.ANSWERED, begun.id, begun, self._holder(begun))

    def _state(self, step: _Step) -> None:
        state, previous = step.event.body["state"], step.event.body["previous"]
        who = self._holder(step)._replace(person_id=step.event.id("by"))
        if state == "handled":
            self._handled(step, who)
        elif previous == "handled":
            self._reopened(step, who)

    def _handled(self, step: _Step, who: Who) -> None:
        """Whatever had been received by then needs no answer any more."""
        self.open = False
        self._count(Measure.HANDLED, step.id, step, who)
        self.waits = [one for one in self.waits if one.event.at > step.at]
        if self.case is not None:
            self.case.closing = step

    def _reopened(self, step: _Step, who: Who) -> None:
        self.open = True
        self._count(Measure.OPENED, step.id, step, who)
        if self.case is None or self.case.closing is not None:
            self._count(Measure.REOPENED, step.id, step, who)
        if self.case is not None:
            self.case.closing = None

    def _close_case(self) -> None:
        if self.case is None or self.case.closing is None:
            return
        begun, closing = self.case.begun, self.case.closing
        who = self._holder(closing)._replace(person_id=closing.event.id("by"))
        resolution = duration(Measure.RESOLUTION, closing.id, begun.at, closing.at, who, self.hours)
        self.found.append(resolution)

    def finish(self) -> list[Measurement]:
        self._close_case()
        return self.found

    def _is_removed(self, step: _Step, by: datetime) -> bool:
        removed_at = self.removed.get(step.id)
        return removed_at is not None and removed_at <= by

    def _holder(self, step: _Step) -> Who:
        """Whoever held the conversation at that step; a change of state has the case's kind."""
        return step.holder if step.holder.kind else step.holder._replace(kind=self.kind)

    def _count(self, measure: Measure, item_id: UUID, step: _Step, who: Who) -> None:
        self.found.append(moment(measure, item_id, step.at, who, self.hours))


def measure_conversation(
    subject_id: UUID, events: Sequence[Kept], hours: Hours
) -> list[Measurement]:
    """Everything that is counted of one conversation."""
    conversation = _Conversation(
        subject_id=subject_id,
        hours=hours,
        authors=dict(_authors(events)),
        removed=_removals(events),
    )
    for step in sorted(_steps(events)):
        conversation.take(step)
    return conversation.finish()


def _authors(events: Iterable[Kept]) -> Iterator[tuple[UUID, _Author]]:
    for event in events:
        if event.type == ACTION:
            automated = bool(event.body.get("automated"))
            person_id = NOBODY if automated else event.id("requested_by")
            yield event.id("result_id"), _Author(person_id, automated or person_id == NOBODY)


def _removals(events: Iterable[Kept]) -> dict[UUID, datetime]:
    removed: dict[UUID, datetime] = {}
    for event in events:
        if event.type == CHANGED:
            item_id = event.id("interaction_id")
            removed[item_id] = min(event.at, removed.get(item_id, event.at))
    return removed


def _steps(events: Iterable[Kept]) -> Iterator[_Step]:
    """What was read back from before a profile was connected is history, and moves nothing."""
    seen: set[UUID] = set()
    for event in sorted(events, key=lambda one: (one.at, one.event_id)):
        version = event.body["conversation_version"]
        if event.type == STATE:
            yield _Step(event.at, _STATE, version, event.event_id, event, _held(event))
        elif event.type == RECEIVED and not event.body.get("back_filled"):
            rank = _INBOUND if event.body["direction"] == "inbound" else _OUTBOUND
            item_id = event.id("interaction_id")
            if item_id not in seen:
                seen.add(item_id)
                at, holder = event.moment("written_at"), _held(event)
                yield _Step(at, rank, version, item_id, event, holder)


def _held(event: Kept) -> Who:
    return Who(
        event.id("profile_id"),
        event.body.get("kind", ""),
        event.id("assignee_id"),
        event.id("team_id"),
    )
