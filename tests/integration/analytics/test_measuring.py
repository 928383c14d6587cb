"""What is asked of networks and when, and that an answer is kept once."""

from datetime import timedelta

from services.analytics.models import (
    ContentDay,
    MeasuredPost,
    MeasuredProfile,
    PostMeasure,
    PostSnapshot,
    ProfileDay,
    ProfileSnapshot,
)
from shared.events.scheduler import PublicationState
from shared.events.team_directory import ProfileState
from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    RateLimitedError,
    RemoteTransientError,
)
from shared.networks.types import RateLimit
from tests.support.fake_measuring import FakeCounter
from tests.support.fake_network import FakeOutside
from tests.support.measure_desk import MeasureDesk

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


async def test_a_profile_is_measured_when_connected_and_then_every_hour(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.work()
    assert network.profile_calls == 1
    await desk.later(59 * _MINUTE)
    assert network.profile_calls == 1
    network.profile = {"fans": 1010}
    await desk.later(_MINUTE)
    assert network.profile_calls == 2
    snapshots = await desk.rows(ProfileSnapshot)
    assert [(one.counts, one.names) for one in sorted(snapshots, key=lambda one: one.at)] == [
        ({"followers": 1000, "posts": 3}, {"followers": "fans", "posts": "entries"}),
        ({"followers": 1010}, {"followers": "fans"}),
    ]


async def test_telling_of_a_profile_again_does_not_measure_it_again(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.work()
    await desk.profile()
    await desk.work()
    assert network.profile_calls == 1


async def test_a_post_is_measured_ever_more_seldom_and_at_last_no_more(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.published("a")
    network.posts["a"] = {"hearts": 0}
    for step, times, calls in (
        (15 * _MINUTE, 8, 8),
        (_HOUR, 22, 22),
        (6 * _HOUR, 24, 24),
        (_DAY, 23, 23),
        (7 * _DAY, 8, 8),
        (4 * _DAY, 1, 1),
        (7 * _DAY, 3, 0),
    ):
        network.asked.clear()
        for _ in range(times):
            network.posts["a"]["hearts"] += 1
            await desk.later(step)
        assert len(network.asked) == calls, step
    (post,) = await desk.rows(MeasuredPost)
    assert (post.due_at, post.gone_at) == (None, None)
    assert len(await desk.rows(PostSnapshot)) == 86
    (likes,) = await desk.rows(PostMeasure, metric="likes")
    assert (likes.value, likes.provider_name) == (86, "hearts")


async def test_posts_of_a_profile_share_a_call_as_far_as_the_network_takes_them(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    for name in "abcd":
        await desk.published(name)
        network.posts[name] = {"hearts": 1}
        desk.clock.advance(timedelta(seconds=30))
    # Only the first is due; two more come early, as they may, and the call is full.
    await desk.later(13 * _MINUTE)
    assert network.asked == [("a", "b", "c")]
    await desk.later(_MINUTE)
    assert network.asked == [("a", "b", "c")]
    await desk.later(_MINUTE)
    assert network.asked == [("a", "b", "c"), ("d",)]


async def test_what_a_network_does_not_give_is_absent_and_not_zero(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.published("a")
    network.posts["a"] = {"hearts": 4}
    await desk.later(15 * _MINUTE)
    found = {one.metric: one.value for one in await desk.rows(PostMeasure)}
    assert found == {"likes": 4, "engagements": 4, "engagement_rate_by_followers": 0.004}


async def test_followers_are_those_of_the_time_when_the_post_appeared(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    early = await desk.published("before the profile was known")
    await desk.profile()
    await desk.work()
    network.profile = {"fans": 2000}
    await desk.later(_HOUR)
    late = await desk.published("after it had grown")
    followers = {post.id: post.followers for post in await desk.rows(MeasuredPost)}
    assert followers == {early: 1000, late: 2000}


async def test_a_deleted_post_keeps_its_counts_and_is_asked_for_no_more(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.published("a")
    network.posts["a"] = {"hearts": 4}
    await desk.later(15 * _MINUTE)
    del network.posts["a"]
    network.gone.add("a")
    await desk.later(15 * _MINUTE)
    (post,) = await desk.rows(MeasuredPost)
    assert (post.gone_at, post.due_at) == (desk.clock.now(), None)
    network.asked.clear()
    await desk.later(_DAY)
    assert network.asked == []
    (likes,) = await desk.rows(PostMeasure, metric="likes")
    assert likes.value == 4


async def test_a_post_that_the_network_does_not_know_yet_is_asked_for_again(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    await desk.published("a")
    await desk.later(15 * _MINUTE)
    network.posts["a"] = {"hearts": 4}
    await desk.later(15 * _MINUTE)
    assert network.asked == [("a",), ("a",)]
    (snapshot,) = await desk.rows(PostSnapshot)
    assert snapshot.counts == {"likes": 4}


async def test_a_post_that_is_refused_stops_no_other(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    for name in ("a", "b", "c"):
        await desk.published(name)
        network.posts[name] = {"hearts": 1}
    network.poison.add("b")
    await desk.later(15 * _MINUTE)
    ids = {post.id: post.external_id for post in await desk.rows(MeasuredPost)}
    assert {ids[one.publication_id] for one in await desk.rows(PostSnapshot)} == {"a", "c"}
    (profile,) = await desk.rows(MeasuredProfile)
    assert profile.problem is None


async def test_a_profile_that_nobody_told_of_is_met_by_its_first_post(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.published("a")
    await desk.work()
    assert network.profile_calls == 1
    await desk.profile(state=ProfileState.DISCONNECTED)
    await desk.published("b")
    assert await desk.later(_DAY) == 1  # Which finds that there is nothing to do.
    assert network.profile_calls == 1


async def test_a_draft_or_a_failure_is_not_measured(desk: MeasureDesk) -> None:
    await desk.profile()
    await desk.published("a", state=PublicationState.FAILED)
    assert await desk.rows(MeasuredPost) == []


async def test_being_asked_to_slow_down_is_obeyed_and_is_no_problem(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    network.failures = [RateLimitedError(wait=600)]
    await desk.work()
    await desk.later(9 * _MINUTE)
    assert network.profile_calls == 1
    (profile,) = await desk.rows(MeasuredProfile)
    assert (profile.problem, profile.failures) == (None, 0)
    await desk.later(_MINUTE)
    assert network.profile_calls == 2


async def test_what_a_network_allows_is_left_to_people(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    reset = desk.clock.now() + 5 * _MINUTE
    network.rate = RateLimit(limit=300, remaining=100, reset_at=reset)
    await desk.profile()
    await desk.published("a", at=desk.clock.now() - 15 * _MINUTE)
    await desk.work()
    assert (network.profile_calls, network.asked) == (1, [])
    network.rate = None
    await desk.later(5 * _MINUTE)
    assert network.asked == [("a",)]


async def test_a_silent_network_is_asked_again_after_growing_waits(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    network.failures = [RemoteTransientError(), RemoteTransientError()]
    await desk.work()
    (profile,) = await desk.rows(MeasuredProfile)
    assert (profile.problem, profile.failures) == ("network.unavailable", 1)
    await desk.later(_MINUTE)
    await desk.later(_MINUTE)
    assert network.profile_calls == 2
    await desk.later(_MINUTE)
    assert network.profile_calls == 3
    (profile,) = await desk.rows(MeasuredProfile)
    assert (profile.problem, profile.failures) == (None, 0)


async def test_an_expired_token_is_renewed_and_a_withdrawn_one_reported(
    desk: MeasureDesk, network: FakeCounter, outside: FakeOutside
) -> None:
    await desk.profile()
    network.failures = [AuthExpiredError()]
    await desk.work()
    assert (outside.renewals, outside.reports) == (1, [])
    network.failures = [AuthRevokedError()]
    await desk.later(_HOUR)
    assert outside.reports == [(desk.profile_id, "network.auth_revoked")]
    (profile,) = await desk.rows(MeasuredProfile)
    assert profile.problem == "network.auth_revoked"
    calls = network.profile_calls
    await desk.later(5 * _HOUR)
    assert network.profile_calls == calls


async def test_a_profile_is_left_alone_while_it_is_not_connected(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    network.failures = [AuthRevokedError()]
    await desk.work()
    await desk.profile(state=ProfileState.NEEDS_PERSON)
    calls = network.profile_calls
    assert await desk.later(_DAY) == 0
    assert network.profile_calls == calls
    await desk.profile()
    await desk.work()
    assert network.profile_calls == calls + 1
    (profile,) = await desk.rows(MeasuredProfile)
    assert (profile.problem, profile.resume_at) == (None, None)


async def test_days_are_those_of_the_workspace_and_keep_their_last_value(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.zone("Asia/Shanghai")
    await desk.profile()  # Five in the afternoon there.
    for fans in range(1000, 1010):
        network.profile = {"fans": fans}
        await desk.work()
        desk.clock.advance(_HOUR)
    days = {one.day.isoformat(): one.value for one in await desk.rows(ProfileDay)}
    assert days == {"2026-03-02": 1006, "2026-03-03": 1009}


async def test_gains_are_added_up_by_day_and_reach_never_is(
    desk: MeasureDesk, network: FakeCounter
) -> None:
    await desk.profile()
    for name in ("a", "b"):
        await desk.published(name)
        network.posts[name] = {"hearts": 10, "seen_by": 100}
    await desk.later(15 * _MINUTE)
    network.posts["a"] = {"hearts": 13, "seen_by": 150}
    network.posts["b"] = {"hearts": 9, "seen_by": 150}
    await desk.later(_DAY)
    gains = {(one.day.day, one.metric): one.gained for one in await desk.rows(ContentDay)}
    assert gains == {(2, "likes"): 20, (3, "likes"): 2}


async def test_old_answers_of_a_profile_are_forgotten_and_its_days_are_not(
    desk: MeasureDesk,
) -> None:
    await desk.profile()
    await desk.work()
    await desk.later(91 * _DAY)
    await desk.hand.service.retention.sweep()
    assert len(await desk.rows(ProfileSnapshot)) == 1
    assert len(await desk.rows(ProfileDay, metric="followers")) == 2
