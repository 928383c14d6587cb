"""Notes for colleagues, with mentions; and the words that conversations are sorted by."""

from typing import Any
from uuid import UUID

import pytest

from services.inbox.models import Conversation, Note, Tag
from shared.events.inbox import NoteAdded, NoteChanged
from shared.ids import new_id
from shared.permissions import Level, Module, Sight
from tests.support.inbox_desk import InboxDesk


async def noted(desk: InboxDesk, conversation_id: UUID, body: str, *mentions: UUID) -> UUID:
    answer = await desk.call(
        "POST",
        f"/conversations/{conversation_id}/notes",
        json={"body": body, "mentions": [str(person) for person in mentions]},
    )
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def test_a_note_tells_whom_it_mentions_and_stands_in_the_timeline(desk: InboxDesk) -> None:
    ada, ben = await desk.member("Ada"), await desk.member("Ben")
    conversation_id = await desk.conversation()
    note_id = await noted(desk, conversation_id, "@Ada what do you think?", ada)

    body = {"body": "@Ada @Ben?", "mentions": [str(ada), str(ben)], "expected_version": 1}
    assert (await desk.call("PUT", f"/notes/{note_id}", json=body)).status_code == 204

    head: dict[str, Any] = {
        "workspace_id": desk.workspace_id,
        "conversation_id": conversation_id,
        "profile_id": desk.profile_id,
        "note_id": note_id,
        "by": desk.me,
    }
    assert await desk.events() == [
        NoteAdded(**head, conversation_version=2, mentions=(ada,)),
        NoteChanged(**head, conversation_version=3, mentions=(ben,)),
    ]
    answer = await desk.call("GET", f"/conversations/{conversation_id}/timeline")
    entries = answer.json()
    (shown,) = [entry["note"] for entry in entries if entry["note"]]
    assert (shown["body"], shown["version"]) == ("@Ada @Ben?", 2)
    lines = [entry["activity"]["kind"] for entry in entries if entry["activity"]]
    assert sorted(lines) == ["note_added", "note_changed"]


async def test_a_note_belongs_to_its_author(desk: InboxDesk) -> None:
    note_id = await noted(desk, await desk.conversation(), "Mine")
    other = desk.identity(await desk.member("Ben"), levels={Module.INBOX: Level.EDIT})
    body = {"body": "Yours", "expected_version": 1}
    refused = await desk.call("PUT", f"/notes/{note_id}", other, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "inbox.note_not_yours")
    assert (await desk.call("DELETE", f"/notes/{note_id}", other)).status_code == 403
    blind = desk.identity(await desk.member("Cas"), sight=Sight.ASSIGNED)
    for unseen in (note_id, new_id()):  # Nobody learns which of the two there is.
        answer = await desk.call("DELETE", f"/notes/{unseen}", blind)
        assert (answer.status_code, answer.json()["code"]) == (404, "inbox.note_not_found")
    stale = await desk.call("PUT", f"/notes/{note_id}", json={"body": "x", "expected_version": 7})
    assert (stale.status_code, stale.json()["data"]) == (409, {"version": 1})
    assert (await desk.row(Note, note_id)).body == "Mine"
    assert len(await desk.events()) == 1

    assert (await desk.call("DELETE", f"/notes/{note_id}")).status_code == 204
    assert await desk.rows(Note) == []


async def test_who_does_not_work_here_cannot_be_mentioned(desk: InboxDesk) -> None:
    conversation_id, gone = await desk.conversation(), await desk.member("Gone", active=False)
    for person in (gone, new_id()):
        answer = await desk.call(
            "POST",
            f"/conversations/{conversation_id}/notes",
            json={"body": "?", "mentions": [str(person)]},
        )
        assert (answer.status_code, answer.json()["code"]) == (422, "inbox.mention_unknown")
    assert (await desk.rows(Note), await desk.events()) == ([], [])


async def test_tags_are_made_renamed_and_taken_off_everything(desk: InboxDesk) -> None:
    made = await desk.call("POST", "/tags", json={"name": "Refund"})
    assert made.status_code == 201, made.text
    tag_id = UUID(made.json()["id"])
    conversation_id = await desk.conversation(tag_ids=[tag_id, new_id()])

    for name in ("Refund", "refund"):
        taken = await desk.call("POST", "/tags", json={"name": name})
        assert (taken.status_code, taken.json()["code"]) == (409, "inbox.tag_name_taken")
    renamed = {"name": "refund", "color": "#00ff00"}
    assert (await desk.call("PUT", f"/tags/{tag_id}", json=renamed)).status_code == 204
    listed = (await desk.call("GET", "/tags")).json()
    assert listed == [{"id": str(tag_id), "scope": "conversation", **renamed}]

    assert (await desk.call("DELETE", f"/tags/{tag_id}")).status_code == 204
    assert (await desk.call("DELETE", f"/tags/{tag_id}")).status_code == 404
    assert len((await desk.row(Conversation, conversation_id)).tag_ids) == 1


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
async def test_renaming_and_removing_tags_is_for_who_may_approve(
    desk: InboxDesk, method: str
) -> None:
    tag_id = await desk.tag("refund")
    editor = desk.identity(levels={Module.INBOX: Level.EDIT})
    body = {"json": {"name": "x", "color": "#000000"}} if method == "PUT" else {}
    answer = await desk.call(method, f"/tags/{tag_id}", editor, **body)
    assert answer.status_code == 403
    assert (await desk.row(Tag, tag_id)).name == "refund"
