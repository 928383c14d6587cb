"""A workspace with a profile, and short ways to plan posts for it over HTTP."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.scheduler.commands.copies import LEARN, remember_profile
from services.scheduler.commands.plan import PUBLISH
from shared.clock import ManualClock
from shared.db.database import Database
from shared.events.base import Event
from shared.events.scheduler import PublicationChanged
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.identity import Identity
from shared.ids import new_id
from tests.support.service import ServiceHand, member_identity

Json = dict[str, Any]


@dataclass(slots=True)
class Bench:
    hand: ServiceHand
    clock: ManualClock
    workspace_id: UUID = field(default_factory=new_id)
    me: UUID = field(default_factory=new_id)
    profile_id: UUID = field(default_factory=new_id)
    network: str = "fake"

    @property
    def database(self) -> Database:
        return self.hand.service.database

    def identity(self, **access: Any) -> Identity:
        return member_identity(self.workspace_id, self.me, **access)

    async def profile(
        self,
        profile_id: UUID | None = None,
        state: ProfileState = ProfileState.CONNECTED,
        *,
        restated: bool = False,
    ) -> UUID:
        """A profile as team_directory tells it, looked at by scheduler."""
        event = ProfileSaved(
            workspace_id=self.workspace_id,
            profile_id=profile_id or new_id(),
            network=self.network,
            external_id="brand",
            handle="brand",
            display_name="Brand",
            state=state,
            restated=restated,
        )
        async with self.database.begin(self.workspace_id) as tx:
            await remember_profile(tx, event)
        await self.hand.drain(LEARN)
        return event.profile_id

    async def try_to(
        self, method: str, path: str, identity: Identity | None = None, **sent: Any
    ) -> httpx.Response:
        async with self.hand.client(identity or self.identity()) as client:
            return await client.request(method, path, **sent)

    async def do(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.try_to(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()

    async def draft(self, text: str = "Our new lamp", *profile_ids: UUID, **more: Any) -> Json:
        targets = [{"profile_id": str(one)} for one in profile_ids or (self.profile_id,)]
        post: Json = await self.do("POST", "/posts", {"text": text, "targets": targets, **more})
        return post

    async def planned(self, wait: timedelta, text: str = "Our new lamp", *ids: UUID) -> Json:
        post = await self.draft(text, *ids)
        at = (self.clock.now() + wait).replace(tzinfo=None).isoformat()
        body = {"expected_version": post["version"], "wall_time": at, "zone": "UTC"}
        found: Json = await self.do("POST", f"/posts/{post['id']}/schedule", body)
        return found

    async def at_once(self, text: str = "Our new lamp", *ids: UUID) -> Json:
        post = await self.draft(text, *ids)
        body = {"expected_version": post["version"]}
        found: Json = await self.do("POST", f"/posts/{post['id']}/publish", body)
        return found

    async def post(self, post: Json) -> Json:
        found: Json = await self.do("GET", f"/posts/{post['id']}")
        return found

    async def target(self, post: Json) -> Json:
        (found,) = (await self.post(post))["targets"]
        target: Json = found
        return target

    async def work(self, wait: timedelta = timedelta()) -> int:
        self.clock.advance(wait)
        return await self.hand.drain(PUBLISH)

    async def events(self) -> list[Event]:
        return await self.hand.events()

    async def states(self) -> list[tuple[str, str | None]]:
        return [
            (event.state.value, event.reason)
            for event in await self.events()
            if isinstance(event, PublicationChanged)
        ]
