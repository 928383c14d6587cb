"""A relay that is halted but not dead loses its place, and does no harm when it goes on."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psutil

from shared.db.database import Database
from shared.events.team_directory import MemberSaved
from shared.messaging.postgres import PostgresBus
from shared.messaging.relay import Relay
from tests.integration.shared.conftest import count, member_saved
from tests.integration.shared.test_pipeline import drain, loop_of, members, publish
from tests.support.gateway import until

Urls = Mapping[str, str]
LEASE = timedelta(seconds=1)
ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def halting(urls: Urls) -> AsyncIterator[psutil.Process]:
    module = "tests.integration.shared.halting_relay"
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, urls["scheduler"], urls["bus"], cwd=ROOT
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        await process.wait()


@asynccontextmanager
async def running(relay: Relay) -> AsyncIterator[None]:
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_another_takes_over_and_each_event_has_one_effect(
    team_directory: Database, ticketing: Database, urls: Urls, workspace_id: UUID
) -> None:
    bus = PostgresBus(urls["bus"], partitions=2, retention=timedelta(days=7))
    await bus.start()
    await bus.create_topics([MemberSaved.topic])

    async def all_sent() -> bool:
        unsent = "SELECT count(*) FROM outbox WHERE sent_at IS NULL"
        return await count(team_directory, unsent) == 0

    async def say(*names: str) -> None:
        await publish(team_directory, *(member_saved(workspace_id, name) for name in names))

    await say("Ada", "Bob")
    async with halting(urls) as halted:
        await until(lambda: halted.status() == psutil.STATUS_STOPPED, 30)
        assert not await all_sent()
        await say("Cleo")
        async with running(Relay(team_directory, bus, LEASE)):
            await until(all_sent, 30)
            # It goes on where it stood: it wants to stamp, and has nothing left to do so by.
            halted.send_signal(signal.SIGCONT)
            await say("Dan")
            await until(all_sent, 30)
    # Ada and Bob came twice, once from each.
    assert sum((await bus.ends([MemberSaved.topic])).values()) == 6
    await drain(loop_of(ticketing, bus), until=6)
    assert await members(ticketing, workspace_id) == ["Ada", "Bob", "Cleo", "Dan"]
    await bus.stop()
