"""Who is told of what: each person once, and nobody of their own deed."""

from datetime import timedelta
from uuid import UUID

import pytest

from shared.clock import ManualClock
from shared.events.inbox import NoteChanged
from shared.events.scheduler import PublicationAtRisk, PublicationState
from shared.events.team_directory import NotificationAdded
from shared.events.ticketing import (
    SlaNear,
    SlaTarget,
    TicketNoteAdded,
    TicketStateChanged,
    TicketWatchersChanged,
)
from shared.ids import new_id
from tests.support.team_directory import DirectoryHand, Somebody
from tests.support.tidings import Tidings


@pytest.fixture
async def eva(directory: DirectoryHand, owner: Somebody) -> Somebody:
    return await directory.join(owner, "social_media_manager", email="eva@acme.test")


async def test_the_assignee_is_told_in_both_languages_and_by_the_stream(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, ben: Somebody
) -> None:
    await directory.forget_events()
    event = tidings.assigned(ben, by=owner.id, team_id=new_id())
    await tidings.tell(event)
    (told,) = await tidings.listed(ben)
    assert told["title"] == {
        "en": "Ada Owner assigned you a conversation on an account",
        "zh": "Ada Owner 将 某账号 上的一个对话分配给了你",
    }
    assert (told["kind"], told["path"]) == ("assigned", f"/inbox/{event.conversation_id}")
    assert told["read_at"] is None
    assert await tidings.listed(owner) == []
    assert await directory.events() == [
        NotificationAdded(
            workspace_id=owner.workspace_id,
            person_id=ben.id,
            notification_id=UUID(told["id"]),
            kind="assigned",
            subject_type="conversation",
            subject_id=event.conversation_id,
            module="inbox",
            profile_id=event.profile_id,
            assignee_id=ben.id,
            team_id=event.team_id,
        )
    ]


async def test_nobody_is_told_of_their_own_deed(tidings: Tidings, ben: Somebody) -> None:
    await tidings.tell(
        tidings.assigned(ben, by=ben.id),
        tidings.noted(ben, by=ben.id),
        tidings.ticket_assigned(ben, by=ben.id),
    )
    assert await tidings.listed(ben) == []


async def test_an_assignment_that_changes_nothing_is_no_news(
    tidings: Tidings, ben: Somebody
) -> None:
    await tidings.tell(tidings.assigned(ben, previous_assignee_id=ben.id))
    assert await tidings.listed(ben) == []


async def test_a_team_is_told_of_what_waits_for_it(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, ben: Somebody
) -> None:
    body = {"name": "Care", "member_ids": [str(ben.id), str(owner.id)]}
    team_id = UUID((await directory.call(owner, "POST", "/teams", body)).json()["id"])
    await tidings.tell(tidings.assigned(None, team_id=team_id, by=owner.id))
    assert await tidings.titles(ben) == [
        "Ada Owner assigned your team a conversation on an account"
    ]
    assert await tidings.listed(owner) == []


async def test_a_note_tells_each_mentioned_person_once(
    tidings: Tidings, ben: Somebody, eva: Somebody
) -> None:
    note = tidings.noted(ben)
    fields = note.model_dump(exclude={"mentions", "conversation_version"})
    again = NoteChanged(**fields, conversation_version=9, mentions=(ben.id, eva.id))
    gone = NoteChanged(**fields, conversation_version=10, removed=True)
    await tidings.tell(note, again, gone)
    assert [each["kind"] for each in await tidings.listed(ben)] == ["mentioned"]
    assert [each["kind"] for each in await tidings.listed(eva)] == ["mentioned"]


async def test_those_who_work_on_a_ticket_or_watch_it_hear_what_happens(
    tidings: Tidings, ben: Somebody, eva: Somebody
) -> None:
    ticket = tidings.ticket(assignee_id=ben.id, watcher_ids=(eva.id,))
    await tidings.tell(
        TicketNoteAdded(**ticket, note_id=new_id(), by=new_id(), mentions=(eva.id,)),
        TicketStateChanged(
            **{**ticket, "ticket_version": 3},
            by=None,
            state="open",
            previous="pending",
            reason="reply",
        ),
    )
    assert sorted(await tidings.titles(ben)) == [
        "Parley wrote a note on the ticket “Lost parcel”",
        "The customer wrote again: the ticket “Lost parcel” is open",
    ]
    # Who is mentioned is not told a second time as somebody who watches.
    assert [each["kind"] for each in await tidings.listed(eva)] == ["ticket_activity", "mentioned"]


