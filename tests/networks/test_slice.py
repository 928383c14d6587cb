"""The whole platform on a real network: somebody writes there, is seen here, and is answered."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from deploy.topology import GATEWAY
from shared.networks.http import NetworkHttp
from tests.networks.servers.running import Atproto
from tests.networks.stages.base import Stage, eventually
from tests.networks.stages.bluesky import PASSWORD, bluesky_stage
from tests.networks.stages.mastodon import consent, mastodon_stage
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


@pytest.fixture(scope="module")
async def person(platform: LocalPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """The owner, signed in at the gateway."""
    async with httpx.AsyncClient(base_url=platform.url(GATEWAY), timeout=30) as client:
        await _send(client, "/api/v1/setup", _OWNER)
        yield client


async def test_a_comment_on_bluesky_is_seen_and_answered(
    person: httpx.AsyncClient, atproto: Atproto, plain: httpx.AsyncClient, outbound: NetworkHttp
) -> None:
    stage = await bluesky_stage(atproto, plain, outbound)
    answers = {"identifier": stage.brand.handle, "password": PASSWORD}
    await _send(person, "/api/v1/team/profiles", {"network": "bluesky", "answers": answers})
    await _is_seen_and_answered(person, stage)


async def test_a_comment_on_mastodon_is_seen_and_answered(
    person: httpx.AsyncClient, mastodon: str, plain: httpx.AsyncClient, outbound: NetworkHttp
) -> None:
    stage = await mastodon_stage(mastodon, plain, outbound)
    body = {"network": "mastodon", "answers": {"instance": mastodon}}
    begun = await _send(person, "/api/v1/team/profiles", body)
    back = await consent(plain, mastodon, begun["authorize_url"], stage.brand)
    assert (await person.get(back)).status_code == 303
    await _is_seen_and_answered(person, stage)


async def _is_seen_and_answered(person: httpx.AsyncClient, stage: Stage) -> None:
    words = f"It arrived broken {uuid4().hex} 包裹坏了"
    root = await stage.publish("Our new lamp")
    comment = await stage.comment(root, words)

    conversation = await eventually(lambda: _conversation(person, words), _SECONDS)
    place = f"/api/v1/inbox/conversations/{conversation['id']}"
    shown = (await person.get(f"{place}/interactions")).json()["items"]
    (written,) = (one for one in shown if one["external_id"] == comment)
    assert written["text"].endswith(words)
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

    async def echoed() -> list[Any]:
        shown = (await person.get(f"{place}/interactions")).json()["items"]
        return [one for one in shown if one["external_id"] == sent["external_id"]]

    (ours,) = await eventually(echoed, _SECONDS)
    assert (ours["direction"], ours["origin"]) == ("outbound", "parley")


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
