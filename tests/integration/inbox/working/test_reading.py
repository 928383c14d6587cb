"""One conversation on the screen: what was written, what is possible, and why the rest is not."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from services.inbox.models import InteractionVersion
from shared.clock import ManualClock
from shared.identity import Identity
from shared.permissions import Right
from tests.support.inbox_desk import InboxDesk


async def possible(
    desk: InboxDesk, conversation_id: UUID, identity: Identity | None = None
) -> dict[str, Any]:
    """What can be done to the newest item: the reason code, or None where it is allowed."""
    path = f"/conversations/{conversation_id}/interactions"
    answer = await desk.call("GET", path, identity)
    assert answer.status_code == 200, answer.text
    newest = answer.json()["items"][0]
    return {one["action"]: one["code"] for one in newest["possible"]}


async def test_each_action_is_allowed_or_refused_with_a_reason(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation()
    assert await possible(desk, conversation_id) == {
        "reply": None,
        "private_reply": None,
        "like": None,
        "unlike": "already_done",
        "hide": None,
        "unhide": "already_done",
        "delete": "not_supported",
        "block": None,
        "unblock": "already_done",
    }


async def test_a_message_can_be_answered_while_its_window_is_open(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation(kind="dm")
    assert (await possible(desk, conversation_id))["message"] is None
    shown = (await desk.call("GET", f"/conversations/{conversation_id}")).json()
    (option,) = shown["replies"]
    assert (option["action"], option["allowed"]) == ("message", True)
    assert option["limits"] == [
        {
            "unit": "graphemes",
            "maximum": 100,
            "url_length": None,
            "mention_without_domain": False,
        }
    ]
    closes_at = datetime.fromisoformat(option["closes_at"])
    assert closes_at == datetime.fromisoformat(shown["last_inbound_at"]) + timedelta(hours=24)

    clock.advance(timedelta(hours=25))
    assert (await possible(desk, conversation_id))["message"] == "window_closed"
    body = {"text": "Hello?", "expected_version": 1, "force": True}
    late = await desk.call("POST", f"/conversations/{conversation_id}/replies", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "inbox.action_impossible")
    assert late.json()["data"] == {"reason": "window_closed"}
    assert await desk.actions() == []


async def test_rights_the_connection_and_the_text_refuse_before_the_network_does(
    desk: InboxDesk,
) -> None:
    conversation_id = await desk.conversation()
    reader = desk.identity(rights=frozenset({Right.LIKE}))
    codes = await possible(desk, conversation_id, reader)
    assert (codes["reply"], codes["like"]) == ("permission_missing", None)
    body: dict[str, Any] = {"text": "x" * 101, "expected_version": 1, "force": True}
    path = f"/conversations/{conversation_id}/replies"
    assert (await desk.call("POST", path, reader, json=body)).status_code == 403
    long = await desk.call("POST", path, json=body)
    assert (long.status_code, long.json()["code"]) == (422, "inbox.text_refused")
    assert long.json()["data"] == {"reason": "too_long"}

    broken = await desk.profile(state="needs_person", reason="The token is over.")
    elsewhere = await desk.conversation(profile_id=broken)
    assert set((await possible(desk, elsewhere)).values()) == {"profile_not_connected"}
    answer = await desk.call(
        "POST", f"/conversations/{elsewhere}/replies", json={**body, "text": "x"}
    )
    assert (answer.status_code, answer.json()["detail"]) == (409, "The token is over.")
    assert (await desk.actions(), await desk.events()) == ([], [])


async def test_interactions_are_pages_the_newest_first(desk: InboxDesk, clock: ManualClock) -> None:
    conversation_id = await desk.conversation("one", at=clock.now() - timedelta(hours=1))
    for number, text in enumerate(("two", "three")):
        await desk.write(conversation_id, text, at=clock.now() + timedelta(minutes=number))
    path = f"/conversations/{conversation_id}/interactions"
    first = (await desk.call("GET", path, params={"limit": 2})).json()
    rest = (await desk.call("GET", path, params={"cursor": first["next_cursor"]})).json()
    texts = [[item["text"] for item in page["items"]] for page in (first, rest)]
    assert (texts, rest["next_cursor"]) == ([["three", "two"], ["one"]], None)
    shown = (await desk.call("GET", f"/conversations/{conversation_id}")).json()
    assert shown["newest_interaction_id"] == first["items"][0]["id"]


async def test_what_an_interaction_said_before_can_be_read(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    edited = await desk.write(conversation_id, "after")
    await desk.add(
        InteractionVersion(
            workspace_id=desk.workspace_id,
            interaction_id=edited,
            item_version=0,
            text="before",
            seen_at=clock.now(),
        )
    )
    answer = await desk.call("GET", f"/interactions/{edited}/versions")
    assert [version["text"] for version in answer.json()] == ["before"]
    blind = desk.identity(profile_ids=frozenset())
    hidden = await desk.call("GET", f"/interactions/{edited}/versions", blind)
    assert hidden.status_code == 404
