"""The models and the migrations say the same."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from services.team_directory.models import Base
from shared.db.database import sqlalchemy_url
from shared.db.kernel_tables import kernel_metadata
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
