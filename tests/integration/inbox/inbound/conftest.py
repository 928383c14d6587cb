"""The inbox's own database, empty for each test, and what the inbound tests look at in it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from services.inbox.commands.copies import remember_profile
from services.inbox.commands.handle.batch import handle_waiting
from services.inbox.commands.handle.intake import Subject
from services.inbox.commands.receive import Arrival, Receipt, Source, receive
from services.inbox.models import Conversation, Interaction, InteractionVersion, Ledger
from shared.clock import ManualClock
from shared.db.database import Database
from shared.db.kernel_tables import outbox
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.ids import new_id
from shared.networks.types import RawDelivery
from tests.support.inbound import BEGIN, normalize
from tests.support.service import empty_database

Urls = Mapping[str, str]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(BEGIN)


@pytest.fixture
async def database(database_urls: Urls, clock: ManualClock) -> AsyncIterator[Database]:
    await empty_database(database_urls["inbox_owner"])
    database = Database(database_urls["inbox"], producer="inbox", clock=clock)
    yield database
    await database.close()


@dataclass(frozen=True, slots=True)
class Inbound:
    """One profile's inbound side, fed by hand."""

    database: Database
    workspace_id: UUID
    profile_id: UUID

    @property
    def subject(self) -> Subject:
        return Subject(profile_id=self.profile_id, network="plain")

    async def connect(self) -> None:
        """Hear of the profile as team_directory tells of it."""
        event = ProfileSaved(
            workspace_id=self.workspace_id,
            profile_id=self.profile_id,
            network="plain",
            external_id="us",
            handle="us",
            display_name="Us",
            state=ProfileState.CONNECTED,
        )
        async with self.database.begin(self.workspace_id) as tx:
            await remember_profile(tx, event)

    async def receive(
        self, *deliveries: RawDelivery, source: Source = Source.WEBHOOK, fills_gap: bool = False
    ) -> Receipt:
        arrival = Arrival(
            profile_id=self.profile_id, source=source, deliveries=deliveries, fills_gap=fills_gap
        )
        async with self.database.begin(self.workspace_id) as tx:
            (receipt,) = await receive(tx, [arrival])
        return receipt

    async def handle(self, limit: int = 100) -> int:
        """Handle everything that waits, in batches; the number of batches."""
        batches = 0
        while True:
            async with self.database.begin(self.workspace_id) as tx:
                progress = await handle_waiting(tx, self.subject, normalize, limit)
            if not progress.taken:
                return batches
            batches += 1

    async def take(self, *deliveries: RawDelivery, source: Source = Source.WEBHOOK) -> None:
        await self.receive(*deliveries, source=source)
        await self.handle()

    async def all(self, model: Any, *order: Any) -> Sequence[Any]:
        table = model.__table__
        async with self.database.read(self.workspace_id) as read:
            return await read.all(select(table).order_by(*order))

    async def interactions(self) -> dict[str, Any]:
        rows = await self.all(Interaction)
        return {row.external_id: row for row in rows}

    async def conversations(self) -> dict[str, Any]:
        return {row.thread_key: row for row in await self.all(Conversation)}

    async def versions(self) -> list[tuple[UUID, int, str]]:
        rows = await self.all(InteractionVersion, InteractionVersion.item_version)
        return [(row.interaction_id, row.item_version, row.text) for row in rows]

    async def ledger(self) -> Any:
        (ledger,) = await self.all(Ledger)
        return ledger

    async def events(self) -> list[Event]:
        async with self.database.read() as read:
            rows = await read.all(select(outbox.c.headers, outbox.c.body).order_by(outbox.c.id))
        envelopes = [Envelope.read(row.headers, row.body) for row in rows]
        return [envelope.event for envelope in envelopes if envelope is not None]

    async def forget_events(self) -> None:
        async with self.database.begin() as tx:
            await tx.session.execute(outbox.delete())

    async def execute(self, statement: str, **values: Any) -> None:
        async with self.database.begin(self.workspace_id) as tx:
            await tx.session.execute(text(statement), values)


@pytest.fixture
def inbound(database: Database) -> Inbound:
    return Inbound(database, new_id(), new_id())
