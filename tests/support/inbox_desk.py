"""A workspace with profiles, people, customers and conversations, and its inbox over HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase

from services.inbox.domain.search import grams, words
from services.inbox.models import (
    Action,
    Activity,
    Contact,
    ContactIdentity,
    Conversation,
    Interaction,
    Member,
    Profile,
    SavedView,
    Tag,
    Team,
)
from shared.clock import ManualClock
from shared.db.database import Database
from shared.events.base import Event
from shared.identity import Identity
from shared.ids import new_id
from tests.support.service import ServiceHand, member_identity


@dataclass(slots=True)
class InboxDesk:
    """Makes rows as ingestion and team_directory would have left them, and looks at what came."""

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

    async def add(self, *rows: DeclarativeBase) -> None:
        async with self.database.begin(self.workspace_id) as tx:
            tx.session.add_all(rows)

    async def open(self) -> None:
        """The person, and the one connected profile."""
        await self.member("Mia", self.me)
        await self.profile(self.profile_id)

    async def profile(self, profile_id: UUID | None = None, **values: Any) -> UUID:
        given: dict[str, Any] = {
            "network": "fake",
            "external_id": "brand",
            "handle": "brand",
            "display_name": "Brand",
            "base_url": "https://fake.example",
            "state": "connected",
            "scopes": [],
            **values,
        }
        row = Profile(workspace_id=self.workspace_id, id=profile_id or new_id(), **given)
        await self.add(row)
        return row.id

    async def member(self, name: str, person_id: UUID | None = None, **values: Any) -> UUID:
        row = Member(
            workspace_id=self.workspace_id,
            id=person_id or new_id(),
            name=name,
            email=f"{name.lower()}@example.com",
            **{"active": True, **values},
        )
        await self.add(row)
        return row.id

    async def team(self, *members: UUID) -> UUID:
        row = Team(
            workspace_id=self.workspace_id,
            id=new_id(),
            name="Care",
            member_ids=list(members),
            active=True,
        )
        await self.add(row)
        return row.id

    async def tag(self, name: str, scope: str = "conversation") -> UUID:
        row = Tag(
            workspace_id=self.workspace_id, id=new_id(), scope=scope, name=name, color="#112233"
        )
        await self.add(row)
        return row.id

    async def saved_view(self, name: str) -> UUID:
        row = SavedView(
            workspace_id=self.workspace_id,
            id=new_id(),
            owner_id=self.me,
            shared=True,
            name=name,
            filters={},
        )
        await self.add(row)
        return row.id

    async def contact(self, name: str = "Grace Okafor") -> UUID:
        contact = Contact(
            workspace_id=self.workspace_id,
            id=new_id(),
            name=name,
            attributes={},
            first_seen_at=self.clock.now(),
            last_seen_at=self.clock.now(),
        )
        identity = ContactIdentity(
            workspace_id=self.workspace_id,
            network="fake",
            external_id=f"person-{contact.id}",
            contact_id=contact.id,
            handle=name.lower().replace(" ", "."),
            display_name=name,
        )
        await self.add(contact, identity)
        return contact.id

    async def conversation(
        self, text: str = "Where is my order?", contact_id: UUID | None = None, **values: Any
    ) -> UUID:
        """A public conversation that a customer began a minute ago."""
        conversation_id = new_id()
        at = values.pop("at", self.clock.now() - timedelta(minutes=1))
        given: dict[str, Any] = {
            "profile_id": self.profile_id,
            "network": "fake",
            "thread_id": f"post-{conversation_id}",
            "thread_key": f"post-{conversation_id}",
            "kind": "comment",
            "excerpt": text,
            "contact_id": contact_id or await self.contact(),
            "opened_at": at,
            "last_at": at,
            "last_inbound_at": at,
            "waiting_since": at,
            **values,
        }
        await self.add(Conversation(workspace_id=self.workspace_id, id=conversation_id, **given))
        await self.write(conversation_id, text, at=at)
        return conversation_id

    async def write(self, conversation_id: UUID, text: str, **values: Any) -> UUID:
        """A further interaction, without what ingestion would do to the conversation."""
        at: datetime = values.pop("at", self.clock.now())
        conversation = await self.row(Conversation, conversation_id)
        contact = await self.row(Contact, conversation.contact_id)
        author = {"external_id": f"person-{contact.id}", "display_name": contact.name}
        given: dict[str, Any] = {
            "profile_id": conversation.profile_id,
            "contact_id": conversation.contact_id,
            "external_id": f"item-{new_id()}",
            "kind": conversation.kind,
            "direction": "inbound",
            "origin": "customer",
            "visibility": "private" if conversation.kind == "dm" else "public",
            "author": {"handle": "grace", **author},
            "item_version": 1,
            "written_at": at,
            "received_at": at,
            **values,
        }
        row = Interaction(
            workspace_id=self.workspace_id,
            id=new_id(),
            conversation_id=conversation_id,
            text=text,
            words=func.to_tsvector("simple", " ".join(words(text, contact.name))),
            grams=grams(text, contact.name),
            **given,
        )
        await self.add(row)
        return row.id

    async def row(self, table: type[Any], id_: UUID) -> Any:
        async with self.database.begin(self.workspace_id) as tx:
            found = await tx.session.get(table, (self.workspace_id, id_))
            assert found is not None, f"no {table.__name__} {id_}"
            return found

    async def rows(self, table: type[Any], **where: Any) -> list[Any]:
        async with self.database.begin(self.workspace_id) as tx:
            statement = select(table).filter_by(workspace_id=self.workspace_id, **where)
            return list(await tx.session.scalars(statement))

    async def history(self, conversation_id: UUID) -> list[tuple[str, Mapping[str, Any]]]:
        """The kinds of the lines of history and the new values, the oldest first."""
        lines = await self.rows(Activity, conversation_id=conversation_id)
        return [(line.kind, line.after) for line in sorted(lines, key=lambda line: line.version)]

    async def actions(self, **where: Any) -> list[Any]:
        return await self.rows(Action, **where)

    async def events(self) -> list[Event]:
        return [
            event for event in await self.hand.events() if event.workspace_id == self.workspace_id
        ]

    async def call(
        self, method: str, path: str, identity: Identity | None = None, **request: Any
    ) -> httpx.Response:
        async with self.hand.client(identity or self.identity()) as client:
            return await client.request(method, path, **request)
