"""The whole platform on a real network: somebody writes there, is seen here, and is answered."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from deploy.topology import GATEWAY
from shared.networks.http import NetworkHttp
from tests.networks.servers.running import Atproto
from tests.networks.stages.base import eventually
from tests.networks.stages.bluesky import PASSWORD, BlueskyStage, bluesky_stage
from tests.support.platform import LocalPlatform, platform_home

pytestmark = [pytest.mark.networks, pytest.mark.processes]

_OWNER = {
    "name": "Olga Owner",
    "email": "olga@example.com",
    "password": "a long enough password",
    "workspace_name": "Brand",
}
_SECONDS = 60.0  # The platform polls this network every so often.


@pytest.fixture(scope="module")
def platform(atproto: Atproto) -> Iterator[LocalPlatform]:
    environ = {
        "PARLEY_NETWORKS_ALLOW_LOCAL": "true",
        "PARLEY_NETWORKS_BLUESKY_URL": atproto.pds,
        "PARLEY_NETWORKS_BLUESKY_CHAT": atproto.chat,
    }
    for home in platform_home():
        started = LocalPlatform(home, environ)
        started.start()
        yield started
        started.stop()


@pytest.fixture
async def person(platform: LocalPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """The owner, signed in at the gateway."""
    async with httpx.AsyncClient(base_url=platform.url(GATEWAY), timeout=30) as client:
        answer = await client.post("/api/v1/setup", json=_OWNER)
        assert answer.status_code == 201, answer.text
        yield client


@pytest.fixture
async def stage(atproto: Atproto, plain: httpx.AsyncClient, outbound: NetworkHttp) -> BlueskyStage:
    return await bluesky_stage(atproto, plain, outbound)


async def test_a_comment_on_bluesky_is_seen_and_answered(
    person: httpx.AsyncClient, stage: BlueskyStage
) -> None:
    answers = {"identifier": stage.brand.handle, "password": PASSWORD}
    body = {"network": "bluesky", "answers": answers}
    await _send(person, "/api/v1/team/profiles", body)
    root = await stage.publish("Our new lamp")
    comment = await stage.comment(root, "It arrived broken 包裹坏了")

    conversation = await eventually(lambda: _conversation(person, "arrived broken"), _SECONDS)
    place = f"/api/v1/inbox/conversations/{conversation['id']}"
    shown = (await person.get(f"{place}/interactions")).json()["items"]
    (written,) = (one for one in shown if one["external_id"] == comment)
    assert written["text"] == "It arrived broken 包裹坏了"
    assert written["author"]["handle"] == stage.customer

    reply = {
        "text": "Sorry! We send a new one.",
        "expected_version": conversation["version"],
        "seen_interaction_id": written["id"],
    }
    action = await _send(person, f"{place}/replies", reply)
    sent = await eventually(lambda: _settled(person, action["id"]), _SECONDS)
    assert sent["state"] == "sent", sent
    standing = await eventually(lambda: stage.answers_to(comment), _SECONDS)
    assert list(standing) == [sent["external_id"]]


async def _send(person: httpx.AsyncClient, path: str, body: dict[str, Any]) -> Any:
    answer = await person.post(path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def _conversation(person: httpx.AsyncClient, words: str) -> Any:
    answer = await person.get("/api/v1/inbox/conversations")
    assert answer.is_success, answer.text
    return next((one for one in answer.json()["items"] if words in one["excerpt"]), None)


async def _settled(person: httpx.AsyncClient, action_id: str) -> Any:
    answer = await person.get(f"/api/v1/inbox/actions/{action_id}")
    assert answer.is_success, answer.text
    action = answer.json()
    return None if action["state"] in ("pending", "sending", "unknown") else action
