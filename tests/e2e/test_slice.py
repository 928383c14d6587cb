"""Somebody writes on a network, a person of the team sees it, answers, and the answer stands there.

The real processes, over HTTP through the gateway, with the sandbox network as the other side.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.topology import GATEWAY
from tests.e2e.conftest import ON_BOTH
from tests.support.desk import DeskHand, colleague_of, until
from tests.support.platform import LocalPlatform
from tests.support.sandbox import SandboxHand

BUSES = ON_BOTH
pytestmark = [pytest.mark.processes]


class Scene:
    """A connected profile with one post, and somebody who writes below it."""

    def __init__(self, network: SandboxHand, account_id: str, profile_id: str, post: str) -> None:
        self.network = network
        self.account_id = account_id
        self.profile_id = profile_id
        self.post_id = post
        self.writer = ""

    async def comment(self, text: str, writer: str | None = None) -> dict[str, Any]:
        body = {"post_id": self.post_id, "text": text}
        return await self.network.say(writer or self.writer, "comments", **body)

    async def ours(self) -> list[str]:
        """The texts that stand on the network in the brand's name, other than its post."""
        items = await self.network.items(account=self.account_id)
        return [
            item["text"]
            for item in items
            if item["author_id"] == self.account_id
            and item["id"] != self.post_id
            and item["deleted_at"] is None
        ]


