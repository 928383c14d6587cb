"""The clocks of a ticket: what starts, pauses, resumes and stops them, and when they are due.

The clocks are nothing but the fold of a ticket's history: `advance` takes one fact further, and
`recompute` takes them all, so that what is stored can be checked at any time.

- The first response runs from the opening to the first answer; nothing pauses it.
- The next response runs from the first unanswered message after that to the answer.
- The resolution runs from the opening to the resolution, and goes on after a reopening.
- While a ticket is pending or on hold, next response and resolution stand still.
- What nobody has to answer any more, because the ticket was resolved, is void.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.ticketing.domain.promises import Goal, Measure, Terms
from services.ticketing.domain.ticket import PAUSING, Priority, State
from shared.business_time import add_business, business_between
from shared.events.ticketing import SlaTarget

NEAR = 0.75
_ZERO = timedelta(0)


class Outcome(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    at: datetime
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritised:
    at: datetime
    priority: Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    at: datetime
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerWrote:
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    at: datetime


Fact = Opened | Prioritised | Moved | CustomerWrote | Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetClock:
    """One target of one ticket; `run` counts how often it was set.

    `spent_*` hold what passed until `since`, from which on it runs; None while it does not. Where
    nothing is promised, time is counted all the same, in case a priority promises something later.
    """

    target: SlaTarget
    run: int
    outcome: Outcome
    goal: Goal | None
    since: datetime | None
    spent_wall: timedelta = _ZERO
    spent_business: timedelta = _ZERO
    due_at: datetime | None = None
    near_at: datetime | None = None
    stopped_at: datetime | None = None

    @property
    def ended(self) -> bool:
        return self.outcome not in (Outcome.RUNNING, Outcome.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Everything that the clocks of a ticket know; `at` is the last fact that they took in."""

    at: datetime
    state: State
    priority: Priority
    targets: Mapping[SlaTarget, TargetClock] = field(default_factory=dict)

    @property
    def due_at(self) -> datetime | None:
        """The earliest of the running clocks is the next thing due."""
        running = (c.due_at for c in self.targets.values() if c.outcome is Outcome.RUNNING)
        return min((due for due in running if due is not None), default=None)


def recompute(terms: Terms, history: Iterable[Fact]) -> Clocks | None:
    """The clocks as the whole history makes them; None before the opening."""
    clocks: Clocks | None = None
    for fact in history:
        clocks = advance(terms, clocks, fact)
    return clocks


def advance(terms: Terms, clocks: Clocks | None, fact: Fact) -> Clocks:
    """The clocks after one more fact; facts come in order, and none before the opening."""
    if isinstance(fact, Opened):
        return _opened(terms, fact)
    if clocks is None:
        raise ValueError("A history begins with the opening.")
    clocks = replace(clocks, at=fact.at)
    match fact:
        case Prioritised():
            return _prioritised(terms, clocks, fact)
        case Moved():
            return _moved(terms, clocks, fact)
        case CustomerWrote():
            return _customer_wrote(terms, clocks, fact.at)
        case Answered():
            return _answered(terms, clocks, fact.at)


def _opened(terms: Terms, fact: Opened) -> Clocks:
    clocks = Clocks(at=fact.at, state=State.OPEN, priority=fact.priority)
    for target in (SlaTarget.FIRST_RESPONSE, SlaTarget.RESOLUTION):
        clocks = _start(terms, clocks, target, fact.at)
    return clocks


def _prioritised(terms: Terms, clocks: Clocks, fact: Prioritised) -> Clocks:
    """Clocks that have not ended are measured by the new goal, from where they began."""
    clocks = replace(clocks, priority=fact.priority)
    for target, clock in clocks.targets.items():
        if clock.ended:
            continue
        held = replace(_hold(terms, clock, fact.at), goal=terms.goal(fact.priority, target))
        paused = clock.outcome is Outcome.PAUSED
        clocks = _put(clocks, held if paused else _run(terms, held, fact.at))
    return clocks


def _moved(terms: Terms, clocks: Clocks, fact: Moved) -> Clocks:
    was, clocks = clocks.state, replace(clocks, state=fact.state)
    if fact.state in (State.RESOLVED, State.CLOSED):
        clocks = _stop(terms, clocks, SlaTarget.RESOLUTION, fact.at)
        for target in (SlaTarget.FIRST_RESPONSE, SlaTarget.NEXT_RESPONSE):
            clocks = _void(terms, clocks, target, fact.at)
        return clocks
    if was is State.RESOLVED:
        clocks = _go_on(terms, clocks, fact.at)
    for target in (SlaTarget.NEXT_RESPONSE, SlaTarget.RESOLUTION):
        clocks = _pause_or_resume(terms, clocks, target, fact.at)
    return clocks


