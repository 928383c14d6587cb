"""A workspace with people and conversations, and its ticketing over HTTP and over the bus."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from services.ticketing.domain.clocks import Clocks, recompute
from services.ticketing.domain.history import fact_of
from services.ticketing.domain.promises import terms_of
from services.ticketing.models import Activity, Ticket
from services.ticketing.repository.clocks import clocks_of, load_clocks
from shared.clock import ManualClock
from shared.db.database import Database
from shared.events.base import Event
from shared.events.inbox import ConversationOpened, Direction, InteractionKind, InteractionReceived
from shared.events.team_directory import MemberSaved, TeamSaved
from shared.identity import Identity
from shared.ids import new_id
from tests.support.service import ServiceHand, member_identity


@dataclass(slots=True)
class TicketDesk:
    """Tells ticketing what its neighbours would tell, and looks at what came of it."""

    hand: ServiceHand
    clock: ManualClock
    workspace_id: UUID = field(default_factory=new_id)
    me: UUID = field(default_factory=new_id)
    profile_id: UUID = field(default_factory=new_id)

    @property
    def database(self) -> Database:
        return self.hand.service.database

    def identity(self, person_id: UUID | None = None, **access: Any) -> Identity:
        return member_identity(self.workspace_id, person_id or self.me, **access)

    async def tell(self, *events: Event) -> None:
        await self.hand.tell(*events)

    async def member(self, name: str, person_id: UUID | None = None, **values: Any) -> UUID:
        event = MemberSaved(
            workspace_id=self.workspace_id,
            person_id=person_id or new_id(),
            name=name,
            email=f"{name.lower()}@example.com",
            locale="en",
            time_zone="Europe/Berlin",
            **values,
        )
        await self.tell(event)
        return event.person_id

    async def team(self) -> UUID:
        event = TeamSaved(
            workspace_id=self.workspace_id, team_id=new_id(), name="Care", member_ids=()
        )
        await self.tell(event)
        return event.team_id

    async def conversation(self, **values: Any) -> UUID:
        """A conversation that a customer began a minute ago."""
        given: dict[str, Any] = {
            "workspace_id": self.workspace_id,
            "conversation_id": new_id(),
            "profile_id": self.profile_id,
            "conversation_version": 1,
            "network": "fake",
            "kind": InteractionKind.COMMENT,
            "contact_id": new_id(),
            **values,
        }
        received = InteractionReceived(
            interaction_id=new_id(),
            direction=Direction.INBOUND,
            excerpt="Where is my order?",
            written_at=self.clock.now() - timedelta(minutes=1),
            **given,
        )
        await self.tell(ConversationOpened(**given), received)
        conversation_id: UUID = given["conversation_id"]
        return conversation_id

    async def write(
        self, conversation_id: UUID, direction: Direction = Direction.INBOUND, **values: Any
    ) -> UUID:
        """The customer writes on; or our answer was seen on the network."""
        given: dict[str, Any] = {
            "profile_id": self.profile_id,
            "conversation_version": 2,
            "excerpt": "Hello?" if direction is Direction.INBOUND else "It left today.",
            "written_at": self.clock.now(),
            **values,
        }
        event = InteractionReceived(
            workspace_id=self.workspace_id,
            conversation_id=conversation_id,
            interaction_id=new_id(),
            network="fake",
            kind=InteractionKind.COMMENT,
            direction=direction,
            contact_id=new_id(),
            **given,
        )
        await self.tell(event)
        return event.interaction_id

    async def answer(self, conversation_id: UUID, written_at: datetime | None = None) -> UUID:
        at = written_at or self.clock.now()
        return await self.write(conversation_id, Direction.OUTBOUND, written_at=at)

    async def open(self, conversation_id: UUID | None = None, **values: Any) -> UUID:
        body = {
            "conversation_id": str(conversation_id or await self.conversation()),
            "subject": "The parcel has not arrived",
            **values,
        }
        answer = await self.call("POST", "/", json=body)
        assert answer.status_code == 201, answer.text
        return UUID(answer.json()["id"])

    async def put(self, ticket_id: UUID, what: str, **body: Any) -> httpx.Response:
        """A change by somebody who has seen everything."""
        if "expected_version" not in body:
            body["expected_version"] = (await self.ticket(ticket_id)).version
        return await self.call("PUT", f"/{ticket_id}/{what}", json=body)

    async def move(self, ticket_id: UUID, state: str) -> None:
        answer = await self.put(ticket_id, "state", state=state)
        assert answer.status_code == 200, answer.text

    async def view(self, ticket_id: UUID) -> Any:
        answer = await self.call("GET", f"/{ticket_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def clock_of(self, ticket_id: UUID, target: str) -> Any:
        view = await self.view(ticket_id)
        return next(clock for clock in view["clocks"] if clock["target"] == target)

    async def ticket(self, ticket_id: UUID) -> Ticket:
        async with self.database.begin(self.workspace_id) as tx:
            found = await tx.session.get(Ticket, (self.workspace_id, ticket_id))
            assert found is not None
            return found

    async def rows(self, table: type[Any], **where: Any) -> list[Any]:
        async with self.database.begin(self.workspace_id) as tx:
            statement = select(table).filter_by(workspace_id=self.workspace_id, **where)
            return list(await tx.session.scalars(statement))

    async def history(self, ticket_id: UUID) -> Sequence[Activity]:
        lines = await self.rows(Activity, ticket_id=ticket_id)
        return sorted(lines, key=lambda line: line.version)

    async def stored_clocks(self, ticket_id: UUID) -> Clocks:
        async with self.database.begin(self.workspace_id) as tx:
            ticket = await tx.session.get(Ticket, (self.workspace_id, ticket_id))
            assert ticket is not None
            return clocks_of(ticket, await load_clocks(tx, ticket_id))

    async def recomputed_clocks(self, ticket_id: UUID) -> Clocks | None:
        ticket, lines = await self.ticket(ticket_id), await self.history(ticket_id)
        facts = [fact_of(line.kind, line.at, line.after) for line in lines]
        return recompute(terms_of(ticket.terms), [fact for fact in facts if fact is not None])

    async def events(self) -> list[Event]:
        return [
            event for event in await self.hand.events() if event.workspace_id == self.workspace_id
        ]

    async def call(
        self, method: str, path: str, identity: Identity | None = None, **request: Any
    ) -> httpx.Response:
        async with self.hand.client(identity or self.identity()) as client:
            return await client.request(method, path, **request)
