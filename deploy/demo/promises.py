"""What was promised to customers, and the tickets of the weeks before with their clocks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from sqlalchemy import func, select

from deploy.demo.answers import Past
from deploy.demo.history import Written
from deploy.demo.past import CARERS, Workplace, at, batches, opened_database
from deploy.demo.patience import wait_for
from services.ticketing.commands.change import change_ticket
from services.ticketing.commands.hear import hear_interaction
from services.ticketing.commands.note import add_note
from services.ticketing.commands.open_ticket import NewTicket, open_ticket
from services.ticketing.commands.service_levels import create_calendar, create_policy
from services.ticketing.domain.ticket import Move, Priority, State
from services.ticketing.errors import TicketExistsError
from services.ticketing.models import Conversation
from services.ticketing.settings import TicketingSettings
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.events.inbox import InteractionReceived

_HOURS = {
    "zone": "Europe/Berlin",
    "week": [[[540, 1080]]] * 5 + [[[600, 960]], []],
    "holidays": [],
}
_HOUR = 3600
_GOALS = {
    priority: {
        "first_response": {"seconds": answer * _HOUR, "measure": "business"},
        "next_response": {"seconds": answer * _HOUR, "measure": "business"},
        "resolution": {"seconds": whole * _HOUR, "measure": "business"},
    }
    for priority, answer, whole in (
        ("urgent", 1, 8),
        ("high", 2, 16),
        ("normal", 4, 24),
        ("low", 8, 48),
    )
}
_SUBJECTS = (
    "Zip of a ten-year-old jacket",
    "Which size of boots?",
    "Parcel has not arrived",
    "Stove does not light",
    "Refund for a returned tent",
    "Spare pole for the Ridge",
)
_NOTES = (
    "The workshop has it on the bench; two days.",
    "Asked the warehouse: the next delivery is on Friday.",
    "Customer since 2016, please be generous.",
)
_SHARE = 0.22
_WITH_NOTE = 0.6


async def promise(place: Workplace, since: datetime) -> None:
    """Opening hours and times to answer, as they hold since the team works here."""
    async with (
        opened_database("ticketing", TicketingSettings, since) as database,
        database.begin(place.workspace_id) as tx,
    ):
        calendar_id = await create_calendar(tx, "Berlin office", _HOURS)
        values = {
            "name": "Customer care",
            "calendar_id": calendar_id,
            "profile_ids": [],
            "goals": _GOALS,
        }
        await create_policy(tx, place.identity("owner"), values)


async def open_past_tickets(place: Workplace, past: Past, now: datetime) -> None:
    """Some of what was answered had been handed on as a ticket, and most of that is resolved."""
    async with opened_database("ticketing", TicketingSettings, now) as database:
        await wait_for(
            partial(_knows, database, place, len(past.stories)),
            "Ticketing did not hear of all conversations",
        )
        for batch in batches(list(_tickets(past))):
            await database.insist(place.workspace_id, partial(_open_some, place, batch, now))


async def _knows(database: Database, place: Workplace, count: int) -> bool | None:
    """Whether ticketing has heard of so many conversations."""
    statement = select(func.count()).where(Conversation.workspace_id == place.workspace_id)
    async with database.read(place.workspace_id) as read:
        return await read.scalar(statement) >= count or None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What becomes a ticket: a customer's words, their answer, and what was told of that."""

    number: int
    seed: str
    asked: Written
    answer: Written
    told: InteractionReceived


def _tickets(past: Past) -> Iterator[_Plan]:
    for number, story in enumerate(past.stories):
        pair = next(story.answers(), None)
        seed = f"ticket {story.seed}"
        if pair is not None and Random(seed).random() < _SHARE:  # noqa: S311 -- repeatable on purpose.
            asked, answer = pair
            yield _Plan(number, seed, asked, answer, past.received[answer.id])


async def _open_some(place: Workplace, plans: Sequence[_Plan], now: datetime, tx: Tx) -> None:
    for plan in plans:
        await _live_through(tx, place, plan, now)


async def _live_through(tx: Tx, place: Workplace, plan: _Plan, now: datetime) -> None:
    rng = Random(f"{plan.seed} lived")  # noqa: S311 -- repeatable on purpose.
    asked, answer = plan.asked, plan.answer
    lead, owner = place.identity("community_manager"), place.identity(rng.choice(CARERS))
    opened_at = asked.written_at + min(
        timedelta(minutes=rng.uniform(2, 30)), (answer.written_at - asked.written_at) / 2
    )
    new = NewTicket(
        conversation_id=asked.conversation_id,
        subject=_SUBJECTS[plan.number % len(_SUBJECTS)],
        priority=rng.choice((Priority.NORMAL, Priority.HIGH, Priority.URGENT)),
        assignee_id=owner.actor_id,
        team_id=place.team_id,
    )
    try:
        ticket = await open_ticket(at(tx, opened_at), lead, new)
    except TicketExistsError:
        return  # It is one of those that the team works on now.
    if rng.random() < _WITH_NOTE:
        await add_note(tx, lead, ticket.id, _NOTES[plan.number % len(_NOTES)], [])
    # The inbox had told of the answer before the ticket was there to hear it.
    await hear_interaction(at(tx, answer.written_at), plan.told)
    done_at = answer.written_at + timedelta(hours=rng.lognormvariate(2.6, 1))
    if done_at < now:
        resolved = Move(state=State.RESOLVED)
        await change_ticket(at(tx, done_at), owner, ticket.id, resolved, None)
