"""From the first release to this one: while it works, and with all that it wrote."""

import asyncio
import sys
from collections.abc import AsyncIterator

import orjson
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from deploy.postgres.cluster import SERVICES
from services.analytics.models import Name
from shared.db.database import sqlalchemy_url
from shared.db.migrate import alembic_config, migrate
from shared.events.base import Event, is_restated
from shared.events.envelope import Envelope
from tests.isolation.document import operations
from tests.isolation.house import House, open_house
from tests.isolation.test_routes import UNFILLED, UNSHOWN
from tests.isolation.walk import filled
from tests.isolation.world import BOUND, SHARED
from tests.support.gateway import until
from tests.support.postgres import ROOT, TestPostgres, Urls
from tests.upgrades.load import at_work
from tests.upgrades.release import Release, fill, first_release, migrate_back_to, rows_now

# A migration may stop writers for as long as it waits for a table itself, and a busy machine
# needs its time.
_BEARABLE = 3.0


@pytest.fixture(scope="module")
def release() -> Release:
    return first_release()


@pytest.fixture(scope="module")
async def urls(postgres: TestPostgres, worker_id: str, release: Release) -> Urls:
    """A database as the first release left it."""
    found = postgres.create_empty_database(f"upgrade_{worker_id}")
    await asyncio.to_thread(migrate_back_to, release, found)
    engine = create_async_engine(sqlalchemy_url(found["admin"]))
    async with engine.begin() as admin:
        await fill(admin, release)
    await engine.dispose()
    return found


@pytest.fixture(scope="module")
async def engine(urls: Urls) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine(sqlalchemy_url(urls["admin"]))
    yield engine
    await engine.dispose()


_FILES = text(
    "SELECT relname, relfilenode FROM pg_class WHERE relkind = 'r'"
    " AND relnamespace = CAST(:service AS regnamespace)"
)


async def files_of(admin: AsyncConnection, service: str) -> dict[str, int]:
    """In which file each table lies; another one means that it was written anew."""
    return dict((await admin.execute(_FILES, {"service": service})).all())


@pytest.mark.parametrize("service", SERVICES)
async def test_a_service_is_upgraded_while_the_first_release_works(
    service: str, urls: Urls, engine: AsyncEngine, release: Release
) -> None:
    directory, url = ROOT / "services" / service, urls[f"{service}_owner"]
    async with engine.connect() as admin:
        before = await files_of(admin, service)
    async with at_work(service, urls, release) as load:
        await asyncio.to_thread(migrate, directory, url)
    assert load.slowest < _BEARABLE
    async with engine.connect() as admin:
        after = await files_of(admin, service)
        assert {name: after.get(name) for name in before} == before
        for table in release.tables_of(service):
            kept = {orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in release.rows[table]}
            found = map(orjson.loads, await rows_now(admin, release, table))
            now = {
                orjson.dumps(row, option=orjson.OPT_SORT_KEYS)
                for row in found
                if not (table.endswith(".work_items") and row["kind"].endswith(".restate"))
            }
            assert now == kept, table


_MIGRATE = """import pathlib, sys
from shared.db.migrate import migrate
migrate(pathlib.Path(sys.argv[1]), sys.argv[2])
"""


async def migrator(service: str, url: str) -> asyncio.subprocess.Process:
    """A process that brings a service up to date, as each machine of an installation starts one."""
    directory = str(ROOT / "services" / service)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", _MIGRATE, directory, url, cwd=ROOT
    )


_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    " AND usename = 'inbox_owner' AND datname = current_database()"
)


