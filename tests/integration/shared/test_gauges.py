"""What Prometheus is told of a service: how far outbox, work and consumer are behind."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import update

from shared.clock import Clock, SystemClock
from shared.db.database import Database
from shared.db.kernel_tables import outbox
from shared.db.transaction import Tx
from shared.errors import UnavailableError
from shared.events.team_directory import MemberSaved
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import on
from shared.service.gauges import refresh_gauges
from tests.integration.shared.conftest import member_saved

Urls = Mapping[str, str]
MINUTE = timedelta(minutes=1)


async def shown(database: Database, loop: ConsumerLoop) -> dict[str, float]:
    await refresh_gauges(database, loop)
    return {
        f"{sample.name}{'/'.join(('', *sample.labels.values()))}": sample.value
        for metric in REGISTRY.collect()
        for sample in metric.samples
        if sample.name.startswith(("parley_outbox_", "parley_work_", "parley_consumer_lag"))
    }


@pytest.fixture
def clock() -> Clock:
    """That of the server, which says when an event was written down."""
    return SystemClock()


async def test_what_waits_to_be_sent_or_done_is_counted_with_its_age(
    team_directory: Database, bus: PostgresBus, workspace_id: UUID, clock: Clock
) -> None:
    loop = ConsumerLoop(team_directory, bus, "idle", [])
    assert await shown(team_directory, loop) == {
        "parley_outbox_unsent": 0,
        "parley_outbox_oldest_seconds": 0,
    }
    async with team_directory.begin(workspace_id) as tx:
        await tx.publish(member_saved(workspace_id))
        await tx.session.execute(update(outbox).values(created_at=clock.now() - 10 * MINUTE))
        await tx.publish(member_saved(workspace_id))
        for key, minutes in (("a", -20), ("b", -1), ("later", 60)):
            await tx.schedule("example.send", key, due_at=clock.now() + minutes * MINUTE)
    found = await shown(team_directory, loop)
    assert 600 <= found.pop("parley_outbox_oldest_seconds") < 700
    assert 1200 <= found.pop("parley_work_oldest_seconds/example.send") < 1300
    assert found == {"parley_outbox_unsent": 2, "parley_work_due/example.send": 2}
    await Relay(team_directory, bus).drain()
    assert (await shown(team_directory, loop))["parley_outbox_unsent"] == 0


async def test_a_consumer_that_does_not_get_on_is_seen_to_lag(
    team_directory: Database, ticketing: Database, bus: PostgresBus, workspace_id: UUID
) -> None:
    tried = asyncio.Event()

    async def refuse(_tx: Tx, _event: MemberSaved) -> None:
        tried.set()
        raise UnavailableError

    async with team_directory.begin(workspace_id) as tx:
        await tx.publish(*(member_saved(workspace_id, name) for name in ("Ada", "Bob", "Cleo")))
    await Relay(team_directory, bus).drain()
    loop = ConsumerLoop(ticketing, bus, "ticketing", [on(MemberSaved, refuse)])
    running = asyncio.create_task(loop.run())
    try:
        async with asyncio.timeout(20):
            await tried.wait()
        found = await shown(ticketing, loop)
        behind = [found[f"parley_consumer_lag/{MemberSaved.topic}/{part}"] for part in (0, 1)]
        assert sum(behind) == 3
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
