"""Runs a service's migrations; each service has a four-line `migrations/env.py` that calls it."""

import asyncio
from pathlib import Path

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, pool
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.database import sqlalchemy_url
from shared.db.kernel_tables import kernel_metadata


def alembic_config(service_dir: Path, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(service_dir / "migrations"))
    config.attributes["url"] = url
    return config


def migrate(service_dir: Path, url: str, revision: str = "head") -> None:
    """Bring the service's schema to a revision; the owner's URL is needed."""
    command.upgrade(alembic_config(service_dir, url), revision)


def run_environment(metadata: MetaData) -> None:
    """The body of every `migrations/env.py`."""
    url = context.config.attributes["url"]

    def run(connection: Connection) -> None:
        context.configure(
            connection=connection,
            target_metadata=[metadata, kernel_metadata],
            compare_type=True,
            compare_server_default=False,
            transaction_per_migration=False,
        )
        with context.begin_transaction():
            context.run_migrations()

    async def run_async() -> None:
        engine = create_async_engine(sqlalchemy_url(url), poolclass=pool.NullPool)
        async with engine.begin() as connection:
            await connection.run_sync(run)
        await engine.dispose()

    asyncio.run(run_async())