async def test_who_is_made_to_watch_hears_of_it(
    tidings: Tidings, owner: Somebody, ben: Somebody
) -> None:
    ticket = tidings.ticket(watcher_ids=(ben.id,))
    seen = {"by": owner.id, "person_id": ben.id}
    await tidings.tell(TicketWatchersChanged(**ticket, **seen, watching=True))
    assert await tidings.titles(ben) == ["Ada Owner lets you follow the ticket “Lost parcel”"]


async def test_a_promise_calls_the_assignee_or_whoever_can_help(
    tidings: Tidings, owner: Somebody, ben: Somebody, eva: Somebody, clock: ManualClock
) -> None:
    promise = {"target": SlaTarget.FIRST_RESPONSE, "run": 1, "due_at": clock.now()}
    await tidings.tell(SlaNear(**tidings.ticket(assignee_id=ben.id), **promise))
    assert await tidings.titles(ben) == [
        "The ticket “Lost parcel” will soon miss its first response"
    ]
    # Nobody has it: whoever decides about tickets is called, and who only views them is not.
    nobodys = tidings.ticket()
    await tidings.tell(SlaNear(**nobodys, **promise))
    moved = {**promise, "due_at": clock.now() + timedelta(hours=1)}
    await tidings.tell(SlaNear(**nobodys, **promise), SlaNear(**nobodys, **moved))
    assert len(await tidings.listed(ben)) == 1
    assert [each["kind"] for each in await tidings.listed(eva)] == ["sla_near", "sla_near"]
    assert [each["kind"] for each in await tidings.listed(owner)] == ["sla_near", "sla_near"]


async def test_a_failed_post_calls_its_author_and_those_who_decide(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, ben: Somebody
) -> None:
    writer = await directory.join(owner, "copywriter", email="writer@acme.test")
    failed = tidings.published(
        PublicationState.FAILED, author_id=writer.id, reason="network.refused"
    )
    passing = tidings.published(
        PublicationState.UNKNOWN, author_id=writer.id, reason="network.timeout"
    )
    unsettled = tidings.published(
        PublicationState.UNKNOWN, author_id=writer.id, reason="scheduler.unsettled"
    )
    fine = tidings.published(PublicationState.PUBLISHED, author_id=writer.id)
    await tidings.tell(failed, passing, unsettled, fine)
    expected = {
        "A post could not be published on an account",
        "Nobody knows whether a post was published on an account; please look there",
    }
    for person in (writer, owner):
        assert set(await tidings.titles(person)) == expected
    assert await tidings.listed(ben) == []
    reasons = {each["facts"]["reason"] for each in await tidings.listed(writer)}
    assert reasons == {"network.refused", "scheduler.unsettled"}


async def test_a_post_at_risk_is_told_once_for_its_time_and_reason(
    tidings: Tidings, owner: Somebody, clock: ManualClock
) -> None:
    about = {
        **tidings.published(PublicationState.PENDING).model_dump(
            include={"workspace_id", "post_id", "publication_id", "profile_id", "network"}
        ),
        "due_at": clock.now() + timedelta(hours=3),
        "reason": "network.auth_revoked",
    }
    for version, at_risk in ((2, True), (3, False), (4, True)):
        clock.advance(timedelta(seconds=1))
        await tidings.tell(PublicationAtRisk(**about, post_version=version, at_risk=at_risk))
    assert await tidings.titles(owner) == [
        "A planned post on an account will fail unless somebody helps"
    ]


async def test_strangers_and_those_who_left_are_not_told(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, ben: Somebody
) -> None:
    await tidings.tell(tidings.assigned(ben))
    assert (await directory.call(owner, "DELETE", f"/members/{ben.id}")).status_code == 204
    await directory.forget_events()
    await tidings.tell(tidings.assigned(ben), tidings.noted(ben))
    assert await directory.events() == []
