"""A partner that listens, and a workspace that tells it things."""

from collections.abc import AsyncIterator

import pytest

from tests.integration.team_directory.webhooks.scene import Scene
from tests.support.partner import PartnerHand, listening_partner
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand
from tests.support.team_directory import DirectoryHand, Somebody


@pytest.fixture
async def partner() -> AsyncIterator[PartnerHand]:
    async with listening_partner() as hand:
        yield hand


@pytest.fixture
async def scene(
    directory: DirectoryHand, owner: Somebody, sandbox: SandboxHand, partner: PartnerHand
) -> Scene:
    await sandbox.account(handle="acme")
    profile_id = await connect(directory, sandbox, owner, "acme")
    await directory.forget_events()
    return Scene(directory, owner, partner, profile_id)
