"""A workspace with partners: endpoints, the events they hear of, and their log."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.team_directory.commands.webhooks import DELIVER
from shared.clock import ManualClock
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import Direction, InteractionKind, InteractionReceived
from shared.ids import new_id
from shared.messaging.bus import Record
from tests.support.partner import PartnerHand
from tests.support.team_directory import DirectoryHand, Json, Somebody

RECEIVED = "interaction.received"


@dataclass(slots=True)
class Scene:
    directory: DirectoryHand
    owner: Somebody
    partner: PartnerHand
    profile_id: UUID

    @property
    def clock(self) -> ManualClock:
        clock = self.directory.service.kernel.clock
        assert isinstance(clock, ManualClock)
        return clock

    async def create(self, path: str = "/hook", **changed: Any) -> Json:
        """A new endpoint; `id` and `secret`."""
        body = {"url": self.partner.url(path), "event_types": [RECEIVED], **changed}
        answer = await self.directory.call(self.owner, "POST", "/webhooks", body)
        assert answer.status_code == 201, answer.text
        created: Json = answer.json()
        return created

    async def do(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.directory.call(self.owner, method, f"/webhooks{path}", body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def received(self, text: str = "Do you ship?", profile_id: UUID | None = None) -> Event:
        return InteractionReceived(
            workspace_id=self.owner.workspace_id,
            conversation_id=new_id(),
            profile_id=profile_id or self.profile_id,
            conversation_version=1,
            interaction_id=new_id(),
            network="sandbox",
            kind=InteractionKind.COMMENT,
            direction=Direction.INBOUND,
            contact_id=new_id(),
            excerpt=text,
            written_at=self.clock.now(),
        )

    async def tell(self, *events: Event) -> list[UUID]:
        """Deliver events as one batch of the bus, each of them twice; the ids of the events."""
        envelopes = [Envelope(new_id(), self.clock.now(), it) for it in events]
        records = [
            Record(it.event.topic, 0, offset, it.event.key, it.headers(), it.body())
            for offset, it in enumerate(envelopes)
        ]
        dispatcher = self.directory.service.consumer.dispatcher
        await dispatcher.handle([*records, *records])
        await dispatcher.handle(records)
        return [envelope.id for envelope in envelopes]

    async def work(self) -> int:
        """Let the worker do what is due."""
        return await self.directory.drain(DELIVER)

    @asynccontextmanager
    async def working(self) -> AsyncIterator[None]:
        """Let the worker go on by itself for a while."""
        worker = next(it for it in self.directory.service.workers if it.name == DELIVER)
        task = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def log(self, endpoint: Json, query: str = "") -> list[Json]:
        page = await self.do("GET", f"/{endpoint['id']}/deliveries{query}")
        items: list[Json] = page["items"]
        return items

    async def detail(self, endpoint: Json, place: int = 0) -> Json:
        delivery = (await self.log(endpoint))[place]
        found: Json = await self.do("GET", f"/{endpoint['id']}/deliveries/{delivery['id']}")
        return found