def _customer_wrote(terms: Terms, clocks: Clocks, at: datetime) -> Clocks:
    """Starts the next response, unless an answer is owed already."""
    if clocks.state in (State.RESOLVED, State.CLOSED):
        return clocks
    for target in (SlaTarget.FIRST_RESPONSE, SlaTarget.NEXT_RESPONSE):
        clock = clocks.targets.get(target)
        if clock is not None and not clock.ended:
            return clocks
    clocks = _start(terms, clocks, SlaTarget.NEXT_RESPONSE, at)
    return _pause_or_resume(terms, clocks, SlaTarget.NEXT_RESPONSE, at)


def _answered(terms: Terms, clocks: Clocks, at: datetime) -> Clocks:
    for target in (SlaTarget.FIRST_RESPONSE, SlaTarget.NEXT_RESPONSE):
        clocks = _stop(terms, clocks, target, at)
    return clocks


def _start(terms: Terms, clocks: Clocks, target: SlaTarget, at: datetime) -> Clocks:
    before = clocks.targets.get(target)
    clock = TargetClock(
        target=target,
        run=1 if before is None else before.run + 1,
        outcome=Outcome.RUNNING,
        goal=terms.goal(clocks.priority, target),
        since=at,
    )
    return _put(clocks, _run(terms, clock, at))


def _go_on(terms: Terms, clocks: Clocks, at: datetime) -> Clocks:
    """A reopened ticket goes on with the resolution where it stood; what was missed stays so."""
    clock = clocks.targets.get(SlaTarget.RESOLUTION)
    if clock is None or clock.outcome is Outcome.MISSED:
        return clocks
    goal = terms.goal(clocks.priority, clock.target)
    return _put(
        clocks, _run(terms, replace(clock, goal=goal, stopped_at=None, run=clock.run + 1), at)
    )


def _pause_or_resume(terms: Terms, clocks: Clocks, target: SlaTarget, at: datetime) -> Clocks:
    clock = clocks.targets.get(target)
    if clock is None or clock.ended:
        return clocks
    if clocks.state in PAUSING:
        return _put(clocks, replace(_hold(terms, clock, at), outcome=Outcome.PAUSED))
    if clock.outcome is Outcome.PAUSED:
        return _put(clocks, _run(terms, clock, at))
    return clocks


def _stop(terms: Terms, clocks: Clocks, target: SlaTarget, at: datetime) -> Clocks:
    """What was owed is done: in time or late, or void where nothing was promised."""
    return _end(terms, clocks, target, at, in_time=Outcome.MET)


def _void(terms: Terms, clocks: Clocks, target: SlaTarget, at: datetime) -> Clocks:
    """No answer is owed any more; one that was owed for too long stays missed."""
    return _end(terms, clocks, target, at, in_time=Outcome.VOID)


def _end(
    terms: Terms, clocks: Clocks, target: SlaTarget, at: datetime, *, in_time: Outcome
) -> Clocks:
    clock = clocks.targets.get(target)
    if clock is None or clock.ended:
        return clocks
    held = _hold(terms, clock, at)
    outcome = Outcome.VOID
    if held.goal is not None:
        outcome = in_time if _spent(held, held.goal) <= held.goal.within else Outcome.MISSED
    return _put(clocks, replace(held, outcome=outcome, stopped_at=at))


def recount(terms: Terms, clock: TargetClock, now: datetime) -> TargetClock:
    """The clock with the time counted up to now; for showing only."""
    return replace(_hold(terms, clock, now), since=clock.since)


def _hold(terms: Terms, clock: TargetClock, at: datetime) -> TargetClock:
    """Count what has passed and stand still."""
    if clock.since is None:
        return clock
    return replace(
        clock,
        since=None,
        spent_wall=clock.spent_wall + (at - clock.since),
        spent_business=clock.spent_business + business_between(terms.calendar, clock.since, at),
    )


def _run(terms: Terms, clock: TargetClock, at: datetime) -> TargetClock:
    """Run from here; what was due before stays due then."""
    due_at = near_at = None
    if (goal := clock.goal) is not None:
        spent = _spent(clock, goal)
        due_at = _moment(terms, goal, at, goal.within - spent, clock.due_at)
        near_at = _moment(terms, goal, at, goal.within * NEAR - spent, clock.near_at)
    return replace(clock, outcome=Outcome.RUNNING, since=at, due_at=due_at, near_at=near_at)


def _spent(clock: TargetClock, goal: Goal) -> timedelta:
    return clock.spent_business if goal.measure is Measure.BUSINESS else clock.spent_wall


def _moment(
    terms: Terms, goal: Goal, at: datetime, left: timedelta, before: datetime | None
) -> datetime:
    if left <= _ZERO:
        return at if before is None else min(before, at)
    return at + left if goal.measure is Measure.WALL else add_business(terms.calendar, at, left)


def _put(clocks: Clocks, clock: TargetClock) -> Clocks:
    return replace(clocks, targets={**clocks.targets, clock.target: clock})
