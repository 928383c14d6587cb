"""Notifications by mail: at once, gathered, in quiet hours, as a digest, and only what one sees."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from services.team_directory.commands.mail_ledger import MAIL
from services.team_directory.commands.notify import TELL_AT_ONCE, TELL_DIGEST
from shared.clock import ManualClock
from shared.events.scheduler import PublicationState
from shared.ids import new_id
from tests.support.mail_server import MailServer
from tests.support.team_directory import DirectoryHand, Json, Somebody
from tests.support.tidings import Tidings

SECOND = timedelta(seconds=1)


async def mails(directory: DirectoryHand, owner: Somebody) -> list[Json]:
    answer = await directory.call(owner, "GET", "/mails")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["items"]
    return found


async def send(directory: DirectoryHand) -> int:
    """What is due now; the number of messages that were taken up."""
    await directory.drain(TELL_AT_ONCE)
    await directory.drain(TELL_DIGEST)
    return await directory.drain(MAIL)


async def prefer(directory: DirectoryHand, person: Somebody, **body: Any) -> None:
    answer = await directory.call(
        person, "PUT", "/notifications/preferences", {"choices": {}, **body}
    )
    assert answer.status_code == 204, answer.text


async def test_a_notification_is_mailed_to_its_person_alone(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    await tidings.tell(tidings.assigned(owner))
    assert await send(directory) == 0
    clock.advance(10 * SECOND)
    assert await send(directory) == 1
    assert await send(directory) == 0
    (message,) = server.received
    assert (message["To"], message["From"]) == ("ada@acme.test", "Parley <parley@desk.acme.test>")
    assert server.subjects == ["Parley assigned you a conversation on an account"]
    assert "https://desk.acme.test/inbox/" in server.body()
    assert "https://desk.acme.test/inbox/" in server.body("html")
    (line,) = await mails(directory, owner)
    assert (line["kind"], line["state"], line["attempts"]) == ("notifications", "sent", 1)
    assert message["Message-ID"] == f"<{line['id']}@desk.acme.test>"


async def test_a_burst_is_one_mail(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    await tidings.tell(*(tidings.assigned(owner) for _ in range(25)))
    clock.advance(5 * SECOND)
    await tidings.tell(tidings.noted(owner))
    clock.advance(5 * SECOND)
    assert await send(directory) == 1
    assert server.subjects == ["26 notifications · Acme"]
    assert server.body().count("* Parley assigned you") == 20
    assert "and 6 more" in server.body()
    # What comes later is another mail.
    await tidings.tell(tidings.noted(owner))
    clock.advance(10 * SECOND)
    assert await send(directory) == 1
    assert server.subjects[1:] == ["Parley mentioned you in a note on a conversation on an account"]


async def test_it_speaks_the_language_and_tells_the_time_of_its_reader(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    member = (await directory.call(owner, "GET", f"/members/{owner.id}")).json()
    body = {"version": member["version"], "locale": "zh-CN", "time_zone": "Asia/Shanghai"}
    assert (await directory.call(owner, "PATCH", f"/members/{owner.id}", body)).is_success
    await tidings.tell(tidings.missed(assignee_id=owner.id))
    clock.advance(10 * SECOND)
    assert await send(directory) == 1
    assert server.subjects == ["工单“Lost parcel”的首次响应已超期"]
    assert "截止时间：2026年3月2日 17:00 (Asia/Shanghai)" in server.body()
    assert 'lang="zh"' in server.body("html")


async def test_what_was_read_or_may_not_be_seen_any_more_is_not_mailed(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    product = await directory.join(owner, "product_manager")
    await directory.drain(MAIL)
    server.reset()
    event = tidings.assigned(product)
    about = event.model_dump(include={"conversation_id", "profile_id"})
    await tidings.tell(event, tidings.assigned(owner))
    clock.advance(10 * SECOND)
    await directory.drain(TELL_AT_ONCE)
    # Between gathering and sending it went to somebody else, and the other one was read.
    await tidings.tell(tidings.assigned(None, **about, conversation_version=9))
    await directory.call(owner, "POST", "/notifications/read-all", {})
    assert await directory.drain(MAIL) == 2
    assert server.received == []
    lines = await mails(directory, owner)
    assert [line["state"] for line in lines if line["kind"] == "notifications"] == ["cancelled"] * 2


async def test_what_was_settled_before_or_after_gathering_is_not_mailed(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    posts = [{"publication_id": new_id(), "author_id": owner.id} for _ in range(2)]
    await tidings.tell(*(tidings.published(PublicationState.FAILED, **post) for post in posts))
    for post in posts:
        clock.advance(10 * SECOND)
        await tidings.tell(tidings.published(PublicationState.PUBLISHED, **post))
        await directory.drain(TELL_AT_ONCE)
    assert await directory.drain(MAIL) == 1
    assert server.received == []


async def test_quiet_hours_hold_it_back(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    # It is ten in the morning in Berlin.
    await prefer(directory, owner, quiet_from="09:30", quiet_until="11:00")
    await tidings.tell(tidings.assigned(owner))
    clock.advance(timedelta(minutes=59))
    assert await send(directory) == 0
    clock.advance(timedelta(minutes=1))
    assert await send(directory) == 1
    assert len(server.received) == 1


async def test_quiet_hours_that_begin_while_it_is_gathered_are_kept(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    await tidings.tell(tidings.assigned(owner))
    await prefer(directory, owner, quiet_from="10:00", quiet_until="11:00")
    clock.advance(10 * SECOND)
    assert await send(directory) == 0
    clock.advance(timedelta(hours=1))
    assert await send(directory) == 1


async def test_the_digest_comes_at_its_hour_with_what_is_unread(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    digest = {"in_app": True, "email": "digest"}
    await prefer(directory, owner, choices={"assigned": digest, "mentioned": digest})
    kept, read = tidings.assigned(owner), tidings.noted(owner)
    await tidings.tell(kept, read)
    body = {"subject_id": str(read.conversation_id)}
    await directory.call(owner, "POST", "/notifications/read-all", body)
    clock.advance(timedelta(hours=21, minutes=59))  # Eight in the morning in Berlin is seven.
    assert await send(directory) == 0
    clock.advance(timedelta(minutes=1))
    assert await send(directory) == 1
    assert server.subjects == ["What you have missed · Acme"]
    assert server.body().count("* Parley") == 1
    clock.advance(timedelta(days=1))
    assert await send(directory) == 0


async def test_another_hour_of_the_digest_holds_at_once(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    choices = {"assigned": {"in_app": True, "email": "digest"}}
    await prefer(directory, owner, choices=choices)
    await tidings.tell(tidings.assigned(owner))
    await prefer(directory, owner, choices=choices, digest_at="10:30")
    clock.advance(timedelta(minutes=30))
    assert await send(directory) == 1


async def test_the_link_in_it_ends_further_mail(
    tidings: Tidings,
    directory: DirectoryHand,
    owner: Somebody,
    server: MailServer,
    clock: ManualClock,
) -> None:
    await tidings.tell(tidings.assigned(owner))
    clock.advance(10 * SECOND)
    await send(directory)
    (message,) = server.received
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = str(message["List-Unsubscribe"])
    path = urlsplit(header.strip("<>")).path
    assert header.strip("<>") in server.body()
    token = path.rpartition("/")[2]
    assert path == f"/api/v1/unsubscribe/{token}"

    await tidings.tell(tidings.assigned(owner))
    for damaged in (token[:-2] + "AA", "A" * 64, "short", "é"):
        answer = await directory.gateway("POST", f"/unsubscribe/{damaged}")
        assert (answer.status_code, answer.json()["code"]) == (404, "directory.unsubscribe_link")
    about = (await directory.gateway("GET", f"/unsubscribe/{token}")).json()
    assert about == {"workspace_name": "Acme", "locale": "en"}
    for _ in range(2):
        assert (await directory.gateway("POST", f"/unsubscribe/{token}")).status_code == 204
    clock.advance(10 * SECOND)
    assert await send(directory) == 0
    chosen = (await directory.call(owner, "GET", "/notifications/preferences")).json()
    assert {choice["email"] for choice in chosen["choices"]} == {"off"}
    assert chosen["email_available"] is True
    assert await tidings.unread(owner) == 2
    assert (await directory.audit(owner, "?action=person.unsubscribed"))[0]["actor_id"] == str(
        owner.id
    )


async def test_old_news_is_not_mailed_when_a_mail_server_comes_late(
    tidings: Tidings, directory: DirectoryHand, owner: Somebody, clock: ManualClock
) -> None:
    await tidings.tell(tidings.assigned(owner))
    clock.advance(timedelta(days=1, seconds=1))
    assert await send(directory) == 0
