"""A workspace whose conversations analytics is told of, and its numbers over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from services.analytics.commands.count import RECOUNT
from services.analytics.consumers import SUBSCRIPTIONS
from shared.clock import ManualClock
from shared.db.database import Database
from shared.db.work import Worker
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import (
    ActionChanged,
    ActionKind,
    ActionState,
    ConversationStateChanged,
    Direction,
    InteractionChanged,
    InteractionKind,
    InteractionReceived,
)
from shared.events.scheduler import PublicationChanged, PublicationState
from shared.events.team_directory import WorkspaceSaved
from shared.events.ticketing import CalendarSaved, PolicySaved, SlaMet, SlaMissed, SlaTarget
from shared.identity import Identity
from shared.ids import new_id
from shared.messaging.bus import Record
from shared.messaging.dispatch import Dispatcher
from shared.messaging.subscriptions import by_event_name
from tests.support.service import ServiceHand, member_identity

BOOKS = ("measurements", "totals_by_day", "totals_by_profile", "totals_by_detail")


@dataclass(slots=True, kw_only=True)
class Story:
    """Writes down what happens in one workspace, as the events that its services publish."""

    begin: datetime
    workspace_id: UUID = field(default_factory=new_id)
    profile_id: UUID = field(default_factory=new_id)
    person_id: UUID = field(default_factory=new_id)
    envelopes: list[Envelope] = field(default_factory=list)
    version: int = 0

    def at(self, minutes: float) -> datetime:
        return self.begin + timedelta(minutes=minutes)

    def tell(self, minutes: float, event: Event) -> None:
        self.envelopes.append(Envelope(new_id(), self.at(minutes), event))

    def _head(self, conversation_id: UUID, values: dict[str, Any]) -> dict[str, Any]:
        self.version += 1
        return {
            "workspace_id": self.workspace_id,
            "conversation_id": conversation_id,
            "profile_id": self.profile_id,
            "conversation_version": self.version,
            **values,
        }

    def customer(self, conversation_id: UUID, minutes: float, **values: Any) -> UUID:
        return self._written(conversation_id, minutes, Direction.INBOUND, values)

    def seen(self, conversation_id: UUID, minutes: float, **values: Any) -> UUID:
        """Our own writing, as the network tells of it."""
        return self._written(conversation_id, minutes, Direction.OUTBOUND, values)

    def _written(
        self, conversation_id: UUID, minutes: float, direction: Direction, values: dict[str, Any]
    ) -> UUID:
        given = {
            "interaction_id": new_id(),
            "network": "fake",
            "kind": InteractionKind.COMMENT,
            "contact_id": new_id(),
            "excerpt": "What a customer wrote",
            "written_at": self.at(minutes),
            **values,
        }
        event = InteractionReceived(direction=direction, **self._head(conversation_id, given))
        self.tell(minutes, event)
        return event.interaction_id

    def reply(
        self,
        conversation_id: UUID,
        minutes: float,
        person_id: UUID | None = None,
        *,
        automated: bool = False,
    ) -> UUID:
        """Somebody answers from Parley: the writing, and the action that made it."""
        interaction_id = self.seen(conversation_id, minutes)
        values = {
            "action_id": new_id(),
            "interaction_id": None,
            "action": ActionKind.REPLY,
            "state": ActionState.SENT,
            "by": None,
            "requested_by": person_id or self.person_id,
            "automated": automated,
            "result_id": interaction_id,
        }
        self.tell(minutes, ActionChanged(**self._head(conversation_id, values)))
        return interaction_id

    def removed(self, conversation_id: UUID, minutes: float, interaction_id: UUID) -> None:
        values = {"interaction_id": interaction_id, "change": "removed"}
        self.tell(minutes, InteractionChanged(**self._head(conversation_id, values)))

    def state(
        self, conversation_id: UUID, minutes: float, state: str, previous: str, **values: Any
    ) -> None:
        given = {"by": self.person_id, "reason": "person", **values}
        given |= {"state": state, "previous": previous}
        self.tell(minutes, ConversationStateChanged(**self._head(conversation_id, given)))

    def handled(self, conversation_id: UUID, minutes: float) -> None:
        self.state(conversation_id, minutes, "handled", "open")

    def reopened(self, conversation_id: UUID, minutes: float) -> None:
        self.state(conversation_id, minutes, "open", "handled", by=None, reason="reply")

    def publication(
        self, publication_id: UUID, minutes: float, state: PublicationState, **values: Any
    ) -> None:
        self.version += 1
        given = {"due_at": self.at(60), "by": self.person_id, **values}
        event = PublicationChanged(
            workspace_id=self.workspace_id,
            post_id=publication_id,
            post_version=self.version,
            publication_id=publication_id,
            profile_id=self.profile_id,
            network="fake",
            state=state,
            **given,
        )
        self.tell(minutes, event)

    def promise(self, ticket_id: UUID, minutes: float, *, met: bool, run: int = 1) -> None:
        self.version += 1
        given: dict[str, Any] = {
            "workspace_id": self.workspace_id,
            "ticket_id": ticket_id,
            "conversation_id": new_id(),
            "profile_id": self.profile_id,
            "subject": "A parcel",
            "ticket_version": self.version,
            "target": SlaTarget.FIRST_RESPONSE,
            "run": run,
            "due_at": self.at(minutes),
        }
        if met:
            spent = {"at": self.at(minutes), "wall_seconds": 60.0, "business_seconds": 60.0}
            self.tell(minutes, SlaMet(**given, **spent))
        else:
            self.tell(minutes, SlaMissed(**given))

    def zone(self, minutes: float, zone: str) -> None:
        self.tell(
            minutes, WorkspaceSaved(workspace_id=self.workspace_id, name="Acme", time_zone=zone)
        )

    def calendar(self, minutes: float, opens: int, closes: int, *profile_ids: UUID) -> UUID:
        """A calendar that is open every day between two minutes, and the policy that names it."""
        calendar_id = new_id()
        saved = CalendarSaved(
            workspace_id=self.workspace_id,
            calendar_id=calendar_id,
            calendar_version=1,
            name="Office",
            zone="UTC",
            week=(((opens, closes),),) * 7,
        )
        policy = PolicySaved(
            workspace_id=self.workspace_id,
            policy_id=new_id(),
            policy_version=1,
            name="Care",
            calendar_id=calendar_id,
            profile_ids=profile_ids,
        )
        self.tell(minutes, saved)
        self.tell(minutes, policy)
        return calendar_id


@dataclass(slots=True, kw_only=True)
class AnalyticsDesk:
    """Analytics as its neighbours and its readers know it."""

    hand: ServiceHand
    clock: ManualClock

    @property
    def database(self) -> Database:
        return self.hand.service.database

    @property
    def recounter(self) -> Worker:
        (worker,) = [one for one in self.hand.service.workers if one.name == RECOUNT]
        return worker

    async def take(self, envelopes: Sequence[Envelope]) -> None:
        """Deliver events as one batch of the bus."""
        dispatcher = Dispatcher(self.database, "analytics", by_event_name(SUBSCRIPTIONS))
        records = [
            Record(
                topic=one.event.topic,
                partition=0,
                offset=number,
                key=one.event.key,
                headers=one.headers(),
                body=one.body(),
            )
            for number, one in enumerate(envelopes)
        ]
        await dispatcher.handle(records)

    async def recount(self) -> None:
        """Do what is asked to be counted again."""
        await self.recounter.drain()

    async def books(self, workspace_id: UUID) -> dict[str, list[tuple[Any, ...]]]:
        """Everything that the current generation holds, in order."""
        found = {}
        async with self.database.read(workspace_id) as read:
            for table in BOOKS:
                columns = await read.all(
                    text(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = :t"
                        " AND table_schema = current_schema() AND column_name <> 'generation'"
                        " ORDER BY 1"
                    ),
                    {"t": table},
                )
                names = ", ".join(name for (name,) in columns)
                rows = await read.all(
                    text(
                        f"SELECT {names} FROM {table} JOIN books USING (workspace_id, generation)"  # noqa: S608 - names of our own tables
                        " WHERE workspace_id = :w AND state = 'current' ORDER BY 1, 2, 3, 4, 5, 6"
                    ),
                    {"w": workspace_id},
                )
                found[table] = sorted((tuple(row) for row in rows), key=repr)
        return found

    async def get(self, path: str, identity: Identity, **params: Any) -> Any:
        answer = await self.call("GET", path, identity, params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def numbers(self, story: Story, **params: Any) -> dict[str, Any]:
        """The overview of the days around a story, by the name of each number."""
        given = {"first": "2026-03-01", "last": "2026-03-31", **params}
        identity = member_identity(story.workspace_id, story.person_id)
        report = await self.get("/overview", identity, **given)
        return {one["metric"]: one["now"] for one in report["numbers"]}

    async def call(
        self, method: str, path: str, identity: Identity, **request: Any
    ) -> httpx.Response:
        async with self.hand.client(identity) as client:
            return await client.request(method, path, **request)
