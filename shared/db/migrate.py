"""Runs a service's migrations; each service has a four-line `migrations/env.py` that calls it.

The platform works while they run. One process migrates a service at a time, each revision is a
transaction of its own, and none waits in front of a table for longer than writers can bear.
"""

import asyncio
from pathlib import Path

import stamina
from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.database import sqlalchemy_url
from shared.db.kernel_tables import kernel_metadata
from shared.db.schema import LOCK_TIMEOUT

# A migration that finds a table in use gives up soon and tries again; this is some minutes.
_TURNS = 100
_LOCK_NOT_AVAILABLE = "55P03"
# Other migrators are waited for, however long they need.
_ONE_AT_A_TIME = text(
    "SELECT pg_advisory_lock(hashtextextended('migrate/' || current_schema(), 0))"
)


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
        connection.execute(_ONE_AT_A_TIME)
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=[metadata, kernel_metadata],
            compare_type=True,
            compare_server_default=False,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()

    async def run_async() -> None:
        engine = create_async_engine(sqlalchemy_url(url), poolclass=pool.NullPool)
        async for attempt in stamina.retry_context(
            on=_stood_in_the_way, attempts=_TURNS, timeout=None, wait_initial=0.5, wait_max=3
        ):
            with attempt:
                async with engine.connect() as connection:
                    await connection.run_sync(run)
        await engine.dispose()

    asyncio.run(run_async())


def _stood_in_the_way(error: Exception) -> bool:
    """Whether a table was in use; what earlier revisions did is kept, and is not done again."""
    return (
        isinstance(error, DBAPIError)
        and getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE
    )
