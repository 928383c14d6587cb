"""Saved views: one's own and shared ones, with how much is in each."""

from typing import Any
from uuid import UUID

import pytest

from services.inbox.domain.view import MOST_VIEWS
from shared.ids import new_id
from shared.permissions import Level, Module, Sight
from tests.support.inbox_desk import InboxDesk

MINE: dict[str, Any] = {"name": "Mine", "filters": {"state": ["open"], "assignee": "me"}}
EVERYBODYS: dict[str, Any] = MINE | {"name": "Everybody's", "shared": True}


async def saved(desk: InboxDesk, body: dict[str, Any]) -> UUID:
    answer = await desk.call("POST", "/views", json=body)
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def test_one_sees_ones_own_views_and_the_shared_ones(desk: InboxDesk) -> None:
    own, shared = await saved(desk, MINE), await saved(desk, EVERYBODYS)
    other = desk.identity(await desk.member("Ben"), levels={Module.INBOX: Level.EDIT})

    answer = (await desk.call("GET", "/views")).json()
    assert [UUID(view["id"]) for view in answer] == [shared, own]
    theirs = (await desk.call("GET", "/views", other)).json()
    assert [UUID(view["id"]) for view in theirs] == [shared]
    for call in ("PUT", "DELETE"):
        body = {"json": MINE | {"expected_version": 1}} if call == "PUT" else {}
        for hidden in (own, new_id()):  # Nobody learns which of the two there is.
            refused = await desk.call(call, f"/views/{hidden}", other, **body)
            assert (refused.status_code, refused.json()["code"]) == (
                404,
                "inbox.saved_view_not_found",
            )
        assert (await desk.call(call, f"/views/{shared}", other, **body)).status_code == 403


async def test_sharing_is_for_who_may_approve(desk: InboxDesk) -> None:
    other = desk.identity(await desk.member("Ben"), levels={Module.INBOX: Level.EDIT})
    assert (await desk.call("POST", "/views", other, json=EVERYBODYS)).status_code == 403
    made = await desk.call("POST", "/views", other, json=MINE)
    body = EVERYBODYS | {"expected_version": 1}
    refused = await desk.call("PUT", f"/views/{made.json()['id']}", other, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")


async def test_each_counts_what_the_one_who_looks_may_see(desk: InboxDesk) -> None:
    ben = await desk.member("Ben")
    await desk.conversation(assignee_id=desk.me)
    await desk.conversation(assignee_id=ben)
    await desk.conversation(assignee_id=ben)
    await saved(desk, EVERYBODYS)
    await saved(desk, {"name": "Open", "shared": True, "filters": {"state": ["open"]}})

    async def counts(*who: Any) -> list[int]:
        answer = await desk.call("GET", "/views/counts", *who)
        return [each["count"]["count"] for each in answer.json()]

    assert await counts() == [1, 3]
    assert await counts(desk.identity(ben, sight=Sight.ASSIGNED)) == [2, 2]


async def test_a_writer_names_the_version_that_they_have_seen(desk: InboxDesk) -> None:
    view_id = await saved(desk, MINE)
    body = {"name": "Reviews", "filters": {"kind": ["review"]}, "expected_version": 1}
    changed = await desk.call("PUT", f"/views/{view_id}", json=body)
    assert changed.json() == {"version": 2}
    again = await desk.call("PUT", f"/views/{view_id}", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "inbox.saved_view_changed")
    (view,) = (await desk.call("GET", "/views")).json()
    assert (view["name"], view["filters"]["kind"], view["version"]) == ("Reviews", ["review"], 2)
    assert (await desk.call("DELETE", f"/views/{view_id}")).status_code == 204
    assert (await desk.call("GET", "/views")).json() == []


@pytest.mark.parametrize("body", [MINE, EVERYBODYS])
async def test_there_is_a_limit(desk: InboxDesk, body: dict[str, Any]) -> None:
    for _ in range(MOST_VIEWS):
        await saved(desk, body)
    refused = await desk.call("POST", "/views", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "inbox.saved_view_limit")


async def test_a_filter_that_there_is_not_is_refused(desk: InboxDesk) -> None:
    body = {"name": "Wrong", "filters": {"mood": "angry"}}
    assert (await desk.call("POST", "/views", json=body)).status_code == 422
