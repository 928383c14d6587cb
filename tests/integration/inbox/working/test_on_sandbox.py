"""The whole way out, on a network with its own process and its own faults."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.inbox.models import Action, Interaction
from shared.clock import ManualClock
from shared.networks.registry import NetworkSettings, build_http, build_registry
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import Item
from tests.integration.inbox.working.conftest import open_desk
from tests.integration.inbox.working.steps import UNDO, replied, send
from tests.support.dying import dying
from tests.support.fake_network import FakeOutside
from tests.support.inbox_desk import InboxDesk
from tests.support.sandbox import running_sandbox
from tests.support.sandbox_scene import Scene, connect_scene

Urls = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A desk whose profile is an account of the sandbox, and one mention waiting there."""

    desk: InboxDesk
    scene: Scene
    clock: ManualClock
    conversation_id: UUID

    async def work(self, wait: timedelta) -> None:
        """Send what is due after a while, which passes on the network, too."""
        await self.scene.hand.advance(wait.total_seconds())
        await send(self.desk, self.clock, wait)

    async def own_items(self) -> list[Any]:
        """What stands on the network in our name."""
        return await self.scene.hand.items(author=self.scene.account.external_id)


@asynccontextmanager
async def stage(urls: Urls, kind: str) -> AsyncIterator[Stage]:
    clock = ManualClock(datetime.now(UTC))
    async with running_sandbox() as hand:
        http = build_http(NetworkSettings(sandbox_url=hand.url, timeout=5), clock)
        networks = build_registry(NetworkSettings(sandbox_url=hand.url), http)
        connector = networks.get("sandbox")
        assert isinstance(connector, SandboxConnector)
        scene = await connect_scene(hand, connector, kind)
        outside = FakeOutside(connector, clock, scene.access)
        async with open_desk(urls, clock, outside) as desk:
            conversation_id = await take_in(desk, scene, await scene.mentioned())
            yield Stage(desk, scene, clock, conversation_id)
        await http.close()


async def take_in(desk: InboxDesk, scene: Scene, item: Item) -> UUID:
    """The conversation as ingestion would leave it."""
    account = scene.account
    profile_id = await desk.profile(
        network="sandbox",
        external_id=account.external_id,
        handle=account.handle,
        base_url=account.base_url,
        account={"facts": dict(account.facts), "base_url": account.base_url},
        scopes=["read", "reply", "moderate", "messages"],
    )
    conversation_id = await desk.conversation(
        "not shown", profile_id=profile_id, network="sandbox", kind="mention"
    )
    async with desk.database.begin(desk.workspace_id) as tx:
        (first,) = await desk.rows(Interaction, conversation_id=conversation_id)
        row = await tx.session.get_one(Interaction, (desk.workspace_id, first.id))
        row.external_id, row.handle = item.external_id, dict(item.handle)
        row.author = {**row.author, "external_id": item.author.external_id}
    return conversation_id


@pytest.mark.parametrize("kind", ["full", "microblog"])
@pytest.mark.parametrize(
    ("effect", "first_state"),
    [
        (None, "sent"),
        ({"type": "timeout_after", "seconds": 0}, "unknown"),
        ({"type": "timeout_before", "seconds": 0}, "unknown"),
        ({"type": "reset_after"}, "unknown"),
        ({"type": "malformed"}, "unknown"),
        ({"type": "rate_limit", "retry_after": 9}, "pending"),
    ],
)
async def test_whatever_the_network_does_one_reply_stands_there(
    database_urls: Urls, kind: str, effect: dict[str, object] | None, first_state: str
) -> None:
    async with stage(database_urls, kind) as on:
        if effect is not None:
            await on.scene.hand.fault(effect, method="POST")
        action_id = await replied(on.desk, on.conversation_id, "We look into it.")
        await send(on.desk, on.clock)
        assert (await on.desk.row(Action, action_id)).state == first_state

        for _ in range(4):
            await send(on.desk, on.clock, timedelta(seconds=31))
        action = await on.desk.row(Action, action_id)
        assert (action.state, action.error_detail) == ("sent", None)
        (standing,) = await on.own_items()
        assert (standing["id"], standing["text"]) == (action.external_id, "We look into it.")
        ours = await on.desk.rows(Interaction, action_id=action_id)
        assert [item.external_id for item in ours] == [standing["id"]]


@pytest.mark.parametrize("kind", ["full", "microblog"])
async def test_wherever_the_process_dies_one_reply_stands_there(
    database_urls: Urls, kind: str
) -> None:
    async with stage(database_urls, kind) as on:
        await replied(on.desk, on.conversation_id, "Nothing happens to this one.")
        with dying(on.desk.database) as whole:
            await on.work(UNDO)
        for last in range(1, whole.taken + 1):
            text = f"Dying at step {last}."
            action_id = await replied(on.desk, on.conversation_id, text)
            with dying(on.desk.database, last) as steps:
                await on.work(UNDO)
            assert steps.taken == last
            await settled(on, action_id)
            assert [one["text"] for one in await on.own_items()].count(text) == 1
            assert len(await on.desk.rows(Interaction, action_id=action_id)) == 1
        assert whole.taken >= 6  # Claimed, written down, concluded: before and after each.


async def settled(on: Stage, action_id: UUID) -> None:
    """Workers come and go until the reply is sent."""
    for _ in range(20):
        await on.work(timedelta(seconds=10))
        if (await on.desk.row(Action, action_id)).state == "sent":
            return
    pytest.fail("It never settled.")


async def test_a_withdrawn_permission_is_told_and_nothing_is_lost(database_urls: Urls) -> None:
    async with stage(database_urls, "full") as on:
        await on.scene.hand.fault({"type": "token_revoked"}, method="POST")
        action_id = await replied(on.desk, on.conversation_id)
        await send(on.desk, on.clock)
        action = await on.desk.row(Action, action_id)
        assert (action.state, action.error_code) == ("failed", "network.auth_revoked")
        assert await on.own_items() == []


async def test_liking_stands_on_the_network_and_here(database_urls: Urls) -> None:
    async with stage(database_urls, "full") as on:
        (item,) = await on.desk.rows(Interaction, conversation_id=on.conversation_id)
        path = f"/interactions/{item.id}/actions"
        assert (await on.desk.call("POST", path, json={"kind": "like"})).status_code == 202
        await send(on.desk, on.clock)
        assert (await on.desk.row(Interaction, item.id)).liked_at is not None
        token = on.scene.access.credentials.data["access_token"]
        standing = await on.scene.hand.http.get(
            f"/v1/items/{item.external_id}", headers={"Authorization": f"Bearer {token}"}
        )
        assert standing.json()["liked_by_account"] is True
