"""What the neighbours tell team_directory, and what people then find in their notifications."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.team_directory.consumers import SUBSCRIPTIONS
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import ConversationAssigned, NoteAdded
from shared.events.scheduler import PublicationChanged, PublicationState
from shared.events.ticketing import SlaMissed, SlaTarget, TicketAssigned
from shared.ids import new_id
from shared.messaging.bus import Record
from shared.messaging.dispatch import Dispatcher
from shared.messaging.subscriptions import by_event_name
from tests.support.team_directory import DirectoryHand, Json, Somebody


def envelope(event: Event, at: datetime) -> Envelope:
    return Envelope(new_id(), at, event)


@dataclass(slots=True)
class Tidings:
    """Speaks in the name of inbox, scheduler and ticketing about one workspace."""

    directory: DirectoryHand
    workspace_id: UUID
    profile_id: UUID = field(default_factory=new_id)

    def assigned(self, assignee: Somebody | None, **values: Any) -> ConversationAssigned:
        return ConversationAssigned(
            **{
                "workspace_id": self.workspace_id,
                "conversation_id": new_id(),
                "profile_id": self.profile_id,
                "conversation_version": 2,
                "assignee_id": assignee and assignee.id,
                "by": new_id(),
                **values,
            }
        )

    def noted(self, *mentions: Somebody, **values: Any) -> NoteAdded:
        return NoteAdded(
            **{
                "workspace_id": self.workspace_id,
                "conversation_id": new_id(),
                "profile_id": self.profile_id,
                "conversation_version": 3,
                "note_id": new_id(),
                "by": new_id(),
                "mentions": tuple(person.id for person in mentions),
                **values,
            }
        )

    def ticket(self, **values: Any) -> dict[str, Any]:
        return {
            "workspace_id": self.workspace_id,
            "ticket_id": new_id(),
            "conversation_id": new_id(),
            "profile_id": self.profile_id,
            "subject": "Lost parcel",
            "ticket_version": 2,
            **values,
        }

    def ticket_assigned(self, assignee: Somebody, **values: Any) -> TicketAssigned:
        given = {"assignee_id": assignee.id, "by": new_id(), **values}
        return TicketAssigned(**self.ticket(**given))

    def missed(self, **values: Any) -> SlaMissed:
        given = {"target": SlaTarget.FIRST_RESPONSE, "run": 1, **values}
        given.setdefault("due_at", self.directory.service.kernel.clock.now())
        return SlaMissed(**self.ticket(**given))

    def published(self, state: PublicationState, **values: Any) -> PublicationChanged:
        return PublicationChanged(
            **{
                "workspace_id": self.workspace_id,
                "post_id": new_id(),
                "post_version": 4,
                "publication_id": new_id(),
                "profile_id": self.profile_id,
                "network": "sandbox",
                "due_at": self.directory.service.kernel.clock.now(),
                "state": state,
                **values,
            }
        )

    async def tell(self, *events: Event) -> None:
        """Deliver events as one batch of the bus, each of them twice."""
        now = self.directory.service.kernel.clock.now()
        await self.deliver([envelope(event, now) for event in events] * 2)

    async def deliver(self, envelopes: Sequence[Envelope]) -> None:
        database = self.directory.service.database
        dispatcher = Dispatcher(database, "team_directory", by_event_name(SUBSCRIPTIONS))
        records = [
            Record(
                topic=each.event.topic,
                partition=0,
                offset=offset,
                key=each.event.key,
                headers=each.headers(),
                body=each.body(),
            )
            for offset, each in enumerate(envelopes)
        ]
        await dispatcher.handle(records)

    async def listed(self, person: Somebody, query: str = "") -> list[Json]:
        """What the person's list shows."""
        answer = await self.directory.call(person, "GET", f"/notifications{query}")
        assert answer.status_code == 200, answer.text
        found: list[Json] = answer.json()["items"]
        return found

    async def titles(self, person: Somebody) -> list[str]:
        return [each["title"]["en"] for each in await self.listed(person)]

    async def unread(self, person: Somebody) -> int:
        answer = await self.directory.call(person, "GET", "/notifications/unread")
        assert answer.status_code == 200, answer.text
        return int(answer.json()["unread"])
