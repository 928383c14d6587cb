"""Ten thousand publications due at once, with a million planned for later beside them."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from uuid import UUID

import asyncpg
from typing_extensions import override

from benchmarks.contest import Contestant, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.inbox import SANDBOX_NOWHERE
from benchmarks.meter import Meter
from benchmarks.scenarios.publishing_bare import BareCalendar, bare_calendar
from benchmarks.world import HOME, Urls, World, platform_settings
from services.scheduler.app import compose
from services.scheduler.commands.plan import PUBLISH
from services.scheduler.settings import SchedulerSettings
from shared.clock import SystemClock
from shared.collector import calm_collector
from shared.db.work import Worker
from shared.networks.publishing import PostDraft
from shared.networks.registry import NetworkSettings, Registry, build_http
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import Access, Account, ActionResult, Credentials
from shared.profiles.access import Directory, Opened
from shared.profiles.outside import Outside

DUE, PLANNED = 10_000, 1_000_000
_AT_ONCE = 8
_LOOKS = 50
_PATIENCE_SECONDS = 25.0
_FILL = Path(__file__).with_suffix(".sql")
_WHAT = f"publishing: {PLANNED:,} planned, {DUE:,} due"


async def measure(world: World) -> Sequence[Figure]:
    urls = world.fresh_database("bench_publishing")
    connection = await asyncpg.connect(urls["admin"])
    filling = _FILL.read_text().replace("PLANNED", str(PLANNED)).replace("DUE", str(DUE))
    await connection.execute(filling, timeout=None)
    try:
        async with _scheduler(urls) as scheduler, bare_calendar(urls) as bare:
            return [*await _looking(scheduler, bare, connection), *await _leaving(scheduler, bare)]
    finally:
        await connection.close()


async def _looking(
    scheduler: "_Scheduler", bare: BareCalendar, connection: asyncpg.Connection
) -> Sequence[Figure]:
    """How long it takes to find what is due."""

    async def ours() -> Turned:
        latencies = []
        for _ in range(_LOOKS):
            started = perf_counter()
            await scheduler.worker.claim(_AT_ONCE)
            latencies.append(perf_counter() - started)
        await connection.execute(
            "UPDATE scheduler.work_items SET leased_until = NULL WHERE leased_until IS NOT NULL"
        )
        return Turned(_LOOKS, latencies)

    scores = await in_turn(
        Contestant("ours", ours), Contestant("bare", lambda: bare.look(_LOOKS)), rounds=3
    )
    return [
        Figure(
            name=f"{_WHAT}: the due query, p{percent}",
            value=scores["ours"].percentile(percent),
            unit="ms",
            baseline="asyncpg: the same, of one priority",
            ratio=scores["ours"].percentile(percent) / scores["bare"].percentile(percent),
            target=Target(5, at_most=True) if percent == 50 else None,
        )
        for percent in (50, 99)
    ]


async def _leaving(scheduler: "_Scheduler", bare: BareCalendar) -> Sequence[Figure]:
    """How fast what is due leaves; both stop when all has left or patience ends."""
    ours = await scheduler.publish_all()
    theirs = await bare.publish_all(_PATIENCE_SECONDS, _AT_ONCE)
    twice = sum(count - 1 for count in scheduler.network.taken.values())
    return [
        Figure(
            name=f"{_WHAT}: published",
            value=ours.rate,
            unit="publications/s",
            baseline="asyncpg: two commits each, eight at a time",
            ratio=ours.rate / theirs,
        ),
        Figure(
            name=f"{_WHAT}: until all have started",
            value=DUE / ours.rate,
            unit="s",
            target=Target(10, at_most=True),
        ),
        Figure(
            name=f"{_WHAT}: published twice",
            value=twice,
            unit="publications",
            target=Target(0, at_most=True),
        ),
        Figure(name=f"{_WHAT}: memory that this took", value=ours.grown / 1e6, unit="MB"),
    ]


@dataclass(frozen=True, slots=True)
class _Left:
    """How many publications a second, and by how many bytes the process grew meanwhile."""

    rate: float
    grown: float


class _Taking(SandboxConnector):
    """A network that takes every post at once; a real one has limits of its own."""

    def __init__(self) -> None:
        http = build_http(NetworkSettings(sandbox_url=SANDBOX_NOWHERE), SystemClock())
        super().__init__(http, url=SANDBOX_NOWHERE)
        self.http = http
        self.taken: Counter[UUID] = Counter()
        self._goal = 0
        self._reached = asyncio.Event()

    async def has_taken(self, goal: int) -> None:
        """Wait until so many posts were taken."""
        self._goal = goal
        self._reached.clear()
        await self._reached.wait()

    @override
    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        self.taken[draft.key] += 1
        if len(self.taken) >= self._goal:
            self._reached.set()
        return ActionResult(external_id=f"post_{draft.key}", at=datetime.now(UTC))


class _Open(Directory):
    """Opens every profile."""

    @override
    async def open(self, workspace_id: UUID, profile_id: UUID, *, fresh: bool = False) -> Opened:
        account = Account(external_id="acc_1", handle="brand", base_url=SANDBOX_NOWHERE)
        access = Access(account=account, credentials=Credentials(data={}))
        return Opened(access=access, scopes=frozenset({"publish"}), renewed_at=datetime.now(UTC))

    @override
    async def reopen(self, workspace_id: UUID, profile_id: UUID, stale: Opened) -> Opened:
        return stale

    @override
    async def report(self, workspace_id: UUID, profile_id: UUID, code: str, reason: str) -> None:
        raise RuntimeError(f"{profile_id} was refused: {reason}")


@dataclass(frozen=True, slots=True)
class _Scheduler:
    """The worker of the service that publishes, and what it publishes on."""

    worker: Worker
    network: _Taking

    async def publish_all(self) -> _Left:
        meter = Meter({"python": os.getpid()})
        running = asyncio.create_task(self.worker.run())
        # The first ones make connections and compile statements.
        await asyncio.wait_for(self.network.has_taken(DUE // 20), _PATIENCE_SECONDS)
        before, memory = len(self.network.taken), meter.memory()["python"]
        started = perf_counter()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.network.has_taken(DUE), _PATIENCE_SECONDS)
        seconds, now = perf_counter() - started, len(self.network.taken)
        grown = meter.memory()["python"] - memory
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return _Left((now - before) / seconds, grown)


@asynccontextmanager
async def _scheduler(urls: Urls) -> AsyncIterator[_Scheduler]:
    network = _Taking()
    settings = SchedulerSettings(
        database_url=urls["scheduler"],
        port=0,
        storage_url=f"file://{HOME / 'media'}",
        platform=platform_settings(urls),
    )
    outside = Outside(Registry({"sandbox": network}), _Open())
    service = compose(settings, SystemClock(), outside)
    worker = next(worker for worker in service.workers if worker.name == PUBLISH)
    calm_collector()
    try:
        yield _Scheduler(worker, network)
    finally:
        await network.http.close()
        await service.database.close()
