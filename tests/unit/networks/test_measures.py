"""What networks count, read from what real servers answered, and what is left out."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.clock import ManualClock
from shared.networks.connector import Connector
from shared.networks.errors import RateLimitedError
from shared.networks.http import NetworkHttp
from shared.networks.mastodon.connector import MastodonConnector
from shared.networks.measures import Measure, Metric, Offer, read_measures
from shared.networks.registry import NetworkSettings, build_registry
from shared.networks.sandbox.measure import measuring
from shared.networks.types import Access, Account, Credentials

_GOLDEN = Path(__file__).parent / "golden_measures"
_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_HOST = "https://network.example/"
_LIKES = Offer(metric=Metric.LIKES, provider_name="like_count")


class Answers:
    """Answers each path as it was recorded, and keeps in mind what was asked."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self.asked: list[str] = []
        self.http = NetworkHttp(
            ManualClock(_NOW), allow_local=True, transport=httpx.MockTransport(self._answer)
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path.removeprefix("/"))
        answer = self._answers.get(self.asked[-1], {"status": 404, "body": {}})
        # As a stream, because that is what comes from a socket.
        body = httpx.ByteStream(json.dumps(answer["body"]).encode())
        return httpx.Response(answer["status"], stream=body, headers=answer.get("headers", {}))

    def connector(self, network: str) -> Connector:
        return build_registry(NetworkSettings(sandbox_url=_HOST), self.http).get(network)


def _access(account: str) -> Access:
    data = {"accessJwt": "t", "access_token": "t"}
    return Access(
        account=Account(external_id=account, handle="brand", base_url=_HOST.rstrip("/")),
        credentials=Credentials(data=data),
    )


@pytest.mark.parametrize("network", ["bluesky", "mastodon", "sandbox"])
async def test_what_a_server_answered_means_what_the_golden_file_says(network: str) -> None:
    case = json.loads((_GOLDEN / f"{network}.json").read_text())
    network_answers, access = Answers(case["answers"]), _access(case["account"])
    connector = network_answers.connector(network)
    profile = await connector.measure_profile(access)
    posts = await connector.measure_posts(access, case["ids"])
    assert _plain(profile.measures) == case["profile"]
    assert {one: _plain(found) for one, found in posts.posts.items()} == case["posts"]
    assert sorted(posts.gone) == case["gone"]
    await network_answers.http.close()


async def test_an_older_mastodon_is_asked_for_one_status_after_the_other() -> None:
    alone = {"status": 200, "body": {"id": "1", "favourites_count": 3}}
    answers = Answers({"api/v1/statuses/1": alone})
    found = await MastodonConnector(answers.http).measure_posts(_access("9"), ["1", "2"])
    assert {one: _plain(measures) for one, measures in found.posts.items()} == {
        "1": {"likes": ["favourites_count", 3]}
    }
    assert set(found.gone) == {"2"}
    assert answers.asked == ["api/v1/statuses", "api/v1/statuses/1", "api/v1/statuses/2"]
    await answers.http.close()


async def test_a_refused_call_says_nothing_of_any_post() -> None:
    busy = {"status": 429, "body": {}, "headers": {"retry-after": "30"}}
    answers = Answers({"api/v1/statuses": busy})
    with pytest.raises(RateLimitedError) as caught:
        await MastodonConnector(answers.http).measure_posts(_access("9"), ["1", "2"])
    assert caught.value.wait == 30
    assert answers.asked == ["api/v1/statuses"]
    await answers.http.close()


@pytest.mark.parametrize("value", [None, "7", 7.0, -1, True, [], {}])
def test_what_is_no_count_is_absent_and_not_zero(value: object) -> None:
    assert read_measures({"like_count": value}, [_LIKES]) == ()
    assert read_measures({}, [_LIKES]) == ()


@given(st.integers(min_value=0))
def test_a_count_is_read_as_it_is(value: int) -> None:
    (measure,) = read_measures({"like_count": value, "other": 1}, [_LIKES])
    assert measure == Measure(metric=Metric.LIKES, provider_name="like_count", value=value)


def test_a_sandbox_account_measures_what_its_kind_says() -> None:
    assert measuring({}) is None
    assert measuring({"profile_measures": [], "post_measures": ["unheard_of"]}) is None
    found = measuring({"post_measures": ["view_count", "like_count"]})
    assert found is not None
    assert [one.metric for one in found.post] == [Metric.VIEWS, Metric.LIKES]
    assert found.profile == ()


def _plain(measures: Iterable[Measure]) -> dict[str, list[object]]:
    return {one.metric.value: [one.provider_name, one.value] for one in measures}
