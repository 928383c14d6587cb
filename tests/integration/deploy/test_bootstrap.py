"""What the roles of the one database may and may not do."""

from collections.abc import AsyncIterator, Mapping

import asyncpg
import pytest

from deploy.postgres.cluster import ROLES, SERVICES
from tests.support.postgres import TestPostgres

pytestmark = pytest.mark.usefixtures("probe")


@pytest.fixture
async def probe(database_urls: Mapping[str, str]) -> AsyncIterator[None]:
    connection = await asyncpg.connect(database_urls["inbox_owner"])
    await connection.execute("CREATE TABLE probe (id bigserial PRIMARY KEY, text text)")
    yield
    await connection.execute("DROP TABLE probe")
    await connection.close()


@pytest.fixture
async def service(database_urls: Mapping[str, str]) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_urls["inbox"])
    yield connection
    await connection.close()


async def test_the_run_time_role_works_on_the_rows_of_its_owner(
    service: asyncpg.Connection,
) -> None:
    made = await service.fetchval("INSERT INTO probe (text) VALUES ('hello') RETURNING id")
    await service.execute("UPDATE probe SET text = 'changed' WHERE id = $1", made)
    assert await service.fetchval("SELECT text FROM probe WHERE id = $1", made) == "changed"
    await service.execute("DELETE FROM probe WHERE id = $1", made)
    assert await service.fetchval("SELECT count(*) FROM probe") == 0


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id int)",
        "DROP TABLE probe",
        "TRUNCATE probe",
        "ALTER TABLE probe DISABLE ROW LEVEL SECURITY",
        "CREATE TABLE public.mine (id int)",
        "CREATE TABLE extensions.mine (id int)",
        "CREATE SCHEMA mine",
        "SET ROLE inbox_owner",
    ],
)
async def test_the_run_time_role_may_not_change_the_layout(
    service: asyncpg.Connection, statement: str
) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await service.execute(statement)


@pytest.mark.parametrize("role", [role for role in ROLES if not role.startswith("inbox")])
async def test_no_other_role_reads_the_rows(database_urls: Mapping[str, str], role: str) -> None:
    connection = await asyncpg.connect(database_urls[role])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("SELECT * FROM inbox.probe")
    await connection.close()


async def test_no_role_bypasses_row_level_security(database_urls: Mapping[str, str]) -> None:
    connection = await asyncpg.connect(database_urls["admin"])
    strong = await connection.fetch(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY($1)"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)",
        list(ROLES),
    )
    known = await connection.fetchval(
        "SELECT count(*) FROM pg_roles WHERE rolname = ANY($1)", list(ROLES)
    )
    await connection.close()
    assert (strong, known) == ([], len(ROLES))


async def test_a_stranger_cannot_enter(
    postgres: TestPostgres, database_urls: Mapping[str, str]
) -> None:
    admin = await asyncpg.connect(database_urls["admin"])
    await admin.execute("CREATE ROLE stranger LOGIN PASSWORD 'stranger'")
    database = await admin.fetchval("SELECT current_database()")
    for name in (database, "postgres"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(postgres.cluster.url("stranger", "stranger", name))
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgres.cluster.url("inbox", "guessed", database))
    await admin.execute("DROP ROLE stranger")
    await admin.close()


async def test_similarity_search_knows_chinese(service: asyncpg.Connection) -> None:
    assert await service.fetchval("SELECT similarity('客服回复', '客服')") > 0.2


@pytest.mark.parametrize("name", [*SERVICES, "bus"])
async def test_each_role_finds_its_own_schema_first(
    database_urls: Mapping[str, str], name: str
) -> None:
    connection = await asyncpg.connect(database_urls[name])
    assert await connection.fetchval("SELECT current_schema()") == name
    await connection.close()
