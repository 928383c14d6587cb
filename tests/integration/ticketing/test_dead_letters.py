"""What could not be handled, as who administers the connections sees it and has it done again."""

from collections.abc import Mapping
from typing import Any

from shared.errors import InvalidError
from shared.events.envelope import Envelope
from shared.events.team_directory import MemberSaved
from shared.ids import new_id
from shared.messaging.bus import Record
from shared.messaging.dead_letters import bury
from shared.permissions import Level, Module
from tests.support.ticket_desk import TicketDesk

PATH = "/dead-letters"


async def buried(desk: TicketDesk, name: str, body: bytes | None = None) -> Mapping[str, Any]:
    """An event about a new member that was set aside, as it is listed."""
    event = MemberSaved(
        workspace_id=desk.workspace_id,
        person_id=new_id(),
        name=name,
        email=f"{name.lower()}@example.com",
        locale="en",
        time_zone="Europe/Berlin",
    )
    told = Envelope(new_id(), desk.clock.now(), event)
    record = Record(event.topic, 1, 7, event.key, told.headers(), body or told.body())
    for _ in range(2):  # A consumer that died in between buries it once more.
        await bury(desk.database, "ticketing", record, InvalidError(f"{name} is too much."))
    return (await listed(desk))[-1]


async def listed(desk: TicketDesk) -> list[Mapping[str, Any]]:
    answer = await desk.call("GET", PATH)
    assert answer.status_code == 200, answer.text
    found: list[Mapping[str, Any]] = answer.json()
    return found


async def people(desk: TicketDesk) -> set[str]:
    answer = await desk.call("GET", "/assignees")
    assert answer.status_code == 200, answer.text
    return {person["name"] for person in answer.json()}


async def test_a_letter_says_why_and_is_handled_when_it_is_replayed(desk: TicketDesk) -> None:
    letter = await buried(desk, "Bob")
    assert await listed(desk) == [letter]
    assert (letter["type"], letter["topic"]) == (MemberSaved.event_name(), MemberSaved.topic)
    assert (letter["code"], letter["detail"]) == ("invalid", "Bob is too much.")
    assert await people(desk) == {"Mia"}

    done = await desk.call("POST", f"{PATH}/{letter['id']}/replay")
    assert done.status_code == 204, done.text
    assert await people(desk) == {"Mia", "Bob"}
    assert await listed(desk) == []
    again = await desk.call("POST", f"{PATH}/{letter['id']}/replay")
    assert (again.status_code, again.json()["code"]) == (404, "events.dead_letter_not_found")


async def test_a_letter_that_fails_again_stays(desk: TicketDesk) -> None:
    letter = await buried(desk, "Bob", body=b'{"name": "Bob"}')
    failed = await desk.call("POST", f"{PATH}/{letter['id']}/replay")
    assert (failed.status_code, failed.json()["code"]) == (422, "events.unreadable")
    assert await listed(desk) == [letter]


async def test_a_letter_that_is_discarded_has_no_effect(desk: TicketDesk) -> None:
    letter = await buried(desk, "Bob")
    gone = await desk.call("DELETE", f"{PATH}/{letter['id']}")
    assert gone.status_code == 204, gone.text
    assert await listed(desk) == []
    assert (await desk.call("POST", f"{PATH}/{letter['id']}/replay")).status_code == 404
    assert await people(desk) == {"Mia"}


async def test_letters_are_for_who_administers_the_connections_here(desk: TicketDesk) -> None:
    letter = await buried(desk, "Bob")
    stranger = TicketDesk(desk.hand, desk.clock)
    assert await listed(stranger) == []
    assert (await stranger.call("POST", f"{PATH}/{letter['id']}/replay")).status_code == 404
    levels = dict.fromkeys(Module, Level.ADMINISTER) | {Module.CONNECTIONS: Level.EDIT}
    editor = desk.identity(levels=levels)
    mine = f"{PATH}/{letter['id']}"
    for method, path in (("GET", PATH), ("POST", f"{mine}/replay"), ("DELETE", mine)):
        assert (await desk.call(method, path, editor)).status_code == 403
    assert await listed(desk) == [letter]
