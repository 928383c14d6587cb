"""Measuring the running sandbox through the connector, also where it fails."""

from datetime import UTC, datetime

import pytest

from shared.networks.errors import (
    AuthExpiredError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
)
from shared.networks.measures import Measure, Metric
from shared.networks.sandbox.connector import SandboxConnector
from tests.support.sandbox import SandboxHand
from tests.support.sandbox_scene import Scene, connect_scene

_PATH = "/measures$"


async def test_a_crowd_gathers_as_virtual_time_passes(
    sandbox: SandboxHand, connector: SandboxConnector
) -> None:
    await sandbox.reset(seed=1, now=datetime(2026, 11, 23, 12, 0, tzinfo=UTC).isoformat())
    scene = await connect_scene(sandbox, connector, "full", followers=10_000)
    post = await scene.post()
    assert set((await _post(scene, post)).values()) == {0}
    await sandbox.advance(3000)
    first = await _post(scene, post)
    await sandbox.advance(3000)
    second = await _post(scene, post)
    assert 0 < first[Metric.REACH] < second[Metric.REACH] < 10_000
    assert first[Metric.VIEWS] > first[Metric.REACH]
    followers = _values((await connector.measure_profile(scene.access)).measures)
    assert followers[Metric.FOLLOWERS] > 10_000
    assert followers[Metric.POSTS] == 1


async def test_what_a_kind_of_account_does_not_count_is_absent(microblog: Scene) -> None:
    measured = await _post(microblog, await microblog.post())
    assert Metric.REACH not in measured
    assert Metric.VIEWS not in measured
    assert measured[Metric.QUOTES] == 0


async def test_a_post_that_a_lagging_read_does_not_show_is_not_taken_for_gone(
    scene: Scene,
) -> None:
    post = await scene.post()
    await scene.hand.fault({"type": "stale_read", "events": 1}, path=_PATH)
    found = await scene.connector.measure_posts(scene.access, [post])
    assert (found.posts, set(found.gone)) == ({}, set())
    assert await _post(scene, post)


async def test_somebody_elses_post_is_not_told(scene: Scene) -> None:
    post = await scene.post()
    other = await connect_scene(scene.hand, scene.connector, "full", handle="other")
    found = await other.connector.measure_posts(other.access, [post])
    assert (found.posts, set(found.gone)) == ({}, set())


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ({"type": "rate_limit", "retry_after": 20}, RateLimitedError),
        ({"type": "status", "status": 503}, RemoteTransientError),
        ({"type": "truncated"}, RemoteTransientError),
        ({"type": "reset"}, RemoteTransientError),
        ({"type": "token_expired"}, AuthExpiredError),
        ({"type": "scope_removed", "scope": "read"}, ScopeMissingError),
    ],
)
async def test_failures_are_classed(
    scene: Scene, effect: dict[str, object], expected: type[Exception]
) -> None:
    post = await scene.post()
    await scene.hand.fault(effect, path=_PATH)
    with pytest.raises(expected):
        await scene.connector.measure_posts(scene.access, [post])


async def _post(scene: Scene, post: str) -> dict[Metric, int]:
    found = await scene.connector.measure_posts(scene.access, [post])
    return _values(found.posts[post])


def _values(measures: tuple[Measure, ...]) -> dict[Metric, int]:
    return {one.metric: one.value for one in measures}
