"""A running gateway for the module, and a person who may do everything."""

from collections.abc import AsyncIterator, Mapping

import pytest

from shared.identity import ActorKind, Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Right
from tests.support.gateway import GatewayHand, running_gateway

Urls = Mapping[str, str]


def everyone() -> Identity:
    """A person with every permission in a workspace of their own."""
    return Identity(
        actor_id=new_id(),
        kind=ActorKind.PERSON,
        workspace_id=new_id(),
        levels=dict.fromkeys(Module, Level.ADMINISTER),
        rights=frozenset(Right),
    )


@pytest.fixture(scope="module")
async def hand(database_urls: Urls) -> AsyncIterator[GatewayHand]:
    async with running_gateway(database_urls) as running:
        yield running


@pytest.fixture
def signed_in(hand: GatewayHand) -> dict[str, str]:
    """The headers of somebody with a session."""
    return hand.cookie(hand.directory.admit(everyone()))
