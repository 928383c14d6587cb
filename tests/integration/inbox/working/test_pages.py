"""Pages of the inbox while customers write: each row is shown once."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from services.inbox.models import Conversation, Delivery
from shared.clock import ManualClock
from shared.ids import new_id
from tests.integration.inbox.working.steps import acted
from tests.support.inbox_desk import InboxDesk
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned

once_for_all = settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def fresh(desk: InboxDesk) -> InboxDesk:
    another = InboxDesk(desk.hand, desk.clock)
    await another.open()
    return another


async def listed(desk: InboxDesk, path: str, params: dict[str, Any]) -> dict[str, Any]:
    answer = await desk.call("GET", path, params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("order", "newest_first"), [("newest", True), ("waiting", False)])
@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_conversations(
    desk: InboxDesk,
    clock: ManualClock,
    order: str,
    newest_first: bool,
    rows: list[int],
    turns: list[Turn],
) -> None:
    desk = await fresh(desk)

    async def arrive(moment: int) -> str:
        return str(await desk.conversation(at=clock.now() - timedelta(minutes=moment)))

    there = [(-moment, await arrive(moment)) for moment in rows]
    there.sort(reverse=newest_first)
    shown = await turned(
        lambda params: listed(desk, "/conversations", {"order": order, **params}), arrive, turns
    )
    assert_each_once(shown, [id_ for _, id_ in there])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_conversations_that_move_to_the_top_are_not_shown_again(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    desk = await fresh(desk)
    ids = [await desk.conversation(at=clock.now() - timedelta(minutes=moment)) for moment in rows]
    moved: set[str] = set()

    async def arrive(moment: int) -> None:
        """A customer of a conversation that is there writes on."""
        id_ = ids[moment % len(ids)]
        moved.add(str(id_))
        async with desk.database.begin(desk.workspace_id) as tx:
            row = await tx.session.get_one(Conversation, (desk.workspace_id, id_))
            row.last_at = clock.now()

    shown = await turned(lambda params: listed(desk, "/conversations", params), arrive, turns)
    assert len(shown) == len(set(shown))
    assert set(shown) >= {str(id_) for id_ in ids} - moved


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_what_was_written_in_a_conversation(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    conversation_id = await desk.conversation(at=clock.now() - timedelta(hours=1))
    path = f"/conversations/{conversation_id}/interactions"
    (first,) = (await listed(desk, path, {}))["items"]

    async def arrive(moment: int) -> str:
        at = clock.now() - timedelta(minutes=moment)
        return str(await desk.write(conversation_id, "And?", at=at))

    there = sorted([(-moment, await arrive(moment)) for moment in rows], reverse=True)
    shown = await turned(lambda params: listed(desk, path, params), arrive, turns)
    assert_each_once(shown, [*(id_ for _, id_ in there), first["id"]])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_what_a_search_finds(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    desk = await fresh(desk)

    async def arrive(moment: int) -> str:
        at = clock.now() - timedelta(minutes=moment)
        await desk.conversation("No fruit", at=at)
        return str(await desk.conversation("An apple", at=at))

    there = sorted([(-moment, await arrive(moment)) for moment in rows], reverse=True)
    shown = await turned(
        lambda params: listed(desk, "/conversations", {"q": "apple", **params}), arrive, turns
    )
    assert_each_once(shown, [id_ for _, id_ in there])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_what_a_customer_wrote_everywhere(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    contact_id = await desk.contact()
    conversations = [
        await desk.conversation(contact_id=contact_id, at=clock.now() - timedelta(hours=hours))
        for hours in (1, 2)
    ]
    path = f"/contacts/{contact_id}/history"
    before = [each["id"] for each in (await listed(desk, path, {}))["items"]]

    async def arrive(moment: int) -> str:
        at = clock.now() - timedelta(minutes=moment)
        return str(await desk.write(conversations[moment % 2], "And?", at=at))

    there = sorted([(-moment, await arrive(moment)) for moment in rows], reverse=True)
    shown = await turned(lambda params: listed(desk, path, params), arrive, turns)
    assert_each_once(shown, [*(id_ for _, id_ in there), *before])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_deliveries_that_failed(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    desk = await fresh(desk)

    async def arrive(moment: int) -> str:
        """Some come together, and others went well."""
        made = [
            Delivery(
                workspace_id=desk.workspace_id,
                id=new_id(),
                profile_id=desk.profile_id,
                external_id=str(new_id()),
                kind="item",
                source="webhook",
                body={},
                received_at=clock.now(),
                state=state,
            )
            for state in ("failed", *["handled"] * moment)
        ]
        await desk.add(*made)
        return str(made[0].id)

    there = [await arrive(moment) for moment in rows]
    shown = await turned(lambda params: listed(desk, "/deliveries", params), arrive, turns)
    assert_each_once(shown, there[::-1])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_what_was_done_on_the_network(
    desk: InboxDesk, clock: ManualClock, rows: list[int], turns: list[Turn]
) -> None:
    desk = await fresh(desk)
    conversation_id = await desk.conversation()

    async def arrive(moment: int) -> str:
        """Many are asked for in the same moment."""
        clock.advance(timedelta(seconds=moment // 3))
        item = await desk.write(conversation_id, "And?")
        answer = await acted(desk, item, "like")
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])

    there = []
    for moment in rows:
        id_ = await arrive(moment)
        there.append((clock.now(), id_))
    shown = await turned(lambda params: listed(desk, "/actions", params), arrive, turns)
    assert_each_once(shown, [id_ for _, id_ in sorted(there, reverse=True)])
