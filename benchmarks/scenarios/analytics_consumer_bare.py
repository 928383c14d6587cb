"""The least that has to be done with events that are counted: each once, kept, and added up.

It knows no conversations: every event is one measurement, that somebody was told something. Tables,
indexes, batches and transactions are the same.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg
import orjson
from asyncpg.pgproto.pgproto import UUID

from benchmarks.log import Log
from benchmarks.world import Urls
from shared.messaging.bus import Record

_BATCH = 500
_NOBODY = "00000000-0000-0000-0000-000000000000"
_FIELDS = ("profile_id", "assignee_id", "team_id")

_TOLD = (
    "unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[], $6::uuid[],"
    " $7::uuid[]) AS told(workspace_id, subject_id, event_id, at, profile_id, person_id, team_id)"
)
_DAY = {"measure": "'told'", "day": "at::date", "clock": "'wall'", "bucket": "-1"}
_PROFILE = _DAY | {"profile_id": "profile_id"}
_DETAIL = _PROFILE | {
    "hour": "extract(hour FROM at)",
    "kind": "'event'",
    "person_id": "person_id",
    "team_id": "team_id",
}
_GRAINS = {"totals_by_day": _DAY, "totals_by_profile": _PROFILE, "totals_by_detail": _DETAIL}
_TABLES = ("processed_events", "kept_events", "measurements", *_GRAINS)

_SEEN = (
    "INSERT INTO bare.processed_events (consumer, event_id)"
    " SELECT 'bare', id FROM unnest($1::uuid[]) AS id ORDER BY id"
    " ON CONFLICT DO NOTHING RETURNING event_id"
)
_KEEP = (
    "INSERT INTO bare.kept_events SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[],"
    " $4::timestamptz[], $5::text[], $6::bytea[])"
)
_MEASURE = (
    "INSERT INTO bare.measurements SELECT workspace_id, 1, subject_id, 'told', event_id, at,"
    " at::date, extract(hour FROM at), profile_id, 'event', person_id, team_id, false, NULL, NULL"
    f" FROM {_TOLD}"
)


def _add(table: str, grain: dict[str, str]) -> str:
    """Adds what was told to the totals of a grain."""
    columns, values = ", ".join(grain), ", ".join(grain.values())
    places = ", ".join(str(number + 1) for number in range(len(grain) + 2))
    return (
        f"INSERT INTO bare.{table} (workspace_id, generation, {columns}, count, total)"
        f" SELECT workspace_id, 1, {values}, count(*), 0 FROM {_TOLD}"
        f" GROUP BY {places} ORDER BY {places}"
        f" ON CONFLICT (workspace_id, generation, {columns})"
        f" DO UPDATE SET count = {table}.count + excluded.count"
    )


_ADD = [_add(table, grain) for table, grain in _GRAINS.items()]


@dataclass(frozen=True, slots=True)
class BareCounter:
    connection: Any

    async def drain(self, log: Log) -> int:
        handled = 0
        while batches := await log.fetch(_BATCH, 0):
            for records in batches.values():
                await self._handle(records)
                handled += len(records)
        return handled

    async def _handle(self, records: Sequence[Record]) -> None:
        async with self.connection.transaction():
            ids = [UUID(record.headers["ce_id"]) for record in records]
            fresh = {row[0] for row in await self.connection.fetch(_SEEN, ids)}
            rows = [
                (id_, record, orjson.loads(record.body))
                for id_, record in zip(ids, records, strict=True)
                if id_ in fresh
            ]
            about = [
                [body["workspace_id"] for _, _, body in rows],
                [body["conversation_id"] for _, _, body in rows],
                [id_ for id_, _, _ in rows],
                [datetime.fromisoformat(record.headers["ce_time"]) for _, record, _ in rows],
            ]
            types = [record.headers["ce_type"] for _, record, _ in rows]
            await self.connection.execute(_KEEP, *about, types, [one.body for _, one, _ in rows])
            who = [[body.get(name) or _NOBODY for _, _, body in rows] for name in _FIELDS]
            for statement in (_MEASURE, *_ADD):
                await self.connection.execute(statement, *about, *who)


@asynccontextmanager
async def bare_counter(urls: Urls) -> AsyncIterator[BareCounter]:
    """Over tables that are copies of those of the service, without rows."""
    connection = await asyncpg.connect(urls["admin"])
    try:
        await connection.execute("CREATE SCHEMA bare")
        for table in _TABLES:
            await connection.execute(
                f"CREATE TABLE bare.{table} (LIKE analytics.{table} INCLUDING ALL)"
            )
        yield BareCounter(connection)
    finally:
        await connection.close()
