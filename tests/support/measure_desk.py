"""A workspace whose profile and posts are measured, told of them as by its neighbours."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select

from services.analytics.commands.copies import MEASURE
from shared.clock import ManualClock
from shared.db.database import Database
from shared.events.scheduler import PublicationChanged, PublicationState
from shared.events.team_directory import ProfileSaved, ProfileState, WorkspaceSaved
from shared.identity import Identity
from shared.ids import new_id
from tests.support.service import ServiceHand, member_identity


@dataclass(slots=True)
class MeasureDesk:
    """`network` is the name of the network of its profiles; `hand` is analytics."""

    hand: ServiceHand
    clock: ManualClock
    network: str = "fake"
    workspace_id: UUID = field(default_factory=new_id)
    me: UUID = field(default_factory=new_id)
    profile_id: UUID = field(default_factory=new_id)

    @property
    def database(self) -> Database:
        return self.hand.service.database

    def identity(self, **access: Any) -> Identity:
        return member_identity(self.workspace_id, self.me, **access)

    async def zone(self, name: str) -> None:
        event = WorkspaceSaved(workspace_id=self.workspace_id, name="Acme", time_zone=name)
        await self.hand.tell(event)

    async def profile(
        self, profile_id: UUID | None = None, state: ProfileState = ProfileState.CONNECTED
    ) -> UUID:
        event = ProfileSaved(
            workspace_id=self.workspace_id,
            profile_id=profile_id or self.profile_id,
            network=self.network,
            external_id="brand",
            handle="brand",
            display_name="Brand",
            state=state,
        )
        await self.hand.tell(event)
        return event.profile_id

    async def published(
        self,
        external_id: str,
        *,
        at: datetime | None = None,
        profile_id: UUID | None = None,
        state: PublicationState = PublicationState.PUBLISHED,
    ) -> UUID:
        """A post stands on the network, as scheduler tells it; the id of its publication."""
        event = PublicationChanged(
            workspace_id=self.workspace_id,
            post_id=new_id(),
            post_version=3,
            publication_id=new_id(),
            profile_id=profile_id or self.profile_id,
            network=self.network,
            due_at=at or self.clock.now(),
            state=state,
            published_at=at or self.clock.now(),
            external_id=external_id,
            permalink=f"https://fake.example/{external_id}",
            excerpt=f"About {external_id}",
        )
        await self.hand.tell(event)
        return event.publication_id

    async def work(self) -> int:
        """Do every turn that is due now; how many there were."""
        return await self.hand.drain(MEASURE)

    async def later(self, wait: timedelta) -> int:
        self.clock.advance(wait)
        return await self.work()

    async def rows(self, table: type[Any], **where: Any) -> list[Any]:
        async with self.database.begin(self.workspace_id) as tx:
            statement = select(table).filter_by(workspace_id=self.workspace_id, **where)
            return list(await tx.session.scalars(statement))

    async def try_to(
        self, path: str, identity: Identity | None = None, **query: Any
    ) -> httpx.Response:
        async with self.hand.client(identity or self.identity()) as client:
            return await client.get(path, params=query)

    async def get(self, path: str, **query: Any) -> Any:
        answer = await self.try_to(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()