async def publish(network: SandboxHand, account_id: str, text: str = "News!") -> dict[str, Any]:
    """A post of the brand, written in the network's own app."""
    token = (await network.tokens(account_id))["access_token"]
    answer = await network.http.post(
        f"/v1/accounts/{account_id}/posts",
        json={"text": text},
        headers={"authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 201, answer.text
    post: dict[str, Any] = answer.json()
    return post


async def connect(owner: DeskHand, network: SandboxHand, handle: str) -> Scene:
    account_id = await network.account(handle=handle)
    begun = await owner.do(
        "POST",
        "/team/profiles",
        {"network": "sandbox", "answers": {"handle": handle, "access_code": f"code-{handle}"}},
    )
    profile_id = begun["profile_id"]

    async def known() -> bool:
        profiles = await owner.do("GET", "/inbox/profiles")
        return any(p["id"] == profile_id and p["state"] == "connected" for p in profiles)

    await until(known)
    post = await publish(network, account_id)
    scene = Scene(network, account_id, profile_id, post["id"])
    scene.writer = await network.person("Grace Okafor", f"grace_{handle}")
    return scene


@pytest.fixture(scope="module")
async def scene(owner: DeskHand, network: SandboxHand) -> Scene:
    return await connect(owner, network, "acme")


async def reply(desk: DeskHand, conversation_id: str, text: str, **more: Any) -> dict[str, Any]:
    seen = await desk.do("GET", f"/inbox/conversations/{conversation_id}")
    answer: dict[str, Any] = await desk.do(
        "POST",
        f"/inbox/conversations/{conversation_id}/replies",
        {
            "text": text,
            "expected_version": seen["version"],
            "seen_interaction_id": seen["newest_interaction_id"],
            **more,
        },
    )
    return answer


async def test_who_am_i_shows_the_person_and_the_workspace(owner: DeskHand) -> None:
    me = await owner.do("GET", "/session")
    assert me["person"]["name"] == "Olive Owner"
    assert [workspace["name"] for workspace in me["workspaces"]] == ["Acme"]


async def test_a_comment_is_seen_live_answered_and_stands_on_the_network(
    owner: DeskHand, scene: Scene
) -> None:
    async with owner.listening() as stream:
        await scene.comment("Do you ship to Norway?")
        await stream.expect("inbox.interaction_received", "Do you ship to Norway?")
        conversation = await owner.conversation_with("Do you ship to Norway?")
        assert conversation["contact"]["name"] == "Grace Okafor"
        assert conversation["waiting_since"] is not None

        await reply(owner, conversation["id"], "Yes, within three days.")
        await stream.expect("inbox.action_changed", '"sent"', conversation["id"])

    assert await scene.ours() == ["Yes, within three days."]

    await _answered(owner, conversation["id"])
    texts = [item["text"] for item in await owner.interactions(conversation["id"])]
    assert sorted(texts) == ["Do you ship to Norway?", "Yes, within three days."]


async def test_what_stands_twice_on_the_wire_is_once_in_the_inbox(
    owner: DeskHand, scene: Scene
) -> None:
    await scene.network.fault({"type": "webhook_duplicate", "times": 3}, remaining=1)
    await scene.comment("Is this doubled?")
    conversation = await owner.conversation_with("Is this doubled?")
    await scene.comment("And this comes after.")
    await owner.conversation_with("And this comes after.")
    texts = [item["text"] for item in await owner.interactions(conversation["id"])]
    assert texts.count("Is this doubled?") == 1


async def test_two_people_do_not_answer_the_same_customer_twice(
    owner: DeskHand, scene: Scene, running: LocalPlatform
) -> None:
    writer = await scene.network.person("Two Minds", "two_minds")
    await scene.comment("Who will answer me?", writer)
    conversation = await owner.conversation_with("Who will answer me?")
    path = f"/inbox/conversations/{conversation['id']}"
    seen = await owner.do("GET", path)
    body = {
        "expected_version": seen["version"],
        "seen_interaction_id": seen["newest_interaction_id"],
    }
    async with colleague_of(
        owner, running.url(GATEWAY), "quick@example.com", "community_manager"
    ) as colleague:
        answers = await asyncio.gather(
            owner.try_to("POST", f"{path}/replies", body | {"text": "The owner answers."}),
            colleague.try_to("POST", f"{path}/replies", body | {"text": "Quinn answers."}),
        )
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert refused["code"] == "inbox.answered_meanwhile"


async def test_a_repeated_request_sends_one_reply(owner: DeskHand, scene: Scene) -> None:
    writer = await scene.network.person("Key Turner", "key_turner")
    await scene.comment("Only once, please.", writer)
    conversation = await owner.conversation_with("Only once, please.")
    seen = await owner.do("GET", f"/inbox/conversations/{conversation['id']}")
    path = f"/api/v1/inbox/conversations/{conversation['id']}/replies"
    body = {
        "text": "Once it is.",
        "expected_version": seen["version"],
        "seen_interaction_id": seen["newest_interaction_id"],
    }
    answers = [
        await owner.http.post(path, json=body, headers={"idempotency-key": "once-1"})
        for _ in range(3)
    ]
    assert {answer.status_code for answer in answers} == {202}, answers[0].text
    assert len({answer.json()["id"] for answer in answers}) == 1

    async def stands() -> bool:
        return "Once it is." in await scene.ours()

    await until(stands)
    assert (await scene.ours()).count("Once it is.") == 1


async def test_a_deleted_comment_is_gone_here_too(owner: DeskHand, scene: Scene) -> None:
    writer = await scene.network.person("Short Lived", "short_lived")
    item = await scene.comment("Soon gone.", writer)
    conversation = await owner.conversation_with("Soon gone.")
    await scene.network.admin("DELETE", f"/items/{item['id']}")

    async def removed() -> bool:
        (found,) = await owner.interactions(conversation["id"])
        return found["removed_at"] is not None

    await until(removed)


async def test_the_ledger_of_the_profile_is_balanced(owner: DeskHand, scene: Scene) -> None:
    async def balanced() -> dict[str, Any] | None:
        health = await owner.do("GET", f"/inbox/profiles/{scene.profile_id}/health")
        return health if health["balanced"] and health["waiting"] == 0 else None

    health = await until(balanced)
    assert health["received"] - health["repeated"] == health["stored"]
    assert health["stored"] == health["handled"] + health["failed"]
    assert health["failed"] == 0


async def test_a_colleague_limited_to_another_profile_sees_none_of_it(
    owner: DeskHand, scene: Scene, network: SandboxHand, running: LocalPlatform
) -> None:
    other = await connect(owner, network, "acme_two")
    async with colleague_of(
        owner,
        running.url(GATEWAY),
        "limited@example.com",
        "community_manager",
        profile_ids=[other.profile_id],
    ) as colleague:
        async with colleague.listening() as stream:
            await scene.comment("Not for Liam.")
            hidden = await owner.conversation_with("Not for Liam.")
            writer = await network.person("Liam's Own", "liams_own")
            await other.comment("For Liam.", writer)
            await stream.expect("inbox.interaction_received", "For Liam.")
            assert not any("Not for Liam." in data for _, _, data in stream.events)
        page = await colleague.do("GET", "/inbox/conversations?limit=200")
        assert {item["profile_id"] for item in page["items"]} == {other.profile_id}
        refused = await colleague.try_to("GET", f"/inbox/conversations/{hidden['id']}")
        assert refused.status_code == 404
        refused = await colleague.try_to(
            "PUT",
            f"/inbox/conversations/{hidden['id']}/state",
            {"state": "handled", "expected_version": hidden["version"]},
        )
        assert refused.status_code == 404


async def _answered(owner: DeskHand, conversation_id: str) -> None:
    """Wait until nobody waits for an answer there."""

    async def now() -> bool:
        conversation = await owner.do("GET", f"/inbox/conversations/{conversation_id}")
        return conversation["waiting_since"] is None

    await until(now)


async def test_an_answered_comment_is_counted_and_found_behind_the_number(
    owner: DeskHand, scene: Scene
) -> None:
    today = datetime.now(UTC).date()
    days = timedelta(days=1)
    asked = f"first={today - days}&last={today + days}&profile_id={scene.profile_id}"

    async def numbers() -> dict[str, Any]:
        report = await owner.do("GET", f"/analytics/overview?{asked}")
        return {one["metric"]: one["now"] for one in report["numbers"]}

    # The first may be found while history is read back, which is not counted; the second is not.
    for question in ("Do you repair boots?", "And how long does it take?"):
        await scene.comment(question)
        conversation = await owner.conversation_with(question)
        await reply(owner, conversation["id"], "We do, within two weeks.")
        await _answered(owner, conversation["id"])
    page = f"/analytics/items?{asked}&measure="

    async def counted() -> list[dict[str, Any]] | None:
        pages = [
            await owner.do("GET", f"{page}{measure}")
            for measure in ("first_response", "next_response")
        ]
        found = [item for page in pages for item in page["items"]]
        return [item for item in found if item["conversation_id"] == conversation["id"]] or None

    answers = await until(counted)
    me = await owner.do("GET", "/session")
    assert {answer["person_id"] for answer in answers} == {me["person"]["id"]}
    assert all(0 <= answer["wall_seconds"] < 600 for answer in answers)
    told = await numbers()
    assert told["received"]["count"] >= 1
    assert told["replies"]["count"] >= 1
    assert told["first_response_time"]["spread"]["median"] < 600
    long_ago = await owner.do("GET", "/analytics/overview?first=2020-01-01&last=2020-01-02")
    assert {one["now"]["count"] for one in long_ago["numbers"]} == {0}
