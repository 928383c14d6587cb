"""Both halves together on a running network: from what a person writes to the answer they get."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import pytest

from services.inbox.commands.receive import HANDLE
from services.inbox.commands.request import SEND
from shared.ids import new_id
from tests.support.sandbox import SandboxHand, running_sandbox
from tests.support.sandbox_inbox import SandboxInbox, sandbox_inbox
from tests.support.service import member_identity


@pytest.fixture(scope="module")
async def running() -> AsyncIterator[SandboxHand]:
    async with running_sandbox() as hand:
        yield hand


@pytest.fixture(params=["full", "microblog"])
async def line(
    request: pytest.FixtureRequest, running: SandboxHand, database_urls: Mapping[str, str]
) -> AsyncIterator[SandboxInbox]:
    await running.reset(seed=1)
    async with sandbox_inbox(running, database_urls, request.param) as inbox:
        await inbox.told()
        await inbox.work()
        yield inbox


async def call(line: SandboxInbox, method: str, path: str, **body: Any) -> Any:
    identity = member_identity(line.workspace_id, new_id())
    async with line.hand.client(identity) as client:
        answer = await client.request(method, path, json=body)
    assert answer.is_success, answer.text
    return answer.json()


async def heard(line: SandboxInbox) -> None:
    """Everything that the network has to say has arrived and is handled."""
    await line.delivered()
    await line.work(HANDLE)


async def only_conversation(line: SandboxInbox) -> Any:
    (summary,) = (await line.get("/conversations"))["items"]
    return await line.get(f"/conversations/{summary['id']}")


async def reply(line: SandboxInbox, conversation: Any, text: str) -> Any:
    return await call(
        line,
        "POST",
        f"/conversations/{conversation['id']}/replies",
        text=text,
        expected_version=conversation["version"],
        seen_interaction_id=conversation["newest_interaction_id"],
    )


async def written(line: SandboxInbox, conversation: Any) -> Sequence[tuple[str, str]]:
    """Text and origin of what stands in the conversation here, the oldest first."""
    page = await line.get(f"/conversations/{conversation['id']}/interactions")
    return [(item["text"], item["origin"]) for item in reversed(page["items"])]


async def test_a_mention_is_answered_and_the_answer_stands_there_once(line: SandboxInbox) -> None:
    await line.say("mentions", "Where is my order, @brand?")
    await heard(line)
    conversation = await only_conversation(line)
    assert conversation["waiting_since"] is not None
    assert [option["allowed"] for option in conversation["replies"]][-1] is True

    action = await reply(line, conversation, "It left today.")
    await line.work_now(SEND)
    await heard(line)

    assert (await line.get(f"/actions/{action['id']}"))["state"] == "sent"
    (standing,) = await line.network.items(author=line.account)
    assert standing["text"] == "It left today."
    after = await only_conversation(line)
    assert (after["waiting_since"], after["excerpt"]) == (None, "It left today.")
    expected = [("Where is my order, @brand?", "customer"), ("It left today.", "parley")]
    assert await written(line, conversation) == expected

    # Whoever answered marks as handled what they saw when they answered.
    state = {"expected_version": conversation["version"], "state": "handled"}
    await call(line, "PUT", f"/conversations/{conversation['id']}/state", **state)
    await line.network.say(
        line.person, "replies", item_id=standing["id"], text="Thanks, and the invoice?"
    )
    await heard(line)
    reopened = await only_conversation(line)
    assert reopened["state"] == "open"
    assert reopened["waiting_since"] is not None


async def test_the_echo_of_a_reply_that_nobody_confirmed_comes_first(line: SandboxInbox) -> None:
    await line.say("mentions", "Hello @brand")
    await heard(line)
    conversation = await only_conversation(line)
    await line.network.fault({"type": "timeout_after", "seconds": 0}, method="POST")
    action = await reply(line, conversation, "Hello!")
    await line.work_now(SEND)
    assert (await line.get(f"/actions/{action['id']}"))["state"] == "unknown"

    await heard(line)
    assert await written(line, conversation) == [("Hello @brand", "customer"), ("Hello!", "native")]
    await line.work_now(SEND)

    assert (await line.get(f"/actions/{action['id']}"))["state"] == "sent"
    assert await written(line, conversation) == [("Hello @brand", "customer"), ("Hello!", "parley")]
    assert len(await line.network.items(author=line.account)) == 1
