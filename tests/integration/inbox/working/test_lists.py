"""Lists, counts and search: what is found, in which order, for whom, with how many statements."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.clock import ManualClock
from shared.identity import Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Sight
from tests.support.copies import copy_rows
from tests.support.inbox_desk import InboxDesk
from tests.support.statements import statements_of

HOUR = timedelta(hours=1)


async def listed(
    desk: InboxDesk, identity: Identity | None = None, **wanted: Any
) -> Sequence[UUID]:
    answer = await desk.call("GET", "/conversations", identity, params=wanted)
    assert answer.status_code == 200, answer.text
    return [UUID(item["id"]) for item in answer.json()["items"]]


async def test_the_newest_comes_first_and_pages_turn_both_ways(
    desk: InboxDesk, clock: ManualClock
) -> None:
    ids = [
        await desk.conversation(f"Number {number}", at=clock.now() - number * HOUR)
        for number in range(5)
    ]
    pages, cursor = [], None
    for _ in range(3):
        params = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        answer = (await desk.call("GET", "/conversations", params=params)).json()
        pages.append([UUID(item["id"]) for item in answer["items"]])
        cursor, back = answer["next_cursor"], answer["previous_cursor"]
    assert pages == [ids[:2], ids[2:4], ids[4:]]
    assert cursor is None

    assert await listed(desk, limit=2, cursor=back) == ids[2:4]
    newest = await desk.conversation("New", at=clock.now() + HOUR)
    top = (await desk.call("GET", "/conversations", params={"limit": 2})).json()
    assert await listed(desk, limit=2, cursor=top["previous_cursor"]) == []
    assert UUID(top["items"][0]["id"]) == newest


async def test_who_waits_longest_comes_first_and_nobody_else(
    desk: InboxDesk, clock: ManualClock
) -> None:
    long = await desk.conversation(at=clock.now() - 3 * HOUR)
    short = await desk.conversation(at=clock.now() - HOUR)
    await desk.conversation(waiting_since=None)
    assert await listed(desk, order="waiting") == [long, short]
    first = await desk.call("GET", "/conversations", params={"order": "waiting", "limit": 1})
    cursor = first.json()["next_cursor"]
    assert await listed(desk, order="waiting", cursor=cursor) == [short]


async def test_filters_narrow_each_other(desk: InboxDesk, clock: ManualClock) -> None:
    other_profile, team, tag = await desk.profile(), await desk.team(), await desk.tag("refund")
    grace = await desk.contact("Grace")
    wanted = await desk.conversation(
        contact_id=grace,
        state="handled",
        profile_id=other_profile,
        kind="dm",
        assignee_id=desk.me,
        team_id=team,
        tag_ids=[tag],
        at=clock.now() - 48 * HOUR,
        waiting_since=None,
    )
    other = await desk.conversation()
    only: Mapping[str, Any] = {
        "state": "handled",
        "profile_id": str(other_profile),
        "kind": "dm",
        "assignee": "me",
        "team_id": str(team),
        "tag_id": str(tag),
        "contact_id": str(grace),
        "until": (clock.now() - 24 * HOUR).isoformat(),
    }
    for name, value in only.items():
        assert await listed(desk, **{name: value}) == [wanted], name
    assert await listed(desk, **only) == [wanted]
    assert await listed(desk, **{**only, "assignee": "none"}) == []
    others: Mapping[str, Any] = {
        "state": "open",
        "assignee": "none",
        "waiting": True,
        "since": (clock.now() - 24 * HOUR).isoformat(),
    }
    for name, value in others.items():
        assert await listed(desk, **{name: value}) == [other], name
    assert set(await listed(desk, network="fake")) == {wanted, other}
    assert await listed(desk, assignee=str(new_id())) == []


async def test_nobody_sees_more_than_their_own(desk: InboxDesk) -> None:
    other_profile, my_team, their_team = await desk.profile(), await desk.team(), new_id()
    free = await desk.conversation("apple")
    mine = await desk.conversation("apple", assignee_id=desk.me)
    team = await desk.conversation("apple", team_id=my_team)
    theirs = await desk.conversation("apple", team_id=their_team, assignee_id=new_id())
    elsewhere = await desk.conversation("apple", profile_id=other_profile)
    everything = {free, mine, team, theirs, elsewhere}
    cases: Sequence[tuple[Mapping[str, Any], set[UUID]]] = [
        ({}, everything),
        ({"profile_ids": frozenset({desk.profile_id})}, everything - {elsewhere}),
        ({"profile_ids": frozenset()}, set()),
        ({"sight": Sight.ASSIGNED}, {mine}),
        ({"sight": Sight.TEAM, "team_ids": frozenset({my_team})}, {mine, team}),
        ({"sight": Sight.TEAM}, {mine}),
    ]
    for access, seen in cases:
        identity = desk.identity(**access)
        assert set(await listed(desk, identity)) == seen, access
        assert set(await listed(desk, identity, q="apple")) == seen, access
        counts = (await desk.call("GET", "/conversations/counts", identity)).json()
        assert counts["open"] == {"count": len(seen), "more": False}, access
        for hidden in everything - seen:
            for path in ("", "/interactions", "/timeline"):
                answer = await desk.call("GET", f"/conversations/{hidden}{path}", identity)
                assert answer.status_code == 404, (access, path)
    nothing = desk.identity(levels={Module.INBOX: Level.NONE})
    assert (await desk.call("GET", "/conversations", nothing)).status_code == 403


async def test_another_workspace_sees_nothing(desk: InboxDesk) -> None:
    conversation_id = await desk.conversation("apple")
    stranger = InboxDesk(desk.hand, desk.clock)
    assert await listed(stranger) == []
    assert await listed(stranger, q="apple") == []
    assert (await stranger.call("GET", f"/conversations/{conversation_id}")).status_code == 404


async def test_each_view_is_counted(desk: InboxDesk) -> None:
    await desk.conversation()
    await desk.conversation(assignee_id=desk.me)
    await desk.conversation(state="snoozed")
    await desk.conversation(state="handled")
    await desk.conversation(state="handled", assignee_id=desk.me)
    counts = (await desk.call("GET", "/conversations/counts")).json()
    assert {name: view["count"] for name, view in counts.items()} == {
        "open": 2,
        "mine": 1,
        "unassigned": 1,
        "snoozed": 1,
        "handled": 2,
    }


async def test_more_than_a_person_takes_in_is_not_counted(desk: InboxDesk) -> None:
    await desk.conversation()
    await copy_rows(desk.database, desk.workspace_id, "conversations", 999)
    counts = (await desk.call("GET", "/conversations/counts")).json()
    assert counts["open"] == {"count": 1000, "more": False}
    await desk.conversation()
    counts = (await desk.call("GET", "/conversations/counts")).json()
    assert counts["open"] == {"count": 1000, "more": True}
    assert counts["mine"] == {"count": 0, "more": False}


@pytest.mark.parametrize(
    ("case", "q", "found"),
    [
        ("beginning of a word", "refu", ["refund"]),
        ("all words, any order", "order refund", ["refund"]),
        ("the author", "okafor", ["refund", "tea", "tax"]),
        ("two characters", "退款", ["tea", "tax"]),
        ("one character", "茶", ["tea"]),
        ("a longer run", "退款单", ["tax"]),
        ("pairs without the run are no match", "款退款", []),
        ("both kinds at once", "tea 退款", ["tea"]),
        ("full width", "\uff32efund", ["refund"]),
        ("nothing to look for", "?!", []),
        ("what nobody wrote", "zebra", []),
        ("operators are no syntax", "refund & !order:*", ["refund"]),
    ],
)
async def test_search_finds(
    desk: InboxDesk, clock: ManualClock, case: str, q: str, found: Sequence[str]
) -> None:
    ids = {
        name: await desk.conversation(text, at=clock.now() - number * HOUR)
        for number, (name, text) in enumerate(
            {
                "refund": "My order: I want a REFUND.",
                "tea": "tea 茶 想要退款吗",
                "tax": "退款单在哪里",
            }.items()
        )
    }
    assert await listed(desk, q=q) == [ids[name] for name in found], case


async def test_search_pages_by_the_newest_match_of_each_conversation(
    desk: InboxDesk, clock: ManualClock
) -> None:
    old = await desk.conversation("apple", at=clock.now() - 9 * HOUR)
    new = await desk.conversation("apple", at=clock.now() - 8 * HOUR)
    await desk.write(new, "an apple again", at=clock.now() - HOUR)
    await desk.write(old, "but no fruit", at=clock.now())
    first = (await desk.call("GET", "/conversations", params={"q": "apple", "limit": 1})).json()
    assert [UUID(item["id"]) for item in first["items"]] == [new]
    assert first["items"][0]["hit_at"] == (clock.now() - HOUR).isoformat().replace("+00:00", "Z")
    cursor = first["next_cursor"]
    assert await listed(desk, q="apple", limit=1, cursor=cursor) == [old]


async def test_search_keeps_to_the_filters(desk: InboxDesk) -> None:
    await desk.conversation("apple")
    handled = await desk.conversation("apple", state="handled")
    assert await listed(desk, q="apple", state="handled") == [handled]


async def test_a_strange_cursor_is_refused(desk: InboxDesk) -> None:
    for cursor in ("x", "W10", "WyJvbiIsMSwyXQ", "WyJvbiIsIjIwMjYtMDEtMDEiLCJ4Il0"):
        answer = await desk.call("GET", "/conversations", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (422, "pages.cursor"), cursor


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/conversations", 1),
        ("/conversations?order=waiting", 1),
        ("/conversations/counts", 1),
        ("/conversations?q=apple", 3),
        ("/conversations?q=apple&limit=1", 1),
        ("/conversations/{}/interactions", 2),
        ("/conversations/{}", 4),
        ("/actions?state=unknown", 1),
    ],
)
async def test_lists_ask_the_database_as_often_however_long_they_are(
    desk: InboxDesk, path: str, most: int
) -> None:
    ids = [await desk.conversation("apple") for _ in range(3)]
    with statements_of(desk.database) as statements:
        answer = await desk.call("GET", path.format(ids[0]))
    assert answer.status_code == 200, answer.text
    assert len(statements) <= most, statements
