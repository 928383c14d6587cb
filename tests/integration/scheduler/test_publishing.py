"""From a plan to a post that stands on the network: once, in time, or honestly not."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduler.commands.plan import PUBLISH, WATCH
from services.scheduler.commands.risk import CHECK
from services.scheduler.commands.send import conclude, prepare
from services.scheduler.domain.rules import Rules
from shared.clock import ManualClock
from shared.db.kernel_tables import work_items
from shared.db.transaction import LeaseLostError
from shared.events.scheduler import PublicationAtRisk
from shared.events.team_directory import ProfileState
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    InvalidInputError,
    RateLimitedError,
    RemoteTransientError,
)
from shared.networks.types import ActionResult
from tests.integration.scheduler.bench import Bench, Json
from tests.support.dying import dying
from tests.support.fake_network import After, Before, FakeOutside, Hang, Late, Manner
from tests.support.fake_publishing import FakePublisher

LEASE = timedelta(seconds=180)
HOUR = timedelta(hours=1)


async def test_a_planned_post_is_published_at_its_time(
    bench: Bench, network: FakePublisher
) -> None:
    post = await bench.planned(HOUR)
    assert post["state"] == "scheduled"
    assert await bench.work(HOUR - timedelta(seconds=1)) == 0
    assert await bench.work(timedelta(seconds=1)) == 1
    (draft,) = network.drafts
    assert draft.text == "Our new lamp"
    found = await bench.post(post)
    assert found["state"] == "published"
    (target,) = found["targets"]
    assert target["permalink"] == f"https://fake.example/{draft.key}"
    assert target["published_at"] == target["due_at"]
    assert await bench.states() == [("pending", None), ("sending", None), ("published", None)]
    assert await bench.work(HOUR) == 0


async def test_a_failed_target_is_retried_alone(bench: Bench, network: FakePublisher) -> None:
    other = await bench.profile()
    network.manners = [Before(InvalidInputError("No."))]
    post = await bench.at_once("Two of them", bench.profile_id, other)
    await bench.work()
    found = await bench.post(post)
    assert found["state"] == "partly_published"
    (failed,) = [one for one in found["targets"] if one["state"] == "failed"]
    (stands,) = [one for one in found["targets"] if one["state"] == "published"]
    assert (failed["error_code"], failed["error_detail"]) == ("network.invalid_input", "No.")
    again = await bench.do("POST", f"/publications/{failed['id']}/retry")
    assert again["state"] == "publishing"
    await bench.work()
    found = await bench.post(post)
    assert found["state"] == "published"
    assert stands in found["targets"]
    assert len(network.drafts) == 3
    assert set(network.effects.values()) == {1}
    refused = await bench.try_to("POST", f"/publications/{failed['id']}/retry")
    assert refused.json()["code"] == "scheduler.post_state"


async def test_silence_is_settled_by_reading_back(bench: Bench, network: FakePublisher) -> None:
    network.manners = [After(AmbiguousError())]
    post = await bench.at_once()
    await bench.work()
    assert (await bench.target(post))["state"] == "unknown"
    await bench.work(timedelta(seconds=10))
    assert (await bench.target(post))["state"] == "published"
    assert len(network.drafts) == 1


async def test_what_nobody_can_tell_waits_for_a_person(
    bench: Bench, network: FakePublisher
) -> None:
    network.manners = [Late(timedelta(days=9))]
    post = await bench.at_once()
    await bench.work()

    async def nothing(*_: object) -> None:
        raise RemoteTransientError

    network.find_published = nothing  # type: ignore[assignment, method-assign]  # It is down.
    for _ in range(300):
        await bench.work(timedelta(minutes=5))
    target = await bench.target(post)
    assert (target["state"], target["error_code"]) == ("unknown", "scheduler.unsettled")
    assert await bench.hand.drain(WATCH) == 1
    assert await bench.work(HOUR) == 0
    path = f"/publications/{target['id']}/decision"
    found = await bench.do("POST", path, {"decision": "published"})
    assert found["state"] == "published"
    assert len(network.drafts) == 1


async def test_a_worker_that_wakes_up_after_its_lease_changes_nothing(
    bench: Bench, network: FakePublisher, outside: FakeOutside
) -> None:
    post = await bench.at_once()
    worker = next(one for one in bench.hand.service.workers if one.name == PUBLISH)
    (slow,) = await worker.claim()
    await bench.work(LEASE)
    assert (await bench.target(post))["state"] == "published"
    before = await bench.events()
    rules = Rules(networks=outside)
    with pytest.raises(LeaseLostError):
        async with bench.database.begin(bench.workspace_id) as tx:
            await prepare(tx, slow, rules)
    late = ActionResult(external_id="another", at=bench.clock.now())
    with pytest.raises(LeaseLostError):
        async with bench.database.begin(bench.workspace_id) as tx:
            await conclude(tx, slow, late)
    assert await bench.events() == before
    assert list(network.effects.values()) == [1]


async def test_a_dead_token_is_found_hours_before(
    bench: Bench, network: FakePublisher, outside: FakeOutside
) -> None:
    post = await bench.planned(8 * HOUR)
    network.wrong = AuthRevokedError("Revoked.")
    bench.clock.advance(2 * HOUR)
    assert await bench.hand.drain(CHECK) == 1
    target = await bench.target(post)
    assert (target["at_risk"], target["risk_code"]) == (True, "network.auth_revoked")
    assert outside.reports == [(bench.profile_id, "network.auth_revoked")]
    network.wrong = None
    bench.clock.advance(HOUR)
    assert await bench.hand.drain(CHECK) == 1
    assert (await bench.target(post))["at_risk"] is False
    risks = [one.at_risk for one in await bench.events() if isinstance(one, PublicationAtRisk)]
    assert risks == [True, False]


async def test_a_profile_that_needs_a_person_puts_its_posts_at_risk(bench: Bench) -> None:
    post = await bench.planned(8 * HOUR)
    await bench.profile(bench.profile_id, ProfileState.NEEDS_PERSON)
    assert (await bench.target(post))["risk_code"] == "scheduler.profile_not_connected"
    await bench.work(8 * HOUR)
    target = await bench.target(post)
    assert (target["state"], target["error_code"]) == ("failed", "scheduler.not_connected")


async def test_what_is_only_told_once_more_warns_nobody(
    bench: Bench, network: FakePublisher
) -> None:
    await bench.planned(8 * HOUR)
    network.wrong = AuthRevokedError("Revoked.")
    bench.clock.advance(2 * HOUR)
    await bench.hand.drain(CHECK)
    before = await bench.events()
    for state in (ProfileState.CONNECTED, ProfileState.NEEDS_PERSON):
        await bench.profile(bench.profile_id, state, restated=True)
    assert await bench.events() == before


async def test_a_post_that_is_planned_no_longer_is_at_no_risk(bench: Bench) -> None:
    post = await bench.planned(8 * HOUR)
    await bench.profile(bench.profile_id, ProfileState.NEEDS_PERSON)
    body = {"expected_version": (await bench.post(post))["version"]}
    await bench.do("POST", f"/posts/{post['id']}/unschedule", body)
    target = await bench.target(post)
    assert (target["at_risk"], target["risk_code"]) == (False, None)
    risks = [one.at_risk for one in await bench.events() if isinstance(one, PublicationAtRisk)]
    assert risks == [True, False]


async def test_the_watchdog_brings_back_what_nobody_comes_for(bench: Bench) -> None:
    post = await bench.at_once()
    async with bench.database.begin(bench.workspace_id) as tx:
        await tx.session.execute(work_items.delete().where(work_items.c.kind == PUBLISH))
    assert await bench.work() == 0
    assert await bench.hand.drain(WATCH) == 1
    assert await bench.work() == 1
    assert (await bench.target(post))["state"] == "published"
    bench.clock.advance(HOUR)
    assert await bench.hand.drain(WATCH) == 1
    bench.clock.advance(HOUR)
    assert await bench.hand.drain(WATCH) == 0


async def let(bench: Bench, network: FakePublisher) -> None:
    """Let the worker go on; when its call hangs, it dies there, and nothing after that runs."""
    network.hanging.clear()
    draining = asyncio.create_task(bench.hand.drain(PUBLISH))
    hanging = asyncio.create_task(network.hanging.wait())
    await asyncio.wait({draining, hanging}, return_when=asyncio.FIRST_COMPLETED)
    if not draining.done():
        draining.cancel()
    hanging.cancel()
    await asyncio.gather(draining, hanging, return_exceptions=True)


async def ended(bench: Bench, network: FakePublisher, post: Json) -> str:
    for _ in range(300):
        await let(bench, network)
        bench.clock.advance(timedelta(seconds=10))
        state: str = (await bench.target(post))["state"]
        if state in ("published", "failed"):
            break
    return state


MANNERS: Sequence[Manner] = (
    Before(RemoteTransientError()),
    Before(RateLimitedError(wait=120)),
    Before(AmbiguousError()),
    After(AmbiguousError()),
    Before(ZeroDivisionError()),
    After(ZeroDivisionError()),
    Late(timedelta(seconds=20)),
    Hang(with_effect=False),
    Hang(with_effect=True),
)


@settings(
    max_examples=15,
    deadline=None,
    # The bench stays the same; each example has a post of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    script=st.lists(st.sampled_from(MANNERS), max_size=5),
    deaths=st.lists(st.integers(1, 8), max_size=4),
)
async def test_whatever_happens_a_post_is_published_once(
    bench: Bench,
    network: FakePublisher,
    clock: ManualClock,
    script: list[Manner],
    deaths: list[int],
) -> None:
    network.manners = list(script)
    network.effects.clear()
    post = await bench.at_once(f"Only once, {clock.now()}")
    for last in deaths:
        with dying(bench.database, last):
            await let(bench, network)
        clock.advance(timedelta(seconds=15))
    assert await ended(bench, network, post) == "published"
    assert list(network.effects.values()).count(1) == 1
    assert sum(network.effects.values()) == 1
