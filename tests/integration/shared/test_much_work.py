"""Very much work, due or planned: what a worker reads of it."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import orjson
import pytest
from sqlalchemy import event, text

from shared.db.database import Database
from shared.db.transaction import WorkItem
from shared.db.work import Worker, WorkKind
from tests.integration.shared.conftest import Urls

KIND = "ticketing.example"


@pytest.mark.parametrize("due_in_days", [1, -1], ids=["planned for later", "due at once"])
async def test_a_worker_looks_at_little_of_very_much_work(
    ticketing: Database, workspace_id: UUID, urls: Urls, due_in_days: int
) -> None:
    """Neither when it looks for what to do next, nor when it looks for how long to rest."""
    many = 20_000
    async with ticketing.begin(workspace_id) as tx:
        await tx.session.execute(
            text(
                "INSERT INTO work_items (kind, workspace_id, key, due_at)"
                " SELECT :kind, :workspace_id, n::text,"
                " CAST(:begin AS timestamptz) + n * interval '1 second'"
                " FROM generate_series(1, :many) AS n"
            ),
            {
                "kind": KIND,
                "workspace_id": workspace_id,
                "begin": tx.now + timedelta(days=due_in_days),
                "many": many,
            },
        )
    connection = await asyncpg.connect(urls["ticketing_owner"])
    await connection.execute("ANALYZE ticketing.work_items")
    for statement, parameters in await first_questions(ticketing):
        explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
        (found,) = orjson.loads(await connection.fetchval(explain, *parameters))
        assert max(rows_touched(found["Plan"])) < many / 100, statement
    await connection.close()


async def first_questions(database: Database) -> list[tuple[str, Any]]:
    """What a worker asks about work until its first item, or until it rests."""
    asked, over = [], asyncio.Event()

    async def handle(_item: WorkItem) -> None:
        over.set()

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if "work_items" in statement and not over.is_set():
            asked.append((statement, parameters))
        if "greatest" in statement:
            over.set()

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    running = asyncio.create_task(Worker(database, WorkKind(KIND, handle)).run())
    await over.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return asked


def rows_touched(plan: dict[str, Any]) -> Iterator[float]:
    """How many rows each part of a plan brought or threw away."""
    yield plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    for part in plan.get("Plans", ()):
        yield from rows_touched(part)
