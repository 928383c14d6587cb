"""How long the overview of 90 days takes, beside the same sums by asyncpg alone."""

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import orjson

from benchmarks.analytics import DAYS, filled_with, running_analytics
from benchmarks.contest import Contestant, Score, Turned, in_turn
from benchmarks.figures import Figure, Target
from benchmarks.people import administrator, token_of
from benchmarks.stories import BEGIN
from benchmarks.world import World
from services.analytics.domain.figures import MOMENT_CLOCKS, HoursMode
from services.analytics.domain.measurement import Measure
from services.analytics.domain.metrics import RECIPES, Metric, measures_of
from shared.service import Service

_ROUNDS = 3
_REQUESTS = 20
_LAST = (BEGIN + DAYS).date() - timedelta(days=1)
_FIRST = _LAST - timedelta(days=89)
_BASELINE = "asyncpg: the sums of both periods, as JSON"

_SUMS = """
select measure, bucket, sum(count)::bigint as count, sum(total)::bigint as total
from analytics.{table}
where workspace_id = $1 and generation = 1 and measure = any($2) and clock = any($3)
and day between $4 and $5 {narrowed}
group by measure, bucket
"""
_CLOCKS = [clock.value for clock in MOMENT_CLOCKS[HoursMode.ALL]]
_ADDED = [measure.value for measure in measures_of(set(Metric) - {Metric.BACKLOG})]
_CARRIED = [measure.value for measure in RECIPES[Metric.BACKLOG].measures]


async def measure(world: World) -> Sequence[Figure]:
    urls, workspace_id, profiles = await filled_with(world, world.size)
    figures: list[Figure] = []
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(running_analytics(urls))
        connection = await asyncpg.connect(urls["admin"])
        stack.push_async_callback(connection.close)
        for who, seen in (("all profiles", None), ("3 of 20 profiles", profiles[:3])):
            client = await stack.enter_async_context(_client(service, workspace_id, seen))
            bare = _Bare(connection, workspace_id, seen)
            await _demand_the_same(client, bare)
            scores = await in_turn(
                Contestant("ours", partial(_repeat, partial(_ours, client))),
                Contestant("bare", partial(_repeat, bare.ask)),
                rounds=_ROUNDS,
            )
            name = f"analytics overview: 90 days of {world.size:,} events, {who}"
            figures += _figures(name, scores)
    return figures


def _figures(name: str, scores: dict[str, Score]) -> Sequence[Figure]:
    us, them = scores["ours"], scores["bare"]
    return [
        Figure(
            name=f"{name}, p{percent}",
            value=us.percentile(percent),
            unit="ms",
            baseline=_BASELINE,
            ratio=us.percentile(percent) / them.percentile(percent),
            target=Target(100, at_most=True) if percent == 99 else None,
        )
        for percent in (50, 99)
    ]


async def _repeat(ask: Callable[[], Awaitable[object]]) -> Turned:
    latencies = []
    for _ in range(_REQUESTS):
        started = time.perf_counter()
        await ask()
        latencies.append(time.perf_counter() - started)
    return Turned(_REQUESTS, latencies)


def _client(
    service: Service, workspace_id: UUID, profile_ids: Sequence[UUID] | None
) -> httpx.AsyncClient:
    """Speaks to the service without a network."""
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=service.app),
        base_url="http://analytics",
        headers={"authorization": f"Bearer {token_of(administrator(workspace_id, profile_ids))}"},
    )


async def _ours(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/overview", params={"first": f"{_FIRST}", "last": f"{_LAST}"})
    said: dict[str, Any] = orjson.loads(answer.raise_for_status().content)
    return said


@dataclass(frozen=True, slots=True)
class _Bare:
    """The sums that an overview is made of, for one workspace and some or all of its profiles."""

    connection: asyncpg.Connection
    workspace_id: UUID
    profile_ids: Sequence[UUID] | None

    async def ask(self) -> list[list[dict[str, Any]]]:
        """What was done in both periods, and what was open at the end of each."""
        found = []
        for first, last in ((_FIRST, _LAST), _before(_FIRST, _LAST)):
            found.append(await self._sums(_ADDED, first, last))
            found.append(await self._sums(_CARRIED, date.min, last))
        orjson.dumps(found)
        return found

    async def _sums(self, measures: list[str], first: date, last: date) -> list[dict[str, Any]]:
        asked = [self.workspace_id, measures, _CLOCKS, first, last]
        if self.profile_ids is None:
            statement = _SUMS.format(table="totals_by_day", narrowed="")
        else:
            statement = _SUMS.format(table="totals_by_profile", narrowed="and profile_id = any($6)")
            asked.append(list(self.profile_ids))
        rows = await self.connection.fetch(statement, *asked)
        return [dict(row) for row in rows]


async def _demand_the_same(client: httpx.AsyncClient, bare: _Bare) -> None:
    """Both must count the same, or their times say nothing about one another."""
    numbers = {each["metric"]: each for each in (await _ours(client))["numbers"]}
    sums = await bare.ask()
    ours = [
        numbers[metric][when]["count"]
        for when in ("now", "before")
        for metric in (Metric.RECEIVED, Metric.BACKLOG)
    ]
    opened, handled = RECIPES[Metric.BACKLOG].parts[0], RECIPES[Metric.BACKLOG].rest[0]
    theirs = [
        count
        for added, carried in (sums[:2], sums[2:])
        for count in (
            _count(added, Measure.RECEIVED),
            _count(carried, opened) - _count(carried, handled),
        )
    ]
    if ours != theirs:
        raise RuntimeError(f"The overview counts {ours}, its baseline {theirs}.")


def _count(rows: Sequence[dict[str, Any]], measure: Measure) -> int:
    return sum(int(row["count"]) for row in rows if row["measure"] == measure)


def _before(first: date, last: date) -> tuple[date, date]:
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)
