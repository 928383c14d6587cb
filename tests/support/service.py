"""A service under test: called over ASGI as the gateway or a neighbour would, outbox in view.

Its loops do not run. A test drains the work it wants to see done, and reads the events where the
command wrote them.
"""

from collections.abc import AsyncIterator, Generator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import httpx
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine
from typing_extensions import override

from shared.clock import Clock
from shared.db.database import sqlalchemy_url
from shared.db.kernel_tables import outbox
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.http.tokens import service_identity, sign
from shared.identity import ActorKind, Identity
from shared.ids import new_id
from shared.messaging.bus import Record
from shared.permissions import Level, Module, Right, Sight
from shared.service import Service
from shared.settings import BusKind, PlatformSettings

INTERNAL_KEY = "test-internal-secret-of-32-letters"


def platform_settings(urls: Mapping[str, str]) -> PlatformSettings:
    return PlatformSettings.model_validate(
        {
            "bus": BusKind.POSTGRES,
            "bus_database_url": urls["bus"],
            "internal_secrets": INTERNAL_KEY,
        }
    )


class InternalToken(httpx.Auth):
    """Signs each request anew, as the gateway does, so that no token grows old in a test."""

    def __init__(self, identity: Identity, clock: Clock) -> None:
        self._identity = identity
        self._clock = clock

    @override
    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response]:
        token = sign(self._identity, INTERNAL_KEY, self._clock.now())
        request.headers["authorization"] = f"Bearer {token}"
        yield request


def member_identity(  # noqa: PLR0913 -- one keyword for each thing that an identity says.
    workspace_id: UUID,
    person_id: UUID,
    *,
    levels: Mapping[Module, Level] | None = None,
    rights: frozenset[Right] = frozenset(Right),
    sight: Sight = Sight.ALL,
    team_ids: frozenset[UUID] = frozenset(),
    profile_ids: frozenset[UUID] | None = None,
) -> Identity:
    """A person in a workspace; without more, one who may do everything."""
    return Identity(
        actor_id=person_id,
        kind=ActorKind.PERSON,
        workspace_id=workspace_id,
        levels=dict.fromkeys(Module, Level.ADMINISTER) if levels is None else levels,
        rights=rights,
        sight=sight,
        team_ids=team_ids,
        profile_ids=profile_ids,
    )


@dataclass(frozen=True, slots=True)
class ServiceHand:
    """What a test does with a service."""

    service: Service
    owner_url: str

    @asynccontextmanager
    async def client(self, identity: Identity | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """Speaks to the service in the name of `identity`, or of nobody."""
        auth = InternalToken(identity, self.service.kernel.clock) if identity else None
        transport = httpx.ASGITransport(app=self.service.app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://service", auth=auth
        ) as client:
            yield client

    @asynccontextmanager
    async def neighbour(self, name: str, workspace_id: UUID) -> AsyncIterator[httpx.AsyncClient]:
        """Speaks to the service in the name of another process."""
        async with self.client(service_identity(name, workspace_id)) as client:
            yield client

    async def events(self) -> list[Event]:
        """Everything in the outbox, in the order in which it will be sent."""
        async with self.service.database.read() as read:
            rows = await read.all(select(outbox.c.headers, outbox.c.body).order_by(outbox.c.id))
        envelopes = [Envelope.read(row.headers, row.body) for row in rows]
        return [envelope.event for envelope in envelopes if envelope is not None]

    async def tell(self, *events: Event) -> None:
        """Deliver events as one batch of the bus, each of them twice, and the batch once more."""
        dispatcher, now = self.service.consumer.dispatcher, self.service.kernel.clock.now()
        records = [_record(event, now, offset) for offset, event in enumerate(events)]
        await dispatcher.handle([*records, *records])
        await dispatcher.handle(records)

    async def forget_events(self) -> None:
        """Let `events` show only what follows."""
        async with self.service.database.begin() as tx:
            await tx.session.execute(outbox.delete())

    async def drain(self, kind: str) -> int:
        """Do all work of a kind that is due; the number of items taken up."""
        worker = next(worker for worker in self.service.workers if worker.name == kind)
        return await worker.drain()

    async def empty(self) -> None:
        """Remove every row of the service."""
        await empty_database(self.owner_url)


def _record(event: Event, now: datetime, offset: int) -> Record:
    envelope = Envelope(new_id(), now, event)
    return Record(
        topic=event.topic,
        partition=0,
        offset=offset,
        key=event.key,
        headers=envelope.headers(),
        body=envelope.body(),
    )


async def empty_database(owner_url: str) -> None:
    """Remove every row of the service whose schema this role owns."""
    engine = create_async_engine(sqlalchemy_url(owner_url))
    async with engine.begin() as connection:
        tables = await connection.scalars(
            text(
                "SELECT quote_ident(tablename) FROM pg_tables"
                " WHERE schemaname = current_schema() AND tablename <> 'alembic_version'"
            )
        )
        await connection.execute(text(f"TRUNCATE {', '.join(tables)} CASCADE"))
    await engine.dispose()
