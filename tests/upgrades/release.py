"""A database as the first release left it: its tables, and two workspaces in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from deploy.postgres.cluster import SERVICES
from shared.db.migrate import migrate
from tests.support.postgres import ROOT

_FILE = Path(__file__).with_name("first_release.json")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Release:
    """`rows` by `service.table`; `ids` are what one workspace has, by kind."""

    revisions: Mapping[str, str]
    workspace_id: UUID
    ids: Mapping[str, UUID]
    rows: Mapping[str, list[Row]]

    def tables_of(self, service: str) -> list[str]:
        """Those with something in them."""
        return [name for name, rows in self.rows.items() if rows and name.startswith(f"{service}.")]

    def columns(self, table: str) -> str:
        return ", ".join(f'"{name}"' for name in self.rows[table][0])


def first_release() -> Release:
    kept = orjson.loads(_FILE.read_bytes())
    ids = {kind: UUID(it) for kind, it in kept["ids"].items()}
    return Release(kept["revisions"], UUID(kept["workspace_id"]), ids, kept["rows"])


def migrate_back_to(release: Release, urls: Mapping[str, str]) -> None:
    """The tables as they were then, in an empty database."""
    for service in SERVICES:
        directory = ROOT / "services" / service
        migrate(directory, urls[f"{service}_owner"], release.revisions[service])


async def fill(admin: AsyncConnection, release: Release) -> None:
    """The rows as they were then; they fit together, so that no order is needed."""
    await admin.execute(text("SET LOCAL session_replication_role = replica"))
    for table in (name for service in SERVICES for name in release.tables_of(service)):
        columns = release.columns(table)
        statement = text(
            f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns}"  # noqa: S608 -- Names of our own file.
            f" FROM jsonb_populate_recordset(NULL::{table}, CAST(:rows AS jsonb))"
        )
        await admin.execute(statement, {"rows": orjson.dumps(release.rows[table]).decode()})
    for service in SERVICES:
        # Counted on, as it had been then.
        await admin.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{service}.outbox', 'id'), max(id))"  # noqa: S608 -- As above.
                f" FROM {service}.outbox HAVING max(id) IS NOT NULL"
            )
        )


async def rows_now(admin: AsyncConnection, release: Release, table: str) -> set[str]:
    """What the columns of then hold today."""
    query = f"SELECT to_jsonb(q)::text FROM (SELECT {release.columns(table)} FROM {table}) q"  # noqa: S608 -- As above.
    return set(await admin.scalars(text(query)))
