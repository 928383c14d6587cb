"""A workspace whose neighbours have something to tell."""

import pytest

from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings


@pytest.fixture
def tidings(directory: DirectoryHand, owner: Somebody) -> Tidings:
    return Tidings(directory, owner.workspace_id)


@pytest.fixture
async def ben(directory: DirectoryHand, owner: Somebody) -> Somebody:
    return await directory.join(owner, "community_manager")


@pytest.fixture
async def cast(directory: DirectoryHand, owner: Somebody) -> list[Somebody]:
    """Somebody who sees all, and somebody who sees only what is theirs."""
    product = await directory.join(owner, "product_manager", email="product@acme.test")
    return [owner, product, await directory.join(owner, "community_manager")]