async def test_a_migrator_that_is_killed_and_two_at_once_do_no_harm(
    postgres: TestPostgres, worker_id: str, release: Release
) -> None:
    urls = postgres.create_empty_database(f"killed_{worker_id}")
    owner = urls["inbox_owner"]
    await asyncio.to_thread(migrate, ROOT / "services/inbox", owner, release.revisions["inbox"])
    engine = create_async_engine(sqlalchemy_url(urls["admin"]))
    async with engine.connect() as reader, engine.connect() as admin:
        await reader.execute(text("SELECT count(*) FROM inbox.actions"))  # And reads on and on.

        async def someone_waits() -> bool:
            waiting = bool(await admin.scalar(_WAITING))
            await admin.rollback()
            return waiting

        killed = await migrator("inbox", owner)
        await until(someone_waits, 30)
        killed.kill()
        await killed.wait()
        both = [await migrator("inbox", owner) for _ in range(2)]
        await until(someone_waits, 30)
        async with asyncio.timeout(_BEARABLE):
            await admin.execute(text("UPDATE inbox.actions SET version = version"))
            await admin.commit()
        await reader.rollback()
        assert [await it.wait() for it in both] == [0, 0]
        version = await admin.scalar(text("SELECT version_num FROM inbox.alembic_version"))
    await engine.dispose()
    script = ScriptDirectory.from_config(alembic_config(ROOT / "services/inbox", owner))
    assert version == script.get_current_head()


async def test_what_was_published_before_is_read_today(release: Release) -> None:
    found = [
        Envelope.read(row["headers"], bytes.fromhex(row["body"].removeprefix("\\x")))
        for table, rows in release.rows.items()
        if table.endswith(".outbox")
        for row in rows
    ]
    assert len(found) > 20
    assert None not in found


# The kinds of work that tell what stood before.
RESTATED = (
    "team_directory.members.restate",
    "team_directory.teams.restate",
    "team_directory.restate",
    "scheduler.restate",
    "ticketing.restate",
)


async def restate(house: House) -> list[Event]:
    """Let the owners tell what stood before, as their workers do; what they tell."""
    told: list[Event] = []
    for kind in RESTATED:
        await house.hands[kind.partition(".")[0]].drain(kind)
    for service in SERVICES:
        told += filter(is_restated, await house.hands[service].events())
    return told


async def test_what_was_written_before_is_shown_today(urls: Urls, release: Release) -> None:
    """Every page that there is, asked for by whoever owned the workspace then."""
    for service in SERVICES:
        await asyncio.to_thread(migrate, ROOT / "services" / service, urls[f"{service}_owner"])
    async with open_house(urls, keep=True) as house:
        await house.hands["analytics"].tell(*await restate(house))
        session = (await house.directory.log_in(f"{SHARED}.owner@example.test")).json()
        headers = {"cookie": f"parley_session={session['token']}"}
        document = (await house.gateway.http.get("/api/openapi.json", headers=headers)).json()
        said = ""
        for operation in operations(document):
            shape = next(iter(operation.shapes()))
            kinds = {slot.kind for slot in shape.slots()}
            if operation.reads and operation.name not in UNFILLED and kinds <= set(release.ids):
                values = {id(slot): release.ids[slot.kind] for slot in shape.slots()}
                path = operation.path.format(**filled(shape.path, values, 0))
                params = filled(shape.query, values, 0)
                answer = await house.gateway.http.get(path, params=params, headers=headers)
                assert answer.status_code < 400, f"{operation}: {answer.text}"
                said += answer.text
        assert all(word in said for word in (SHARED, BOUND))
        # What numbers depend on, too.
        report = await house.gateway.http.get(
            "/api/v1/analytics/overview?first=2026-11-25&last=2026-11-25&metric=published",
            headers=headers,
        )
        used = {each["calendar_id"] for each in report.json()["calendars"]}
        assert str(release.ids["calendar"]) in used
        async with house.hands["analytics"].service.database.read(release.workspace_id) as read:
            named = {row.id for row in await read.all(select(Name.id))}
        assert {release.ids["member"], release.ids["team"]} <= named
        (published,) = report.json()["numbers"]
        assert published["now"]["value"] == 2
        shown = [kind for kind, it in release.ids.items() if str(it) in said]
        assert set(shown) >= set(release.ids) - UNSHOWN - {"session"}
