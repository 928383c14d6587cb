"""Row-level security as the services meet it: their own run-time roles, every isolated table."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from deploy.postgres.cluster import SERVICES
from shared.db.database import sqlalchemy_url
from tests.isolation.attackers import Cast

_REFUSED = "42501"
_ISOLATED = text(
    "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relrowsecurity"
    " AND c.relnamespace = CAST(:service AS regnamespace) ORDER BY 1"
)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    """Everything is rolled back in the end."""
    engine = create_async_engine(sqlalchemy_url(url))
    async with engine.connect() as connection:
        yield connection
        await connection.rollback()
    await engine.dispose()


async def enter(connection: AsyncConnection, workspace_id: UUID | str) -> None:
    query = text("SELECT set_config('parley.workspace_id', :id, true)")
    await connection.execute(query, {"id": str(workspace_id)})


async def refused(connection: AsyncConnection, statement: str, **values: Any) -> bool:
    """Whether the database forbids a statement."""
    try:
        async with connection.begin_nested():
            await connection.execute(text(statement), values)
    except DBAPIError as error:
        return getattr(error.orig, "sqlstate", None) == _REFUSED
    return False


async def touched(connection: AsyncConnection, statement: str, **values: Any) -> int:
    """How many rows a statement reached; none where it is forbidden altogether."""
    if await refused(connection, statement, **values):
        return 0
    return (await connection.execute(text(statement), values)).rowcount


@pytest.mark.parametrize("service", SERVICES)
async def test_no_row_of_another_workspace_is_in_reach(cast: Cast, service: str) -> None:
    theirs, mine = cast.victim.workspace_id, cast.strangers.workspace_id
    urls = cast.house.urls
    async with connected(urls["admin"]) as admin, connected(urls[service]) as role:
        tables = list(await admin.scalars(_ISOLATED, {"service": service}))
        assert {"dead_letters", "idempotency_keys"} < set(tables)
        for table in tables:
            query = f"SELECT to_jsonb(t)::text FROM {service}.{table} t WHERE workspace_id = :id"  # noqa: S608 -- Names of our own catalogue.
            for workspace_id in (theirs, mine):
                row = await admin.scalar(text(query), {"id": workspace_id})
                assert row, f"the stage has no row in {service}.{table}: add one to world.py"
            row = await admin.scalar(text(query), {"id": theirs})
            await enter(role, mine)
            await _assert_out_of_reach(role, table, theirs, row)
            await enter(role, "")
            assert await role.scalar(text(f"SELECT count(*) FROM {table}")) == 0, table  # noqa: S608 -- As above.


async def _assert_out_of_reach(
    role: AsyncConnection, table: str, theirs: UUID, row: str | None
) -> None:
    where = "WHERE workspace_id = :theirs"
    seen = await role.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 -- Names of our own catalogue.
    assert seen, f"{table}: its own rows are hidden"
    query = text(f"SELECT count(*) FROM {table} {where}")  # noqa: S608 -- As above.
    assert await role.scalar(query, {"theirs": theirs}) == 0, table
    for statement in (
        f"UPDATE {table} SET workspace_id = workspace_id {where}",  # noqa: S608 -- As above.
        f"DELETE FROM {table} {where}",  # noqa: S608 -- As above.
    ):
        assert await touched(role, statement, theirs=theirs) == 0, statement
    copy = f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, :row)"  # noqa: S608 -- As above.
    assert await refused(role, copy.replace(":row", "CAST(:row AS jsonb)"), row=row), copy
    gift = f"UPDATE {table} SET workspace_id = :theirs"  # noqa: S608 -- As above.
    assert await refused(role, gift, theirs=theirs), gift


@pytest.mark.parametrize("service", SERVICES)
async def test_a_run_time_role_cannot_step_around_it(cast: Cast, service: str) -> None:
    others = [name for name in SERVICES if name != service]
    async with connected(cast.house.urls[service]) as role:
        for statement in (
            "ALTER TABLE dead_letters DISABLE ROW LEVEL SECURITY",
            "DROP POLICY by_workspace ON dead_letters",
            "TRUNCATE dead_letters",
            f"SET ROLE {service}_owner",
            f"CREATE TABLE {service}.mine (id integer)",
            *(f"SELECT * FROM {other}.dead_letters" for other in others),  # noqa: S608 -- Our names.
        ):
            assert await refused(role, statement), statement
        query = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert await role.scalar(query) is False
