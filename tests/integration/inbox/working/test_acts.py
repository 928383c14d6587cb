"""Liking, hiding, deleting and blocking, and the traces they leave."""

import pytest

from services.inbox.models import (
    ContactIdentity,
    Interaction,
    RemovedItem,
)
from shared.clock import ManualClock
from shared.events.inbox import InteractionChanged
from tests.integration.inbox.working.steps import acted, first_item, send
from tests.support.inbox_desk import InboxDesk


@pytest.mark.parametrize(
    ("kind", "column", "change"),
    [("like", "liked_at", "liked"), ("hide", "hidden_at", "hidden")],
)
async def test_what_was_done_to_an_item_is_marked_on_it(
    desk: InboxDesk, clock: ManualClock, kind: str, column: str, change: str
) -> None:
    item_id = await first_item(desk, await desk.conversation())
    assert (await acted(desk, item_id, kind)).status_code == 202
    twice = await acted(desk, item_id, kind)
    assert (twice.status_code, twice.json()["data"]) == (409, {"reason": "under_way"})
    await send(desk, clock)
    assert getattr(await desk.row(Interaction, item_id), column) == clock.now()
    changes = [event for event in await desk.events() if isinstance(event, InteractionChanged)]
    assert [(event.interaction_id, event.change) for event in changes] == [(item_id, change)]

    done = await acted(desk, item_id, kind)
    assert (done.status_code, done.json()["data"]) == (409, {"reason": "already_done"})


async def test_deleting_leaves_a_tombstone(desk: InboxDesk, clock: ManualClock) -> None:
    conversation_id = await desk.conversation()
    theirs = await first_item(desk, conversation_id)
    refused = await acted(desk, theirs, "delete")
    assert (refused.status_code, refused.json()["detail"]) == (409, "Only your own.")

    ours = await desk.write(conversation_id, "Typo", direction="outbound", origin="native")
    await acted(desk, ours, "delete")
    await send(desk, clock)
    item = await desk.row(Interaction, ours)
    assert item.removed_at == clock.now()
    (tombstone,) = await desk.rows(RemovedItem)
    assert tombstone.external_id == item.external_id
    gone = await acted(desk, ours, "like")
    assert gone.json()["data"] == {"reason": "removed"}


async def test_a_blocked_customer_is_marked_as_such(desk: InboxDesk, clock: ManualClock) -> None:
    item_id = await first_item(desk, await desk.conversation())
    await acted(desk, item_id, "block")
    await send(desk, clock)
    (identity,) = await desk.rows(ContactIdentity)
    assert identity.blocked_at == clock.now()
    assert (await acted(desk, item_id, "block")).json()["data"] == {"reason": "already_done"}

    await acted(desk, item_id, "unblock")
    await send(desk, clock)
    (identity,) = await desk.rows(ContactIdentity)
    assert identity.blocked_at is None
