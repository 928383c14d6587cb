"""Lists, counts, reading, and how people want to be told."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings

from shared.events.team_directory import NotificationAdded, NotificationsRead
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.team_directory import DirectoryHand, Json, Somebody
from tests.support.tidings import Tidings, envelope


@settings(
    max_examples=8,
    deadline=None,
    # The list stays and grows from one example to the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, turns=TURNS)
async def test_pages_show_each_once_while_more_arrive(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    rows: list[int],
    turns: list[Turn],
) -> None:
    begin = directory.service.kernel.clock.now()

    async def arrive(moment: int) -> None:
        """Events are late, so that their moments lie in any order; several share one."""
        at = begin - timedelta(minutes=moment)
        await tidings.deliver([envelope(tidings.assigned(owner), at)])

    async def page(params: Json) -> Json:
        query = "&".join(f"{name}={value}" for name, value in params.items())
        answer = await directory.call(owner, "GET", f"/notifications?{query}")
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    for moment in rows:
        await arrive(moment)
    whole = [each["id"] for each in await tidings.listed(owner, "?limit=200")]
    assert len(whole) >= len(rows)
    assert_each_once(await turned(page, arrive, turns), whole)


async def test_a_cursor_of_elsewhere_is_refused(directory: DirectoryHand, owner: Somebody) -> None:
    for cursor in ("x", "WzFd", "WzEsMl0", "WyIyMDI2LTAxLTAxIiwiYSJd"):
        answer = await directory.call(owner, "GET", f"/notifications?cursor={cursor}")
        assert (answer.status_code, answer.json()["code"]) == (422, "pages.cursor"), cursor


async def test_reading_one_all_about_a_thing_and_all(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    one, two, three = (tidings.assigned(owner) for _ in range(3))
    again = tidings.noted(owner, conversation_id=two.conversation_id)
    await tidings.tell(one, two, three, again)
    by_subject = {each["subject_id"]: each["id"] for each in await tidings.listed(owner)}
    await directory.forget_events()

    async def read(path: str, body: dict[str, Any]) -> int:
        answer = await directory.call(owner, "POST", f"/notifications/{path}", body)
        assert answer.status_code == 200, answer.text
        return int(answer.json()["read"])

    first = by_subject[str(one.conversation_id)]
    assert await read("read", {"notification_ids": [first]}) == 1
    assert await read("read", {"notification_ids": [first]}) == 0
    assert await directory.events() == [
        NotificationsRead(
            workspace_id=owner.workspace_id, person_id=owner.id, notification_ids=(UUID(first),)
        )
    ]
    assert await read("read-all", {"subject_id": str(two.conversation_id)}) == 2
    unread = await tidings.listed(owner, "?unread=true")
    assert [each["subject_id"] for each in unread] == [str(three.conversation_id)]
    assert await read("read-all", {}) == 1
    assert (await tidings.unread(owner), len(await tidings.listed(owner))) == (0, 4)
    assert (await tidings.listed(owner))[0]["read_at"] is not None


async def test_more_than_a_badge_shows_is_not_counted(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    await tidings.tell(*(tidings.assigned(owner) for _ in range(99)))
    count = (await directory.call(owner, "GET", "/notifications/unread")).json()
    assert count == {"unread": 99, "more": False}
    await tidings.tell(tidings.assigned(owner))
    count = (await directory.call(owner, "GET", "/notifications/unread")).json()
    assert count == {"unread": 99, "more": True}


async def test_what_somebody_does_not_want_in_the_app_is_not_shown_there(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody
) -> None:
    before = (await directory.call(owner, "GET", "/notifications/preferences")).json()
    assert (before["digest_at"], before["quiet_from"]) == ("08:00:00", None)
    assert before["choices"][0] == {
        "kind": "assigned",
        "title": {"en": "Something is assigned to you", "zh": "有工作分配给你"},
        "in_app": True,
        "email": "at_once",
    }
    body = {
        "choices": {"assigned": {"in_app": False, "email": "digest"}},
        "digest_at": "17:30",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
    }
    for _ in range(2):
        answer = await directory.call(owner, "PUT", "/notifications/preferences", body)
        assert answer.status_code == 204, answer.text
    after = (await directory.call(owner, "GET", "/notifications/preferences")).json()
    assert (after["choices"][0]["in_app"], after["choices"][0]["email"]) == (False, "digest")
    assert after["choices"][1:] == before["choices"][1:]
    assert (after["quiet_from"], after["quiet_until"]) == ("22:00:00", "07:00:00")
    await directory.forget_events()
    await tidings.tell(tidings.assigned(owner), tidings.noted(owner))
    assert [each["kind"] for each in await tidings.listed(owner)] == ["mentioned"]
    assert await tidings.unread(owner) == 1
    events = await directory.events()
    assert [it.kind for it in events if isinstance(it, NotificationAdded)] == ["mentioned"]


async def test_half_a_quiet_time_is_refused(directory: DirectoryHand, owner: Somebody) -> None:
    for body in (
        {"choices": {}, "quiet_from": "22:00"},
        {"choices": {"shouted_at": {"in_app": True, "email": "off"}}},
        {"choices": {}, "digest_at": "08:00+01:00"},
    ):
        answer = await directory.call(owner, "PUT", "/notifications/preferences", body)
        assert answer.status_code == 422, body
