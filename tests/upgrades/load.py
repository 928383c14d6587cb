"""The services of the first release at work, as the database sees them."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg

from tests.upgrades.release import Release


@dataclass(slots=True)
class Load:
    """How often each table was read and written, and how long the slowest statement took."""

    turns: int = 0
    slowest: float = 0.0
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def work(self, url: str, release: Release, tables: list[str]) -> None:
        """Read and write every table again and again with the columns of then."""
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(
                "SELECT set_config('parley.workspace_id', $1, false)", str(release.workspace_id)
            )
            while True:
                for table in tables:
                    started = time.perf_counter()
                    await _read_and_write(connection, table, list(release.rows[table][0]))
                    self.slowest = max(self.slowest, time.perf_counter() - started)
                self.turns += 1
        finally:
            await connection.close()


async def _read_and_write(connection: asyncpg.Connection, table: str, columns: list[str]) -> None:
    """All columns of then, and a row of then once more; what comes of it is taken back."""
    given = [name for name in columns if (table.rpartition(".")[2], name) not in _GENERATED]
    names = ", ".join(f'"{name}"' for name in given)
    transaction = connection.transaction()
    await transaction.start()
    await connection.fetch(f"SELECT {names} FROM {table} LIMIT 50")  # noqa: S608 -- Names of our own file.
    await connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1"  # noqa: S608 -- As above.
        " ON CONFLICT DO NOTHING"
    )
    await transaction.rollback()


# What nobody may say.
_GENERATED = {("outbox", "id")}


@asynccontextmanager
async def at_work(service: str, urls: Mapping[str, str], release: Release) -> AsyncIterator[Load]:
    """Two processes of a service, for the length of the block; an error of theirs ends it."""
    load = Load()
    tables = release.tables_of(service)
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(load.work(urls[service], release, tables)) for _ in range(2)]
        async with asyncio.timeout(20):
            while load.turns < 4:  # noqa: ASYNC110 -- It happens in the database.
                await asyncio.sleep(0.01)
        yield load
        before = load.turns
        async with asyncio.timeout(20):
            while load.turns < before + 4:  # noqa: ASYNC110 -- As above.
                await asyncio.sleep(0.01)
        for task in tasks:
            task.cancel()
