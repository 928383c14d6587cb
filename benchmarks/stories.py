"""Made-up conversations as inbox tells of them, the same for the same seed.

Conversations begin at a steady pace and go on beside one another for hours, so neighbours in the
log belong to different ones, as when a service catches up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import merge
from random import Random
from typing import Any
from uuid import UUID

from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import (
    ActionChanged,
    ActionKind,
    ActionState,
    ConversationAssigned,
    ConversationStateChanged,
    Direction,
    InteractionKind,
    InteractionReceived,
)
from shared.messaging.bus import Record

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
EVENTS_EACH = 7
PARTITIONS = 8

_PROFILES, _PEOPLE, _TEAMS = 20, 40, 6
_CHAPTER = timedelta(hours=1)
_EXCERPT = "Where is my parcel? It should have been here on Monday. "


@dataclass(slots=True)
class Author:
    """Writes the conversations of one workspace, as many as are asked for."""

    seed: int
    every: timedelta = timedelta(seconds=2)
    random: Random = field(init=False)
    workspace_id: UUID = field(init=False)
    profiles: list[UUID] = field(init=False)
    people: list[UUID] = field(init=False)
    teams: list[UUID] = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)  # noqa: S311 - made-up data, the same each time
        self.workspace_id = self.id_at(BEGIN)
        self.profiles = [self.id_at(BEGIN) for _ in range(_PROFILES)]
        self.people = [self.id_at(BEGIN) for _ in range(_PEOPLE)]
        self.teams = [self.id_at(BEGIN) for _ in range(_TEAMS)]

    def id_at(self, moment: datetime) -> UUID:
        """A UUIDv7 of that moment."""
        value = int(moment.timestamp() * 1000) << 80 | self.random.getrandbits(80)
        return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)

    def tell(self) -> Iterator[Envelope]:
        """Events without an end, in the order in which they occur."""
        open_now: list[Envelope] = []
        begin = BEGIN
        while True:
            fresh: list[Envelope] = []
            horizon = begin + _CHAPTER
            while begin < horizon:
                fresh += self.conversation(begin)
                begin += self.every
            fresh.sort(key=_when)
            waiting = list(merge(open_now, fresh, key=_when))
            ready = sum(1 for each in waiting if each.occurred_at < begin)
            yield from waiting[:ready]
            open_now = waiting[ready:]

    def conversation(self, begin: datetime) -> list[Envelope]:
        """A customer writes, somebody takes it on, answers, and marks it as handled."""
        random = self.random
        answered = begin + timedelta(minutes=random.lognormvariate(3, 1.2))
        handled = answered + timedelta(minutes=random.lognormvariate(3, 1))
        taken = begin + (answered - begin) * random.random()
        person_id, team_id = random.choice(self.people), random.choice(self.teams)
        head = {
            "workspace_id": self.workspace_id,
            "conversation_id": self.id_at(begin),
            "profile_id": random.choice(self.profiles),
        }
        held = head | {"assignee_id": person_id, "team_id": team_id}
        moved = {"state": "handled", "previous": "open", "reason": "person"}
        return [
            self._written(begin, head, 1, Direction.INBOUND, self.id_at(begin)),
            self._told(taken, ConversationAssigned(conversation_version=2, by=person_id, **held)),
            *self._answer(answered, held, person_id),
            self._told(
                handled,
                ConversationStateChanged(conversation_version=7, by=person_id, **moved, **held),
            ),
        ]

    def _answer(self, begin: datetime, held: dict[str, Any], person_id: UUID) -> list[Envelope]:
        """What is told of a reply: it waits, it is sent, and the network shows it."""
        action = held | {
            "action_id": self.id_at(begin),
            "interaction_id": None,
            "action": ActionKind.REPLY,
            "by": person_id,
            "requested_by": person_id,
        }
        sent, result_id = begin + timedelta(seconds=1), self.id_at(begin)
        states = (
            (begin, {"state": ActionState.PENDING, "conversation_version": 3}),
            (begin, {"state": ActionState.SENDING, "conversation_version": 4}),
            (
                sent,
                {
                    "state": ActionState.SENT,
                    "conversation_version": 5,
                    "result_id": result_id,
                },
            ),
        )
        told = [self._told(at, ActionChanged(**action, **values)) for at, values in states]
        return [*told, self._written(sent, held, 6, Direction.OUTBOUND, result_id)]

    def _written(
        self,
        moment: datetime,
        head: dict[str, Any],
        version: int,
        direction: Direction,
        interaction_id: UUID,
    ) -> Envelope:
        event = InteractionReceived(
            conversation_version=version,
            interaction_id=interaction_id,
            network="sandbox",
            kind=self.random.choice((InteractionKind.COMMENT, InteractionKind.DM)),
            direction=direction,
            contact_id=self.id_at(moment),
            excerpt=_EXCERPT * self.random.randint(1, 3),
            written_at=moment,
            **head,
        )
        return self._told(moment, event)

    def _told(self, moment: datetime, event: Event) -> Envelope:
        return Envelope(self.id_at(moment), moment, event)


def _when(envelope: Envelope) -> datetime:
    return envelope.occurred_at


def as_record(envelope: Envelope, offset: int) -> Record:
    """As the bus hands it to a consumer."""
    event = envelope.event
    return Record(
        topic=event.topic,
        partition=int(getattr(event, event.key_field)) % PARTITIONS,
        offset=offset,
        key=event.key,
        headers=envelope.headers(),
        body=envelope.body(),
    )
