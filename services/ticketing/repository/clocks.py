"""Clocks between rows and the values that `domain/clocks.py` decides about."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from services.ticketing.domain.clocks import Clocks, Outcome, TargetClock
from services.ticketing.domain.promises import Goal, Measure
from services.ticketing.domain.ticket import Priority, State
from services.ticketing.models import Calendar as CalendarRow
from services.ticketing.models import Clock, Policy, Ticket
from shared.db.transaction import Tx
from shared.events.ticketing import SlaTarget


async def load_clocks(tx: Tx, ticket_id: UUID) -> dict[SlaTarget, Clock]:
    """The rows of a ticket that the caller has locked."""
    statement = select(Clock).where(
        Clock.workspace_id == tx.workspace_id, Clock.ticket_id == ticket_id
    )
    return {SlaTarget(row.target): row for row in await tx.session.scalars(statement)}


def clocks_of(ticket: Ticket, rows: Mapping[SlaTarget, Clock]) -> Clocks:
    return Clocks(
        at=ticket.clock_at,
        state=State(ticket.state),
        priority=Priority(ticket.priority),
        targets={target: value_of(row) for target, row in rows.items()},
    )


def value_of(row: Clock | Row[Any]) -> TargetClock:
    goal = None
    if row.goal is not None and row.measure is not None:
        goal = Goal(row.goal, Measure(row.measure))
    return TargetClock(
        target=SlaTarget(row.target),
        run=row.run,
        outcome=Outcome(row.outcome),
        goal=goal,
        since=row.since,
        spent_wall=row.spent_wall,
        spent_business=row.spent_business,
        due_at=row.due_at,
        near_at=row.near_at,
        stopped_at=row.stopped_at,
    )


def store_clock(tx: Tx, ticket: Ticket, row: Clock | None, clock: TargetClock) -> Clock:
    """Write a clock down; what was told about an earlier run, or a later time, is to tell anew."""
    if row is None:
        row = Clock(workspace_id=tx.workspace_id, ticket_id=ticket.id, target=clock.target)
        row.near_told = row.missed_told = False
        tx.session.add(row)
    same = row.run == clock.run
    row.near_told = row.near_told and same and (clock.near_at or tx.now) <= tx.now
    row.missed_told = row.missed_told and same and (clock.due_at or tx.now) <= tx.now
    row.run, row.outcome = clock.run, clock.outcome
    row.goal = None if clock.goal is None else clock.goal.within
    row.measure = None if clock.goal is None else clock.goal.measure
    row.since, row.stopped_at = clock.since, clock.stopped_at
    row.spent_wall, row.spent_business = clock.spent_wall, clock.spent_business
    row.due_at, row.near_at = clock.due_at, clock.near_at
    return row


async def policy_for(tx: Tx, profile_id: UUID) -> tuple[Policy, CalendarRow] | None:
    """The policy of a profile, or else the one that holds for all others."""
    statement = (
        select(Policy, CalendarRow)
        .join(
            CalendarRow,
            (CalendarRow.workspace_id == Policy.workspace_id)
            & (CalendarRow.id == Policy.calendar_id),
        )
        .where(Policy.workspace_id == tx.workspace_id)
    )
    found: Sequence[tuple[Policy, CalendarRow]] = [
        (row[0], row[1]) for row in await tx.session.execute(statement)
    ]
    own = (pair for pair in found if profile_id in pair[0].profile_ids)
    others = (pair for pair in found if not pair[0].profile_ids)
    return next(own, None) or next(others, None)
