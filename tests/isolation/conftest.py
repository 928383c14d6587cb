"""One platform, two workspaces and everyone who tries, for all tests of isolation."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from shared.db.database import sqlalchemy_url
from tests.isolation.attackers import Cast, cast_in
from tests.isolation.document import Operation, operations
from tests.isolation.house import open_house
from tests.isolation.records import Records
from tests.support.postgres import Urls


@pytest.fixture(scope="module")
async def cast(database_urls: Urls) -> AsyncIterator[Cast]:
    async with open_house(database_urls) as house:
        yield await cast_in(house)


@pytest.fixture(scope="module")
async def routes(cast: Cast) -> list[Operation]:
    """Every route that the platform says it has."""
    answer = await cast.house.gateway.http.get("/api/openapi.json")
    found = operations(answer.json())
    served = {it.path.split("/")[3] for it in found if it.path.startswith("/api/v1/")}
    assert served >= {"team", "inbox", "publishing", "tickets", "analytics"}, served
    return found


@pytest.fixture
async def records(cast: Cast) -> AsyncIterator[Records]:
    engine = create_async_engine(sqlalchemy_url(cast.house.urls["admin"]))
    yield Records(engine, cast.victim.workspace_id)
    await engine.dispose()
