"""A database of a small service and the events of its neighbours, for tests of the kernel."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.clock import ManualClock
from shared.db.database import Database
from shared.events.team_directory import MemberSaved
from shared.ids import new_id
from shared.messaging.postgres import PostgresBus

Urls = Mapping[str, str]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def urls(new_database: Callable[[], Urls]) -> Urls:
    return new_database()


@pytest.fixture
async def ticketing(urls: Urls, clock: ManualClock) -> AsyncIterator[Database]:
    database = Database(urls["ticketing"], producer="ticketing", clock=clock)
    yield database
    await database.close()


@pytest.fixture
async def team_directory(urls: Urls, clock: ManualClock) -> AsyncIterator[Database]:
    """Publishes as team_directory, from the outbox of another small service's schema."""
    database = Database(urls["scheduler"], producer="team_directory", clock=clock)
    yield database
    await database.close()


@pytest.fixture
async def bus(urls: Urls) -> AsyncIterator[PostgresBus]:
    bus = PostgresBus(urls["bus"], partitions=2, retention=timedelta(days=7))
    await bus.start()
    await bus.create_topics([MemberSaved.topic])
    yield bus
    await bus.stop()


@pytest.fixture
def workspace_id() -> UUID:
    return new_id()


def member_saved(workspace_id: UUID, name: str = "Ada") -> MemberSaved:
    return MemberSaved(
        workspace_id=workspace_id,
        person_id=new_id(),
        name=name,
        email=f"{name.lower()}@example.com",
        locale="en",
        time_zone="Europe/Berlin",
    )


async def count(database: Database, query: str) -> int:
    async with database.engine.connect() as connection:
        return int((await connection.execute(text(query))).scalar_one())
