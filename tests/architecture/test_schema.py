"""The databases as the migrations leave them: no drift, every row isolated, both directions."""

import asyncio
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text

from deploy.postgres.cluster import SERVICES
from shared.db.database import Database
from shared.db.kernel_tables import NOT_ISOLATED, kernel_metadata
from shared.db.migrate import alembic_config, migrate

Urls = Mapping[str, str]
ROOT = Path(__file__).parents[2]


def models_of(service: str) -> Any:
    return import_module(f"services.{service}.models")


def own_exceptions(service: str) -> frozenset[str]:
    """Tables of a service that belong to no workspace; it lists them with the reason."""
    exceptions: frozenset[str] = getattr(models_of(service), "NOT_ISOLATED", frozenset())
    return exceptions


async def with_connection(url: str, look: Callable[[Connection], Any]) -> Any:
    database = Database(url, producer="test")
    try:
        async with database.engine.connect() as connection:
            return await connection.run_sync(look)
    finally:
        await database.close()


@pytest.mark.parametrize("service", SERVICES)
async def test_the_models_are_what_the_migrations_made(service: str, database_urls: Urls) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "target_metadata": None}
        )
        return list(compare_metadata(context, merged(service)))

    assert await with_connection(database_urls[f"{service}_owner"], differences) == []


def merged(service: str) -> MetaData:
    """The service's tables and the kernel's in one metadata, as they lie in one schema."""
    metadata = MetaData()
    for source in (models_of(service).Base.metadata, kernel_metadata):
        for table in source.tables.values():
            table.to_metadata(metadata)
    return metadata


@pytest.mark.parametrize("service", SERVICES)
async def test_every_table_is_isolated_or_listed_with_a_reason(
    service: str, database_urls: Urls
) -> None:
    def tables(connection: Connection) -> dict[str, bool]:
        rows = connection.execute(
            text(
                "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS "
                "(SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polroles = '{0}') "
                "AS isolated FROM pg_class c WHERE c.relkind IN ('r', 'p') "
                "AND c.relnamespace = current_schema()::regnamespace "
                "AND c.relname <> 'alembic_version'"
            )
        )
        return {row.relname: row.isolated for row in rows}

    found = await with_connection(database_urls[f"{service}_owner"], tables)
    open_tables = {name for name, isolated in found.items() if not isolated}
    assert open_tables == NOT_ISOLATED | own_exceptions(service)


@pytest.mark.parametrize("service", SERVICES)
def test_isolated_tables_lead_their_key_with_the_workspace(service: str) -> None:
    exceptions = own_exceptions(service)
    for table in models_of(service).Base.metadata.tables.values():
        if table.name not in exceptions:
            assert next(iter(table.primary_key)).name == "workspace_id", table.name


@pytest.mark.parametrize("service", SERVICES)
async def test_the_run_time_role_owns_nothing(service: str, database_urls: Urls) -> None:
    def owned(connection: Connection) -> int:
        query = "SELECT count(*) FROM pg_tables WHERE tableowner = current_user"
        return int(connection.execute(text(query)).scalar_one())

    assert await with_connection(database_urls[service], owned) == 0


@pytest.mark.parametrize("service", SERVICES)
async def test_migrations_go_down_and_up_again(
    service: str, new_database: Callable[[], Urls]
) -> None:
    url = new_database()[f"{service}_owner"]
    directory = ROOT / "services" / service
    await asyncio.to_thread(command.downgrade, alembic_config(directory, url), "base")

    def tables(connection: Connection) -> set[str]:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
        return set(connection.execute(text(query)).scalars())

    assert await with_connection(url, tables) == {"alembic_version"}
    await asyncio.to_thread(migrate, directory, url)
    expected = set(merged(service).tables) | {"alembic_version"}
    assert await with_connection(url, tables) == expected
