"""Pages of tickets while tickets are opened: each is shown once."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.ticket_desk import TicketDesk


@settings(
    max_examples=12,
    deadline=None,
    # Each example has a workspace of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, turns=TURNS)
async def test_tickets(desk: TicketDesk, rows: list[int], turns: list[Turn]) -> None:
    desk = TicketDesk(desk.hand, desk.clock)
    await desk.member("Mia", desk.me)

    async def arrive(moment: int) -> str:
        """Many are opened in the same moment."""
        desk.clock.advance(timedelta(seconds=moment // 3))
        return str(await desk.open())

    async def page(params: dict[str, Any]) -> dict[str, Any]:
        answer = await desk.call("GET", "/", params=params)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    there = []
    for moment in rows:
        id_ = await arrive(moment)
        there.append((desk.clock.now(), id_))
    shown = await turned(page, arrive, turns)
    assert_each_once(shown, [id_ for _, id_ in sorted(there, reverse=True)])
