"""Pages of tickets, and of what is on one, while more comes in: each row is shown once."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings

from shared.ids import new_id
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.ticket_desk import TicketDesk

once_for_all = settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace or a ticket of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


async def listed(desk: TicketDesk, path: str, params: dict[str, Any]) -> dict[str, Any]:
    answer = await desk.call("GET", path, params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_tickets(desk: TicketDesk, rows: list[int], turns: list[Turn]) -> None:
    desk = TicketDesk(desk.hand, desk.clock)
    await desk.member("Mia", desk.me)

    async def arrive(moment: int) -> str:
        """Many are opened in the same moment."""
        desk.clock.advance(timedelta(seconds=moment // 3))
        return str(await desk.open())

    there = []
    for moment in rows:
        id_ = await arrive(moment)
        there.append((desk.clock.now(), id_))
    shown = await turned(lambda params: listed(desk, "/", params), arrive, turns)
    assert_each_once(shown, [id_ for _, id_ in sorted(there, reverse=True)])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_messages(desk: TicketDesk, rows: list[int], turns: list[Turn]) -> None:
    conversation_id = await desk.conversation()
    path = f"/{await desk.open(conversation_id)}/messages"
    before = [each["id"] for each in (await listed(desk, path, {}))["items"]]

    async def arrive(moment: int) -> str:
        at = desk.clock.now() - timedelta(seconds=moment)
        return str(await desk.write(conversation_id, written_at=at))

    there = sorted([(-moment, await arrive(moment)) for moment in rows], reverse=True)
    shown = await turned(lambda params: listed(desk, path, params), arrive, turns)
    assert_each_once(shown, [*(id_ for _, id_ in there), *before])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_notes(desk: TicketDesk, rows: list[int], turns: list[Turn]) -> None:
    path = f"/{await desk.open()}/notes"

    async def arrive(_moment: int) -> str:
        answer = await desk.call("POST", path, json={"body": "Called the carrier."})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    there = [await arrive(moment) for moment in rows]
    shown = await turned(lambda params: listed(desk, path, params), arrive, turns)
    assert_each_once(shown, there[::-1])


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_history(desk: TicketDesk, rows: list[int], turns: list[Turn]) -> None:
    ticket_id = await desk.open()
    path = f"/{ticket_id}/history"

    async def arrive(_moment: int) -> None:
        answer = await desk.put(ticket_id, "subject", subject=f"Parcel {new_id()}")
        assert answer.status_code == 200, answer.text

    for moment in rows:
        await arrive(moment)
    whole = [line["id"] for line in (await listed(desk, path, {}))["items"]]
    assert len(whole) > len(rows)
    shown = await turned(lambda params: listed(desk, path, params), arrive, turns)
    assert_each_once(shown, whole)
