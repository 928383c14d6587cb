"""What was promised to customers, and the tickets of the weeks before with their clocks."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import func, select

from deploy.demo.history import Story, Written
from deploy.demo.past import Workplace, at, opened
from services.ticketing.app import build
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
from shared.events.inbox import Direction, InteractionKind, InteractionReceived

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
_PATIENCE_SECONDS = 30


async def promise(place: Workplace, since: datetime) -> None:
    """Opening hours and times to answer, as they hold since the team works here."""
    async with (
        opened(build, TicketingSettings, since) as ticketing,
        ticketing.database.begin(place.workspace_id) as tx,
    ):
        calendar_id = await create_calendar(tx, "Berlin office", _HOURS)
        values = {
            "name": "Customer care",
            "calendar_id": calendar_id,
            "profile_ids": [],
            "goals": _GOALS,
        }
        await create_policy(tx, place.identity("owner"), values)


async def open_past_tickets(place: Workplace, stories: Sequence[Story], now: datetime) -> None:
    """Some of what was answered had been handed on as a ticket, and most of that is resolved."""
    async with opened(build, TicketingSettings, now) as ticketing:
        await _wait_for_copies(ticketing.database, place, len(stories))
        for number, story in enumerate(stories):
            rng = Random(f"ticket {story.seed}")  # noqa: S311 -- repeatable on purpose.
            pair = next(story.answers(), None)
            if pair is not None and rng.random() < _SHARE:
                async with ticketing.database.begin(place.workspace_id) as tx:
                    await _live_through(tx, _Ticket(place, rng, number, now), pair)


async def _wait_for_copies(database: Database, place: Workplace, count: int) -> None:
    """Ticketing learns of conversations by events."""
    statement = select(func.count()).where(Conversation.workspace_id == place.workspace_id)
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            async with database.begin(place.workspace_id) as tx:
                if (await tx.session.scalar(statement) or 0) >= count:
                    return
            await asyncio.sleep(0.3)


class _Ticket:
    """What is drawn for one ticket, and who has it."""

    def __init__(self, place: Workplace, rng: Random, number: int, now: datetime) -> None:
        self.place = place
        self.rng = rng
        self.now = now
        self.subject = _SUBJECTS[number % len(_SUBJECTS)]
        self.note = _NOTES[number % len(_NOTES)]
        self.role = rng.choice(("community_manager", "customer_service_representative"))
        self.priority = rng.choice((Priority.NORMAL, Priority.HIGH, Priority.URGENT))


async def _live_through(tx: Tx, drawn: _Ticket, pair: tuple[Written, Written]) -> None:
    asked, answer = pair
    place, rng = drawn.place, drawn.rng
    lead, owner = place.identity("community_manager"), place.identity(drawn.role)
    opened_at = asked.written_at + min(
        timedelta(minutes=rng.uniform(2, 30)), (answer.written_at - asked.written_at) / 2
    )
    new = NewTicket(
        conversation_id=asked.conversation_id,
        subject=drawn.subject,
        priority=drawn.priority,
        assignee_id=owner.actor_id,
        team_id=place.team_id,
    )
    try:
        ticket = await open_ticket(at(tx, opened_at), lead, new)
    except TicketExistsError:
        return  # It is one of those that the team works on now.
    if rng.random() < _WITH_NOTE:
        await add_note(tx, lead, ticket.id, drawn.note, [])
    await hear_interaction(at(tx, answer.written_at), _told(place.workspace_id, answer))
    done_at = answer.written_at + timedelta(hours=rng.lognormvariate(2.6, 1))
    if done_at < drawn.now:
        resolved = Move(state=State.RESOLVED)
        await change_ticket(at(tx, done_at), owner, ticket.id, resolved, None)


def _told(workspace_id: UUID, item: Written) -> InteractionReceived:
    """What the inbox has told of an answer, before its ticket was there to hear it."""
    return InteractionReceived(
        workspace_id=workspace_id,
        conversation_id=item.conversation_id,
        profile_id=item.conversation_profile_id,
        conversation_version=0,
        interaction_id=item.id,
        network=item.conversation_network,
        kind=InteractionKind.DM if item.visibility == "private" else InteractionKind.REPLY,
        direction=Direction.OUTBOUND,
        contact_id=item.conversation_contact_id,
        excerpt=item.text,
        written_at=item.written_at,
    )
