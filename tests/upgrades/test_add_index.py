"""An index on a table in use: nobody is stopped, and what a killed migrator left is made anew."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.database import sqlalchemy_url
from shared.db.migrate import migrate
from tests.support.gateway import until
from tests.support.postgres import TestPostgres

_ENV = """from sqlalchemy import MetaData
from shared.db.migrate import run_environment
run_environment(MetaData())
"""
_REVISION = """from alembic import op
from shared.db.schema import add_index
revision, down_revision = {revision!r}, {before!r}
def upgrade():
    {body}
"""
_BODIES = (
    'op.execute("CREATE TABLE things (id integer)")',
    'add_index("uq_things", "things (id)", unique=True)',
)
_VALID = "SELECT bool_and(indisvalid) FROM pg_index WHERE indrelid = 'inbox.things'::regclass"
_WAITING = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A service with two revisions: a table, and an index on it."""
    versions = tmp_path / "migrations/versions"
    versions.mkdir(parents=True)
    (tmp_path / "migrations/env.py").write_text(_ENV)
    before = None
    for number, body in enumerate(_BODIES, 1):
        revision = f"000{number}"
        source = _REVISION.format(revision=revision, before=before, body=body)
        (versions / f"{revision}_x.py").write_text(source)
        before = revision
    return tmp_path


async def test_writers_go_on_and_a_broken_index_is_made_anew(
    postgres: TestPostgres, worker_id: str, directory: Path
) -> None:
    urls = postgres.create_empty_database(f"index_{worker_id}")
    owner = urls["inbox_owner"]
    await asyncio.to_thread(migrate, directory, owner, "0001")
    engine = create_async_engine(sqlalchemy_url(owner))
    async with engine.connect() as old, engine.connect() as admin:
        await admin.execute(text("INSERT INTO things VALUES (1), (1)"))
        await admin.commit()
        with pytest.raises(Exception, match="could not create unique index"):
            await asyncio.to_thread(migrate, directory, owner)
        assert await admin.scalar(text(_VALID)) is False
        await admin.execute(text("DELETE FROM things"))
        await admin.commit()

        await old.execute(text("INSERT INTO things VALUES (2)"))  # And does not end yet.
        migrating = asyncio.create_task(asyncio.to_thread(migrate, directory, owner))

        async def waits_for_it() -> bool:
            waiting = bool(await admin.scalar(text(_WAITING)))
            await admin.rollback()
            return waiting

        await until(waits_for_it, 30)
        async with asyncio.timeout(1):
            await admin.execute(text("INSERT INTO things VALUES (3)"))
            await admin.commit()
        await old.commit()
        await migrating
        assert await admin.scalar(text(_VALID)) is True
    await engine.dispose()
