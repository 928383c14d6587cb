"""The models and the migrations say the same."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

import services.team_directory
from services.team_directory.models import Base
from shared.db.database import sqlalchemy_url
from shared.db.kernel_tables import kernel_metadata
from shared.db.migrate import alembic_config
from tests.support.postgres import Urls


async def test_the_tables_are_what_the_models_say(database_urls: Urls) -> None:
    engine = create_async_engine(sqlalchemy_url(database_urls["team_directory_owner"]))

    def differences(connection: Connection) -> list[object]:
        known = MigrationContext.configure(connection, opts={"compare_type": True})
        return [
            found
            for found in compare_metadata(known, Base.metadata)
            if not (found[0].startswith("remove_") and _is_kernel(found))
        ]

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


def _is_kernel(found: tuple[object, ...]) -> bool:
    table = getattr(found[1], "table", found[1])
    return getattr(table, "name", None) in {*kernel_metadata.tables, "alembic_version"}


def test_every_step_back_can_be_taken_and_taken_again(new_database: Callable[[], Urls]) -> None:
    """Alembic starts a loop of its own, so this test has none."""
    url = new_database()["team_directory_owner"]
    config = alembic_config(Path(services.team_directory.__file__).parent, url)
    command.downgrade(config, "base")
    command.upgrade(config, "head")
