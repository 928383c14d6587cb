"""The least that handling deliveries writes: the same rows, copied into tables of the same shape.

It reads, finds and decides nothing, and marks no delivery as handled.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import BytesIO
from time import perf_counter
from uuid import UUID

import asyncpg

from benchmarks.contest import Turned
from benchmarks.world import Urls

_IN = "workspace_id = $1"
# Each table with how its rows of a workspace are found, and in which order they came.
_TABLES = {
    "contact_identities": (_IN, "external_id"),
    "contacts": (_IN, "id"),
    "conversations": (_IN, "id"),
    "interactions": (_IN, "id"),
    "outbox": ("headers->>'ce_workspaceid' = $1::uuid::text", "id"),
}


@dataclass(slots=True)
class BareCopy:
    """Copies what the last workspace holds, `transactions` of them for all of it."""

    connection: asyncpg.Connection
    transactions: int
    workspace_id: UUID

    async def turn(self) -> Turned:
        """All rows of the workspace; the operations are its interactions."""
        rows, parts = await self._gathered()
        started = perf_counter()
        for part in parts:
            async with self.connection.transaction():
                for table, source in part.items():
                    await self.connection.copy_to_table(
                        table, schema_name="bare", source=source, format="binary"
                    )
        return Turned(rows, seconds=perf_counter() - started)

    async def _gathered(self) -> tuple[int, list[dict[str, BytesIO]]]:
        """How many interactions there are, and the bytes of every table for each transaction."""
        parts: list[dict[str, BytesIO]] = [{} for _ in range(self.transactions)]
        counts = {}
        for table, (where, order) in _TABLES.items():
            query = f"FROM inbox.{table} WHERE {where}"
            counts[table] = await self.connection.fetchval(
                f"SELECT count(*) {query}", self.workspace_id
            )
            share = -(-counts[table] // self.transactions)
            for number, part in enumerate(parts):
                part[table] = BytesIO()
                await self.connection.copy_from_query(
                    f"SELECT * {query} ORDER BY {order} LIMIT {share} OFFSET {number * share}",
                    self.workspace_id,
                    output=part[table],
                    format="binary",
                )
                part[table].seek(0)
        return counts["interactions"], parts


@asynccontextmanager
async def bare_copy(urls: Urls, transactions: int) -> AsyncIterator[BareCopy]:
    """Over tables that are copies of those of the service, without rows."""
    connection = await asyncpg.connect(urls["admin"])
    try:
        await connection.execute("CREATE SCHEMA bare")
        for table in _TABLES:
            await connection.execute(
                f"CREATE TABLE bare.{table} (LIKE inbox.{table} INCLUDING ALL)"
            )
        yield BareCopy(connection, transactions, UUID(int=0))
    finally:
        await connection.close()
