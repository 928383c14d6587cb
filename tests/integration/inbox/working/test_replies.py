"""Answering beside colleagues: who is warned, what leaves first, what is sent once."""

import asyncio
from datetime import timedelta
from typing import Any

from shared.clock import ManualClock
from shared.networks.errors import (
    RemoteTransientError,
)
from tests.integration.inbox.working.steps import (
    first_item,
    replied,
    send,
)
from tests.support.fake_network import Before, FakeConnector
from tests.support.inbox_desk import InboxDesk


async def test_two_answers_leave_in_the_order_in_which_they_were_given(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    await replied(desk, conversation_id, "First")
    await replied(desk, conversation_id, "Second")
    network.script = [Before(RemoteTransientError())]
    await send(desk, clock)
    for _ in range(5):
        await send(desk, clock, timedelta(seconds=2))
    assert [command.text for command in network.commands] == ["First", "First", "Second"]


async def test_of_two_who_answer_at_once_one_is_warned(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    seen = await first_item(desk, conversation_id)
    ben = await desk.member("Ben")
    body = {"text": "Hello", "expected_version": 1, "seen_interaction_id": str(seen)}
    path = f"/conversations/{conversation_id}/replies"

    answers = await asyncio.gather(
        desk.call("POST", path, json=body),
        desk.call("POST", path, desk.identity(ben), json=body),
    )

    assert sorted(answer.status_code for answer in answers) == [202, 409]
    won = next(answer.json() for answer in answers if answer.status_code == 202)
    lost = next(answer.json() for answer in answers if answer.status_code == 409)
    assert (lost["code"], lost["data"]) == (
        "inbox.answered_meanwhile",
        {"interactions": [], "actions": [won["id"]]},
    )
    assert len(await desk.actions()) == 1

    forced = await desk.call("POST", path, desk.identity(ben), json={**body, "force": True})
    assert forced.status_code == 202


async def test_who_has_not_seen_the_last_message_is_warned(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    seen = await first_item(desk, conversation_id)
    newer = await desk.write(conversation_id, "Never mind, it came!")
    answer = await desk.call(
        "POST",
        f"/conversations/{conversation_id}/replies",
        json={"text": "Sorry", "expected_version": 1, "seen_interaction_id": str(seen)},
    )
    assert answer.status_code == 409
    assert answer.json()["data"] == {"interactions": [str(newer)], "actions": []}
    assert (await desk.actions(), await desk.events()) == ([], [])


async def test_the_same_key_replies_once(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    seen = await first_item(desk, conversation_id)
    request: dict[str, Any] = {
        "json": {"text": "Hello", "expected_version": 1, "seen_interaction_id": str(seen)},
        "headers": {"idempotency-key": "once"},
    }
    path = f"/conversations/{conversation_id}/replies"
    first, second = [await desk.call("POST", path, **request) for _ in range(2)]
    assert first.json() == second.json()
    assert len(await desk.actions()) == 1
