"""One platform with its owner, for everything that is thrown at it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from tests.isolation.attackers import new_workspace
from tests.isolation.house import House, open_house
from tests.isolation.world import BOUND, SHARED, World, furnish
from tests.support.postgres import Urls
from tests.support.team_directory import PASSWORD


@dataclass(frozen=True, slots=True)
class Stage:
    """The running platform, a workspace with something in every table, and who owns it."""

    house: House
    world: World

    async def sign_in(self) -> str:
        """A new session of the owner."""
        answer = await self.house.directory.log_in(OWNER)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["token"])


OWNER = f"{SHARED}.owner@example.test"


@pytest.fixture(scope="package")
async def stage(database_urls: Urls) -> AsyncIterator[Stage]:
    async with open_house(database_urls) as house:
        first = await house.directory.set_up(email="first@example.test", password=PASSWORD)
        owner = await new_workspace(house, first)
        yield Stage(house, await furnish(house, owner, (BOUND, "birnenhof"), SHARED))
