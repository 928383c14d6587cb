"""Kafka loses its disk while events flow: no effect is missing, none is doubled."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from deploy.local.kafka import KafkaServer
from services.ticketing.models import Member
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.events.team_directory import MemberSaved
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.kafka import KafkaBus
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import on
from tests.integration.shared.conftest import member_saved
from tests.support.desk import until
from tests.support.kafka import require_kafka, running_kafka

pytestmark = [pytest.mark.kafka]

EVENTS = 600
PATIENCE = 120.0


@pytest.fixture
def broker() -> Iterator[KafkaServer]:
    require_kafka()
    with running_kafka() as broker:
        yield broker


@asynccontextmanager
async def flowing(broker: KafkaServer, sender: Database, receiver: Database) -> AsyncIterator[None]:
    """A relay and a consumer in the background, as two services have them."""

    async def note(tx: Tx, event: MemberSaved) -> None:
        """An effect that shows when it happens twice: a row of its own each time."""
        tx.session.add(
            Member(
                workspace_id=tx.workspace_id,
                id=tx.new_id(),
                name=event.name,
                email="",
                active=True,
            )
        )

    out = KafkaBus(broker.bootstrap, partitions=4, retention=timedelta(days=7))
    into = KafkaBus(broker.bootstrap, partitions=4, retention=timedelta(days=7))
    await asyncio.gather(out.start(), into.start())
    loop = ConsumerLoop(receiver, into, "ticketing", [on(MemberSaved, note)])
    tasks = [asyncio.create_task(Relay(sender, out).run()), asyncio.create_task(loop.run())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(out.stop(), into.stop())


async def effects(database: Database, workspace_id: UUID) -> Counter[str]:
    async with database.read(workspace_id) as read:
        return Counter(row.name for row in await read.all(select(Member.name)))


async def write(database: Database, workspace_id: UUID, numbers: range) -> None:
    for number in numbers:
        async with database.begin(workspace_id) as tx:
            await tx.publish(member_saved(workspace_id, f"event {number}"))


async def test_the_disk_is_destroyed_under_load(
    broker: KafkaServer, team_directory: Database, ticketing: Database, workspace_id: UUID
) -> None:
    async def seen(at_least: int) -> bool:
        return len(await effects(ticketing, workspace_id)) >= at_least

    async with flowing(broker, team_directory, ticketing):
        await write(team_directory, workspace_id, range(EVENTS // 3))
        await until(lambda: seen(EVENTS // 6), PATIENCE)
        writing = asyncio.create_task(
            write(team_directory, workspace_id, range(EVENTS // 3, EVENTS))
        )
        await asyncio.to_thread(broker.lose_everything)
        await asyncio.to_thread(broker.start)
        await writing
        await until(lambda: seen(EVENTS), PATIENCE)

    found = await effects(ticketing, workspace_id)
    assert found == Counter({f"event {number}": 1 for number in range(EVENTS)})
