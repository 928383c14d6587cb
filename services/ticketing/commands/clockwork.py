"""Keeping the clocks of a ticket: taking in facts, telling what came of them, waking in time.

One work item a ticket stands at the next moment that something is to be told about.
"""

from collections.abc import Mapping
from datetime import datetime

from services.ticketing.commands.about import about
from services.ticketing.domain.clocks import Clocks, Fact, Outcome, TargetClock, advance
from services.ticketing.domain.promises import Terms, terms_of
from services.ticketing.models import Clock, Ticket
from services.ticketing.repository.clocks import clocks_of, load_clocks, store_clock
from shared.db.transaction import Tx
from shared.events.ticketing import SlaEvent, SlaMet, SlaMissed, SlaNear, SlaTarget

WATCH = "ticketing.watch_clocks"


class Clockwork:
    """The clocks of a locked ticket; loaded before the ticket changes, told of it afterwards."""

    def __init__(
        self, tx: Tx, ticket: Ticket, rows: dict[SlaTarget, Clock], clocks: Clocks | None
    ) -> None:
        self._tx = tx
        self._ticket = ticket
        self._rows = rows
        self._clocks = clocks
        self._terms: Terms = terms_of(ticket.terms)

    @classmethod
    def new(cls, tx: Tx, ticket: Ticket) -> "Clockwork":
        return cls(tx, ticket, {}, None)

    @classmethod
    async def load(cls, tx: Tx, ticket: Ticket) -> "Clockwork":
        rows = await load_clocks(tx, ticket.id)
        return cls(tx, ticket, rows, clocks_of(ticket, rows))

    async def take_in(self, fact: Fact) -> None:
        before: Mapping[SlaTarget, TargetClock] = self._clocks.targets if self._clocks else {}
        self._clocks = advance(self._terms, self._clocks, fact)
        events: list[SlaEvent] = []
        for target, clock in self._clocks.targets.items():
            if clock == before.get(target):
                continue
            row = store_clock(self._tx, self._ticket, self._rows.get(target), clock)
            self._rows[target] = row
            events += _told_at_the_end(self._ticket, row, clock)
        self._ticket.clock_at = fact.at
        self._ticket.due_at = self._clocks.due_at
        await self._tx.publish(*events)
        await self._wake()

    async def tell_due(self) -> datetime | None:
        """Tell what is near or missed by now; when there is something to tell next."""
        events: list[SlaEvent] = []
        for row in self._running():
            if row.due_at is not None and row.due_at <= self._tx.now and not row.missed_told:
                row.near_told = row.missed_told = True
                events.append(SlaMissed(**about(self._ticket), **_promise(row, row.due_at)))
            elif row.near_at is not None and row.near_at <= self._tx.now and not row.near_told:
                row.near_told = True
                due_at = row.due_at or row.near_at
                events.append(SlaNear(**about(self._ticket), **_promise(row, due_at)))
        await self._tx.publish(*events)
        return self._next()

    async def _wake(self) -> None:
        due_at = self._next()
        if due_at is None:
            await self._tx.unschedule(WATCH, str(self._ticket.id))
        else:
            await self._tx.schedule(WATCH, str(self._ticket.id), due_at=due_at)

    def _running(self) -> list[Clock]:
        return [row for row in self._rows.values() if row.outcome == Outcome.RUNNING]

    def _next(self) -> datetime | None:
        moments = [row.near_at for row in self._running() if not row.near_told]
        moments += [row.due_at for row in self._running() if not row.missed_told]
        return min((moment for moment in moments if moment is not None), default=None)


def _promise(row: Clock, due_at: datetime) -> dict[str, object]:
    return {"target": SlaTarget(row.target), "run": row.run, "due_at": due_at}


def _told_at_the_end(ticket: Ticket, row: Clock, clock: TargetClock) -> list[SlaEvent]:
    """What is to be told about a clock that has just ended; nothing was promised without a goal."""
    if clock.due_at is None or clock.stopped_at is None:
        return []
    if clock.outcome is Outcome.MISSED and not row.missed_told:
        row.missed_told = True
        return [SlaMissed(**about(ticket), **_promise(row, clock.due_at))]
    if clock.outcome is Outcome.MET:
        met = SlaMet(
            **about(ticket),
            **_promise(row, clock.due_at),
            at=clock.stopped_at,
            wall_seconds=clock.spent_wall.total_seconds(),
            business_seconds=clock.spent_business.total_seconds(),
        )
        return [met]
    return []
