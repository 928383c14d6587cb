"""How long an event takes from a commit in one service to the commit that follows in another."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from benchmarks.contest import Contestant, Score, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.world import Urls, World, platform_settings
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.events.inbox import ConversationPrioritised
from shared.ids import new_id
from shared.messaging.connect import open_bus
from shared.messaging.consumer import ConsumerLoop
from shared.messaging.relay import Relay
from shared.messaging.subscriptions import on

_WORKSPACE = UUID(int=21)
_PROFILE = UUID(int=22)
_COMMITS = "four durable commits, one after another"
_ALL, _TRANSACTION, _WRITERS = 8_000, 100, 4

# The bus in Postgres may take twice as long as Kafka, for which p50 ≤ 10 ms and p99 ≤ 60 ms hold at
# 1,000 a second, and carry half of its 10,000 a second in bulk. Kafka itself is not measured here,
# nor is its p99 ≤ 150 ms in bulk.
_AT_MOST = (20, 120)
_BULK = 5_000


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_hop")
    figures: list[Figure] = []
    async with _pipeline(urls) as pipeline, _commits(urls) as commits:
        for rate, target in ((300, None), (1_000, _AT_MOST)):
            scores = await in_turn(
                Contestant("hop", _Steady(pipeline, rate).turn),
                Contestant("commits", commits.turn),
                rounds=2,
            )
            figures += _latencies(f"hop: Postgres bus, {rate} a second", scores, target)
        bulk = await in_turn(Contestant("hop", pipeline.bulk), rounds=2)
    figures.append(
        Figure(
            name="hop: Postgres bus, bulk",
            value=bulk["hop"].rate,
            unit="events/s",
            target=Target(_BULK),
        )
    )
    return figures


def _latencies(
    name: str, scores: dict[str, Score], most: tuple[float, float] | None
) -> Sequence[Figure]:
    hop, commits = scores["hop"], scores["commits"]
    targets = dict(zip((50, 99), most, strict=True)) if most else {}
    return [
        Figure(
            name=f"{name}, p{percent}",
            value=hop.percentile(percent),
            unit="ms",
            baseline=_COMMITS,
            ratio=hop.percentile(percent) / commits.percentile(percent),
            target=Target(targets[percent], at_most=True) if targets else None,
        )
        for percent in (50, 99)
    ]


@dataclass(slots=True)
class _Pipeline:
    """Two services on one bus, and when each conversation was told of and arrived."""

    source: Database
    told: dict[UUID, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    handled: list[UUID] = field(default_factory=list)
    empty: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell(self, count: int) -> None:
        """One transaction with so many events, each of another conversation."""
        ids = [new_id() for _ in range(count)]
        now = time.perf_counter()
        self.told.update(dict.fromkeys(ids, now))
        self.empty.clear()
        async with self.source.begin(_WORKSPACE) as tx:
            await tx.publish(*(_event(id_) for id_ in ids))

    async def handle(self, _tx: Tx, event: ConversationPrioritised) -> None:
        self.handled.append(event.conversation_id)

    def committed(self, _tx: Tx) -> None:
        now = time.perf_counter()
        for id_ in self.handled:
            begun = self.told.pop(id_, None)
            if begun is not None:
                self.latencies.append(now - begun)
        self.handled.clear()
        if not self.told:
            self.empty.set()

    async def arrived(self) -> list[float]:
        """Wait until everything that was told has had its effect: nothing is lost."""
        async with asyncio.timeout(60):
            await self.empty.wait()
        latencies, self.latencies = self.latencies, []
        return latencies

    async def bulk(self) -> Turned:
        """As fast as it goes, by some writers at once."""
        transactions = iter(range(_ALL // _TRANSACTION))

        async def write() -> None:
            for _ in transactions:
                await self.tell(_TRANSACTION)

        await asyncio.gather(*(write() for _ in range(_WRITERS)))
        return Turned(_ALL, await self.arrived())


@dataclass(frozen=True, slots=True)
class _Steady:
    """Single events at a steady pace, whatever becomes of those before."""

    pipeline: _Pipeline
    rate: int
    seconds: float = 2

    async def turn(self) -> Turned:
        begun, count = time.perf_counter(), int(self.rate * self.seconds)
        async with asyncio.TaskGroup() as group:
            for number in range(count):
                await asyncio.sleep(max(0.0, begun + number / self.rate - time.perf_counter()))
                group.create_task(self.pipeline.tell(1))
        return Turned(count, await self.pipeline.arrived())


@dataclass(frozen=True, slots=True)
class _Commits:
    connection: asyncpg.Connection

    async def turn(self) -> Turned:
        latencies = []
        for _ in range(50):
            begun = time.perf_counter()
            for _ in range(4):
                await self.connection.execute("INSERT INTO bare.commits VALUES (1)")
            latencies.append(time.perf_counter() - begun)
        return Turned(len(latencies), latencies)


@asynccontextmanager
async def _commits(urls: Urls) -> AsyncIterator[_Commits]:
    connection = await asyncpg.connect(urls["admin"])
    await connection.execute("CREATE SCHEMA bare; CREATE TABLE bare.commits (number integer)")
    try:
        yield _Commits(connection)
    finally:
        await connection.close()


@asynccontextmanager
async def _pipeline(urls: Urls) -> AsyncIterator[_Pipeline]:
    source = Database(urls["inbox"], producer="inbox")
    target = Database(urls["analytics"], producer="analytics")
    pipeline = _Pipeline(source)
    target.on_commit(pipeline.committed)
    bus = open_bus(platform_settings(urls))
    await bus.start()
    subscriptions = [on(ConversationPrioritised, pipeline.handle)]
    consumer = ConsumerLoop(target, bus, "analytics", subscriptions)
    tasks = [asyncio.create_task(loop()) for loop in (Relay(source, bus).run, consumer.run)]
    try:
        yield pipeline
    finally:
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*tasks)
        await bus.stop()
        await source.close()
        await target.close()


def _event(conversation_id: UUID) -> ConversationPrioritised:
    return ConversationPrioritised(
        workspace_id=_WORKSPACE,
        conversation_id=conversation_id,
        profile_id=_PROFILE,
        conversation_version=1,
        by=None,
        priority=1,
    )
