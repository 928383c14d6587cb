"""What starts, pauses and stops the clocks of a ticket, and that history alone makes them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.ticketing.domain.clocks import (
    Answered,
    Clocks,
    CustomerWrote,
    Fact,
    Moved,
    Opened,
    Outcome,
    Prioritised,
    advance,
    recompute,
)
from services.ticketing.domain.promises import Goal, Measure, Terms
from services.ticketing.domain.ticket import Priority, State
from shared.business_time import Calendar
from shared.events.ticketing import SlaTarget

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFFICE = Calendar("UTC", (((540, 1020),),) * 5 + ((), ()))
FIRST, NEXT, SOLVED = SlaTarget.FIRST_RESPONSE, SlaTarget.NEXT_RESPONSE, SlaTarget.RESOLUTION


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


TERMS = Terms(
    OFFICE,
    {
        Priority.NORMAL: {FIRST: Goal(hours(1)), NEXT: Goal(hours(2)), SOLVED: Goal(hours(16))},
        Priority.URGENT: {FIRST: Goal(hours(0.5), Measure.WALL), SOLVED: Goal(hours(4))},
    },
)


def after(*facts: Fact) -> Clocks:
    clocks = recompute(TERMS, [Opened(at=START, priority=Priority.NORMAL), *facts])
    assert clocks is not None
    return clocks


def t(number: float) -> datetime:
    return START + hours(number)


def test_the_earliest_running_clock_is_what_is_due() -> None:
    clocks = after()
    assert (clocks.targets[FIRST].due_at, clocks.targets[SOLVED].due_at) == (t(1), t(32))
    assert clocks.due_at == t(1)
    assert clocks.targets[FIRST].near_at == t(0.75)
    assert after(Answered(at=t(0.5))).due_at == t(32)


def test_an_answer_meets_or_misses_and_takes_both_times() -> None:
    met = after(Answered(at=t(1))).targets[FIRST]
    assert (met.outcome, met.stopped_at, met.spent_business) == (Outcome.MET, t(1), hours(1))
    late = after(Answered(at=t(24))).targets[FIRST]
    assert (late.outcome, late.spent_wall) == (Outcome.MISSED, hours(24))
    assert late.spent_business == hours(8)


def test_nothing_pauses_the_first_response() -> None:
    clocks = after(Moved(at=t(0.5), state=State.PENDING))
    assert clocks.targets[FIRST].outcome is Outcome.RUNNING
    assert clocks.targets[SOLVED].outcome is Outcome.PAUSED
    assert clocks.due_at == t(1)


def test_a_pause_moves_the_resolution_by_what_it_took() -> None:
    clocks = after(
        Answered(at=t(1)),
        Moved(at=t(2), state=State.PENDING),
        Moved(at=t(3), state=State.ON_HOLD),
        Moved(at=t(5), state=State.OPEN),
    )
    # Three hours more of the office, which closes at five.
    assert clocks.targets[SOLVED].due_at == t(48 + 3)
    assert clocks.targets[SOLVED].spent_business == hours(2)


def test_the_next_response_counts_from_the_first_message_of_a_run() -> None:
    unanswered = after(CustomerWrote(at=t(0.25)))
    assert NEXT not in unanswered.targets, "the first response is still owed"
    clocks = after(Answered(at=t(0.5)), CustomerWrote(at=t(1)), CustomerWrote(at=t(2)))
    assert (clocks.targets[NEXT].due_at, clocks.targets[NEXT].run) == (t(3), 1)
    clocks = after(
        Answered(at=t(0.5)), CustomerWrote(at=t(1)), Answered(at=t(2)), CustomerWrote(at=t(3))
    )
    assert (clocks.targets[NEXT].due_at, clocks.targets[NEXT].run) == (t(5), 2)


def test_what_is_resolved_unanswered_is_owed_no_more_unless_it_was_late() -> None:
    early = after(Moved(at=t(0.5), state=State.RESOLVED))
    assert early.targets[FIRST].outcome is Outcome.VOID
    assert early.targets[SOLVED].outcome is Outcome.MET
    assert after(Moved(at=t(2), state=State.CLOSED)).targets[FIRST].outcome is Outcome.MISSED
    assert early.due_at is None


def test_a_reopened_ticket_goes_on_where_it_stood() -> None:
    clocks = after(
        Answered(at=t(0.5)),
        Moved(at=t(2), state=State.RESOLVED),
        Moved(at=t(24), state=State.OPEN),
        CustomerWrote(at=t(24)),
    )
    solved = clocks.targets[SOLVED]
    assert (solved.outcome, solved.run, solved.spent_business) == (Outcome.RUNNING, 2, hours(2))
    # Eight hours of that Tuesday and six of Wednesday are left.
    assert solved.due_at == t(48 + 6)
    assert clocks.targets[NEXT].due_at == t(26)


def test_a_priority_measures_anew_from_where_a_clock_began() -> None:
    clocks = after(Prioritised(at=t(0.25), priority=Priority.URGENT))
    assert (clocks.targets[FIRST].due_at, clocks.targets[SOLVED].due_at) == (t(0.5), t(4))
    late = after(Prioritised(at=t(0.75), priority=Priority.URGENT))
    assert late.targets[FIRST].due_at == t(0.75)
    unpromised = after(Prioritised(at=t(0.25), priority=Priority.LOW))
    assert unpromised.due_at is None
    back = advance(TERMS, unpromised, Prioritised(at=t(0.5), priority=Priority.NORMAL))
    assert back.targets[FIRST].due_at == t(1)


def test_without_terms_time_is_counted_and_nothing_is_due() -> None:
    opened = Opened(at=START, priority=Priority.NORMAL)
    clocks = recompute(Terms(), [opened, Answered(at=t(30))])
    assert clocks is not None
    assert (clocks.due_at, clocks.targets[FIRST].outcome) == (None, Outcome.VOID)
    assert clocks.targets[FIRST].spent_wall == hours(30)
    assert recompute(Terms(), []) is None


@st.composite
def histories(draw: st.DrawFn) -> Sequence[Fact]:
    at = START
    facts: list[Fact] = []
    for _ in range(draw(st.integers(0, 12))):
        at += timedelta(minutes=draw(st.integers(0, 600)))
        kind = draw(st.integers(0, 3))
        if kind == 0:
            facts.append(Moved(at=at, state=draw(st.sampled_from(State))))
        elif kind == 1:
            facts.append(Prioritised(at=at, priority=draw(st.sampled_from(Priority))))
        else:
            facts.append(CustomerWrote(at=at) if kind == 2 else Answered(at=at))
    return facts


@settings(max_examples=200, deadline=None)
@given(histories())
def test_whatever_happens_time_adds_up(facts: Sequence[Fact]) -> None:
    clocks = after(*facts)
    end = facts[-1].at if facts else START
    for clock in clocks.targets.values():
        assert timedelta(0) <= clock.spent_business <= clock.spent_wall <= end - START
        assert (clock.since is None) == (clock.outcome is not Outcome.RUNNING)
        assert clock.ended == (clock.stopped_at is not None)
        if clock.goal is not None and clock.outcome is Outcome.MET:
            business = clock.goal.measure is Measure.BUSINESS
            spent = clock.spent_business if business else clock.spent_wall
            assert spent <= clock.goal.within
    if clocks.state in (State.PENDING, State.ON_HOLD):
        running = {c.target for c in clocks.targets.values() if c.outcome is Outcome.RUNNING}
        assert running <= {FIRST}
