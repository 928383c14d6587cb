"""Short ways to reply, to act and to let the worker send."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.inbox.models import (
    Conversation,
    Interaction,
)
from shared.clock import ManualClock
from shared.events.inbox import ActionChanged
from tests.support.inbox_desk import InboxDesk

UNDO = timedelta(seconds=5)
QUIET = timedelta(seconds=30)


async def replied(desk: InboxDesk, conversation_id: UUID, text: str = "It left today.") -> UUID:
    row = await desk.row(Conversation, conversation_id)
    seen = (await desk.rows(Interaction, conversation_id=conversation_id))[-1]
    answer = await desk.call(
        "POST",
        f"/conversations/{conversation_id}/replies",
        json={
            "text": text,
            "expected_version": row.version,
            "seen_interaction_id": str(seen.id),
        },
    )
    assert answer.status_code == 202, answer.text
    return UUID(answer.json()["id"])


async def acted(desk: InboxDesk, interaction_id: UUID, kind: str) -> Any:
    path = f"/interactions/{interaction_id}/actions"
    return await desk.call("POST", path, json={"kind": kind})


async def send(desk: InboxDesk, clock: ManualClock, wait: timedelta = UNDO) -> None:
    clock.advance(wait)
    await desk.hand.drain("inbox.send_action")


async def states(desk: InboxDesk) -> Sequence[tuple[str, str | None]]:
    return [
        (event.state.value, event.reason)
        for event in await desk.events()
        if isinstance(event, ActionChanged)
    ]


async def first_item(desk: InboxDesk, conversation_id: UUID) -> UUID:
    (item,) = await desk.rows(Interaction, conversation_id=conversation_id)
    found: UUID = item.id
    return found
