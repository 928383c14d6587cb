"""Publishing on a network with its own process, by workers that die at every step of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.clock import ManualClock
from shared.networks.registry import NetworkSettings, build_http, build_registry
from shared.networks.sandbox.connector import SandboxConnector
from tests.integration.scheduler.bench import Bench, Json
from tests.integration.scheduler.conftest import open_bench
from tests.support.dying import dying
from tests.support.fake_network import FakeOutside
from tests.support.postgres import Urls
from tests.support.sandbox import running_sandbox
from tests.support.sandbox_scene import Scene, connect_scene


@dataclass(frozen=True, slots=True)
class Stage:
    """A bench whose profile is an account of the sandbox."""

    bench: Bench
    scene: Scene

    async def work(self, seconds: float) -> None:
        """Publish what is due after a while, which passes on the network, too."""
        await self.scene.hand.advance(seconds)
        await self.bench.work(timedelta(seconds=seconds))

    async def settled(self, post: Json) -> None:
        for _ in range(30):
            await self.work(10)
            if (await self.bench.target(post))["state"] == "published":
                return
        pytest.fail("It never settled.")

    async def standing(self) -> list[Any]:
        return await self.scene.hand.items(author=self.scene.account.external_id)


@asynccontextmanager
async def stage(urls: Urls, kind: str, folder: Path) -> AsyncIterator[Stage]:
    clock = ManualClock(datetime.now(UTC))
    async with running_sandbox() as hand:
        settings = NetworkSettings(sandbox_url=hand.url, timeout=5)
        http = build_http(settings, clock)
        connector = build_registry(settings, http).get("sandbox")
        assert isinstance(connector, SandboxConnector)
        scene = await connect_scene(hand, connector, kind)
        outside = FakeOutside(connector, clock, scene.access, scene.scopes)
        async with open_bench(urls, clock, outside, folder, network="sandbox") as bench:
            yield Stage(bench, scene)
        await http.close()


@pytest.mark.parametrize("kind", ["full", "microblog"])
async def test_wherever_the_process_dies_one_post_stands_there(
    database_urls: Urls, kind: str, tmp_path: Path
) -> None:
    async with stage(database_urls, kind, tmp_path) as on:
        await on.bench.at_once("Nothing happens to this one.")
        with dying(on.bench.database) as whole:
            await on.work(0)
        for last in range(1, whole.taken + 1):
            text = f"Dying at step {last}."
            post = await on.bench.at_once(text)
            with dying(on.bench.database, last) as steps:
                await on.work(0)
            assert steps.taken == last
            await on.settled(post)
            assert [one["text"] for one in await on.standing()].count(text) == 1
        assert whole.taken >= 6  # Claimed, written down, concluded: before and after each.
