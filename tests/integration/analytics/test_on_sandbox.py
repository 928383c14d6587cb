"""Measures of a network that runs as a process of its own, whose people really do something."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from services.analytics.app import build
from services.analytics.models import MeasuredProfile, PostSnapshot
from services.analytics.settings import AnalyticsSettings
from shared.clock import ManualClock
from shared.networks.registry import NetworkSettings
from tests.support.gateway import serving
from tests.support.measure_desk import MeasureDesk
from tests.support.profiles import connect
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.service import ServiceHand, platform_settings
from tests.support.team_directory import running_directory

_QUARTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Stage:
    """Analytics with a profile on the sandbox, which team_directory opens over HTTP."""

    desk: MeasureDesk
    sandbox: SandboxHand
    account: str

    async def publish(self, text: str) -> str:
        token = (await self.sandbox.tokens(self.account))["access_token"]
        answer = await self.sandbox.http.post(
            f"/v1/accounts/{self.account}/posts",
            json={"text": text},
            headers={"authorization": f"Bearer {token}"},
        )
        return str(answer.json()["id"])

    async def later(self, wait: timedelta) -> None:
        """Time passes for everybody."""
        await self.sandbox.advance(wait.total_seconds())
        await self.desk.later(wait)


@pytest.fixture
async def stage(database_urls: Mapping[str, str]) -> AsyncIterator[Stage]:
    now = datetime.now(UTC)
    clock = ManualClock(now)
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(running_sandbox())
        await sandbox.reset(seed=1, now=now.isoformat())
        account = await sandbox.account("full", "brand", followers=20_000)
        directory = await stack.enter_async_context(
            running_directory(database_urls, clock, sandbox_url=sandbox.url)
        )
        owner = await directory.set_up()
        profile_id = await connect(directory, sandbox, owner)
        url = await stack.enter_async_context(serving(directory.service.app, at_rest=True))
        settings = AnalyticsSettings(
            database_url=database_urls["analytics"],
            port=0,
            platform=platform_settings(database_urls),
            team_directory_url=url,
            networks=NetworkSettings(sandbox_url=sandbox.url, timeout=5),
        )
        service = build(settings, clock)
        for close in (service.database.close, *service.parts.closers):
            stack.push_async_callback(close)
        hand = ServiceHand(service, database_urls["analytics_owner"])
        await hand.empty()
        desk = MeasureDesk(hand, clock, "sandbox", owner.workspace_id, owner.id, profile_id)
        await desk.profile()
        yield Stage(desk, sandbox, account)


async def test_a_post_gathers_what_people_and_the_crowd_do(stage: Stage) -> None:
    desk, sandbox = stage.desk, stage.sandbox
    await desk.work()
    external_id = await stage.publish("Our new lamp")
    post_id = await desk.published(external_id)
    person = await sandbox.person()
    await sandbox.say(person, "comments", post_id=external_id, text="Lovely")
    await stage.later(_QUARTER)
    await stage.later(_QUARTER)
    found = await desk.get(f"/posts/{post_id}")
    first, second = [point["counts"] for point in found["curve"]]
    assert first["replies"] == second["replies"] == 1
    assert 0 < first["reach"] < second["reach"]
    assert first["views"] > first["reach"]
    assert "quotes" not in second  # This kind of account does not count them.
    names = {one["metric"]: one["provider_name"] for one in found["measures"]}
    assert (names["replies"], names["reach"]) == ("comment_count", "reached_people")
    assert found["followers"] == 20_000
    (profile,) = await desk.get("/profiles")
    assert {one["metric"]: one["value"] for one in profile["measures"]}["followers"] >= 20_000


async def test_a_deleted_post_becomes_a_tombstone(stage: Stage) -> None:
    external_id = await stage.publish("Wrong price")
    post_id = await stage.desk.published(external_id)
    await stage.later(_QUARTER)
    await stage.sandbox.admin("DELETE", f"/items/{external_id}")
    await stage.later(_QUARTER)
    found = await stage.desk.get(f"/posts/{post_id}")
    assert (found["gone_at"] is not None, found["due_at"]) == (True, None)
    assert len(found["curve"]) == 1


async def test_access_that_has_expired_is_renewed_on_the_way(stage: Stage) -> None:
    external_id = await stage.publish("Our new lamp")
    await stage.desk.published(external_id)
    await stage.later(timedelta(hours=3))  # A token lives for two.
    assert len(await stage.desk.rows(PostSnapshot)) == 1
    (profile,) = await stage.desk.rows(MeasuredProfile)
    assert profile.problem is None


@pytest.mark.parametrize(
    ("effect", "problem"),
    [
        ({"type": "rate_limit", "retry_after": 60}, None),
        ({"type": "status", "status": 503}, "network.unavailable"),
        ({"type": "reset"}, "network.unavailable"),
        ({"type": "malformed"}, "network.unavailable"),
    ],
)
async def test_a_fault_costs_a_turn_and_nothing_else(
    stage: Stage, effect: dict[str, object], problem: str | None
) -> None:
    external_id = await stage.publish("Our new lamp")
    await stage.desk.published(external_id)
    await stage.desk.work()
    fault = await stage.sandbox.fault(effect, path="/posts/measures$")
    await stage.later(_QUARTER)
    assert await stage.sandbox.injected(fault)
    assert await stage.desk.rows(PostSnapshot) == []
    (profile,) = await stage.desk.rows(MeasuredProfile)
    assert profile.problem == problem
    await stage.later(timedelta(minutes=1))
    (profile,) = await stage.desk.rows(MeasuredProfile)
    assert profile.problem is None
    assert len(await stage.desk.rows(PostSnapshot)) == 1


async def test_a_withdrawn_permission_is_told_to_a_person_once_and_rests(stage: Stage) -> None:
    await stage.desk.work()
    await stage.sandbox.fault({"type": "token_revoked"}, path="/measures$")
    await stage.later(timedelta(hours=1))
    (profile,) = await stage.desk.rows(MeasuredProfile)
    assert profile.problem == "network.auth_revoked"
    assert profile.resume_at > stage.desk.clock.now()
