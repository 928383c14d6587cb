"""How long the overview of 90 days takes, beside the same sums by asyncpg alone."""

import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import date, timedelta
from functools import partial
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
from shared.service import Service

_ROUNDS = 3
_REQUESTS = 20
_LAST = (BEGIN + DAYS).date() - timedelta(days=1)
_FIRST = _LAST - timedelta(days=89)
_BASELINE = "asyncpg: the sums of both periods, as JSON"

_SUMS = """
select measure, bucket, sum(count)::bigint as count, sum(total)::bigint as total
from analytics.{table}
where workspace_id = $1 and generation = 1 and day between $2 and $3 {narrowed}
group by measure, bucket
"""


async def measure(world: World) -> Sequence[Figure]:
    urls, workspace_id, profiles = await filled_with(world, world.size)
    figures: list[Figure] = []
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(running_analytics(urls))
        connection = await asyncpg.connect(urls["admin"])
        stack.push_async_callback(connection.close)
        for who, seen in (("all profiles", None), ("3 of 20 profiles", profiles[:3])):
            client = await stack.enter_async_context(_client(service, workspace_id, seen))
            scores = await in_turn(
                Contestant("ours", partial(_repeat, partial(_ours, client)), world.processes),
                Contestant(
                    "bare", partial(_repeat, partial(_bare, connection, workspace_id, seen))
                ),
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


async def _repeat(ask: Callable[[], Awaitable[None]]) -> Turned:
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


async def _ours(client: httpx.AsyncClient) -> None:
    answer = await client.get("/overview", params={"first": f"{_FIRST}", "last": f"{_LAST}"})
    answer.raise_for_status()


async def _bare(
    connection: asyncpg.Connection, workspace_id: UUID, profile_ids: Sequence[UUID] | None
) -> None:
    table = "totals_by_day" if profile_ids is None else "totals_by_profile"
    narrowed = "" if profile_ids is None else "and profile_id = any($4)"
    statement = _SUMS.format(table=table, narrowed=narrowed)
    more = () if profile_ids is None else (list(profile_ids),)
    for first, last in ((_FIRST, _LAST), _before(_FIRST, _LAST)):
        rows = await connection.fetch(statement, workspace_id, first, last, *more)
        orjson.dumps([dict(row) for row in rows])


def _before(first: date, last: date) -> tuple[date, date]:
    return first - (last - first) - timedelta(days=1), first - timedelta(days=1)
