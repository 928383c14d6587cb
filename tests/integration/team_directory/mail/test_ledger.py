"""What becomes of a message when the mail server, or we ourselves, misbehave."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import given
from sqlalchemy import text

from services.team_directory.commands.mail_ledger import MAIL
from shared.clock import ManualClock
from shared.db.transaction import LeaseLostError
from shared.ids import new_id
from tests.integration.team_directory.mail.test_tidings import mails
from tests.integration.team_directory.test_pages import listed, once_for_all
from tests.support.mail_server import MailServer
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.team_directory import DirectoryHand, Json, Somebody


async def invited(directory: DirectoryHand, owner: Somebody) -> Json:
    invitation = await directory.invite(owner, "zoe@acme.test", ["copywriter"])
    assert invitation["mailed"] is True
    return invitation


async def state_of(directory: DirectoryHand, owner: Somebody) -> tuple[str, str | None]:
    (line,) = await mails(directory, owner)
    return line["state"], line["code"]


async def test_an_invitation_is_mailed_and_its_link_works(
    directory: DirectoryHand, owner: Somebody, server: MailServer
) -> None:
    invitation = await invited(directory, owner)
    assert await directory.drain(MAIL) == 1
    assert server.subjects == ["Ada Owner invites you to Acme"]
    assert server.greeted == ["desk.acme.test"]
    link = f"https://desk.acme.test/join/{invitation['token']}"
    assert link in server.body()
    assert link in server.body("html")
    assert "List-Unsubscribe" not in server.received[0]
    assert (await directory.accept(invitation["token"], name="Zoe")).status_code == 200


async def test_the_end_of_a_link_is_kept_encrypted_and_only_until_it_is_sent(
    directory: DirectoryHand, owner: Somebody, server: MailServer
) -> None:
    async def secrets() -> list[bytes]:
        async with directory.service.database.read(owner.workspace_id) as read:
            query = text("SELECT secret FROM mails WHERE secret IS NOT NULL")
            return [row.secret for row in await read.all(query)]

    del server
    token = (await invited(directory, owner))["token"]
    (secret,) = await secrets()
    assert token.encode() not in secret
    await directory.drain(MAIL)
    assert await secrets() == []


async def test_a_withdrawn_or_replaced_link_is_not_sent(
    directory: DirectoryHand, owner: Somebody, server: MailServer
) -> None:
    invitation = await invited(directory, owner)
    again = await directory.call(owner, "POST", f"/invitations/{invitation['id']}/resend")
    assert again.json()["mailed"] is True
    assert await directory.drain(MAIL) == 2
    assert [again.json()["token"] in server.body()] == [True]
    assert len(server.received) == 1
    assert sorted(line["state"] for line in await mails(directory, owner)) == ["cancelled", "sent"]
    other = await directory.invite(owner, "yan@acme.test", ["copywriter"])
    await directory.call(owner, "DELETE", f"/invitations/{other['id']}")
    assert await directory.drain(MAIL) == 1
    assert len(server.received) == 1


async def test_a_new_password_is_mailed_in_the_language_of_the_person(
    directory: DirectoryHand, owner: Somebody, server: MailServer
) -> None:
    ben = await directory.join(owner, "copywriter")
    await directory.drain(MAIL)
    member = (await directory.call(owner, "GET", f"/members/{ben.id}")).json()
    body = {"version": member["version"], "locale": "zh"}
    assert (await directory.call(ben, "PATCH", f"/members/{ben.id}", body)).is_success
    server.reset()
    made = await directory.call(owner, "POST", f"/members/{ben.id}/password-reset")
    assert made.json()["mailed"] is True
    assert await directory.drain(MAIL) == 1
    assert (server.received[0]["To"], server.subjects) == ("ben@acme.test", ["重设 Parley 密码"])
    assert f"https://desk.acme.test{made.json()['path']}" in server.body()


async def test_a_passing_refusal_is_tried_again_with_the_same_message_id(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    await invited(directory, owner)
    server.on_data = "451 Try again later"
    await directory.drain(MAIL)
    assert await state_of(directory, owner) == ("pending", "smtp.451")
    server.on_data = None
    assert await directory.drain(MAIL) == 0
    clock.advance(timedelta(seconds=30))
    assert await directory.drain(MAIL) == 1
    assert await state_of(directory, owner) == ("sent", None)
    first, second = server.received
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.parametrize("step", ["on_rcpt", "on_data"])
async def test_a_lasting_refusal_is_the_end(
    directory: DirectoryHand, owner: Somebody, server: MailServer, step: str
) -> None:
    await invited(directory, owner)
    setattr(server, step, "550 No such mailbox")
    await directory.drain(MAIL)
    assert await state_of(directory, owner) == ("failed", "smtp.550")
    (line,) = await mails(directory, owner)
    assert line["detail"] == "550 No such mailbox"


async def test_a_server_that_is_away_is_asked_again_for_a_day(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    await invited(directory, owner)
    server.on_rcpt = "421 Going down"
    tries = 0
    for _ in range(100):
        tries += await directory.drain(MAIL)
        clock.advance(timedelta(minutes=30))
    assert await state_of(directory, owner) == ("failed", "smtp.421")
    assert 40 < tries < 60
    assert server.received == []


async def test_silence_after_the_message_is_unknown_and_never_sent_again(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    """The server has it, and what it would have said nobody knows."""
    await invited(directory, owner)
    server.silent = asyncio.Event()
    room = directory.service.app.state.tools.mail_room
    seconds, room.mailer._seconds = room.mailer._seconds, 0.3  # noqa: SLF001 -- Not to wait for 30.
    try:
        await directory.drain(MAIL)
    finally:
        room.mailer._seconds = seconds  # noqa: SLF001 -- As above.
        server.silent.set()
    assert await state_of(directory, owner) == ("unknown", "smtp.no_answer")
    clock.advance(timedelta(days=1))
    assert await directory.drain(MAIL) == 0
    assert len(server.received) == 1


async def test_a_worker_that_dies_while_sending_leaves_it_unknown(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    await invited(directory, owner)
    server.silent = asyncio.Event()
    dying = asyncio.create_task(directory.drain(MAIL))
    await asyncio.wait_for(server.got.wait(), 10)
    dying.cancel()
    # It waits for no answer of a server that gives none.
    await asyncio.wait((dying,), timeout=10)
    assert dying.done()
    server.silent.set()
    assert (await state_of(directory, owner))[0] == "sending"
    clock.advance(timedelta(minutes=6))
    assert await directory.drain(MAIL) == 1
    assert await state_of(directory, owner) == ("unknown", "mail.sender_lost")
    assert len(server.received) == 1


async def test_a_worker_that_dies_before_sending_costs_nothing(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    await invited(directory, owner)
    worker = next(it for it in directory.service.workers if it.name == MAIL)
    assert len(await worker.claim()) == 1  # And then nothing.
    clock.advance(timedelta(minutes=6))
    assert await directory.drain(MAIL) == 1
    assert len(server.received) == 1


async def test_who_slept_past_the_lease_sends_nothing(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    """Both have a message in hand; only one may go."""
    await invited(directory, owner)
    worker = next(it for it in directory.service.workers if it.name == MAIL)
    (slow,) = await worker.claim()
    clock.advance(timedelta(minutes=6))
    assert await directory.drain(MAIL) == 1
    with pytest.raises(LeaseLostError):
        await worker._kind.handle(slow)  # noqa: SLF001 -- What the sleeper would do on waking.
    assert len(server.received) == 1
    assert await state_of(directory, owner) == ("sent", None)


async def test_who_saw_it_taken_says_so_even_without_the_lease(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    await invited(directory, owner)
    server.silent = asyncio.Event()
    slow = asyncio.create_task(directory.drain(MAIL))
    await asyncio.wait_for(server.got.wait(), 10)
    clock.advance(timedelta(minutes=6))
    assert await directory.drain(MAIL) == 1
    assert (await state_of(directory, owner))[0] == "unknown"
    server.silent.set()
    await slow
    assert await state_of(directory, owner) == ("sent", None)
    assert len(server.received) == 1


async def test_the_ledger_is_for_those_who_run_the_directory(
    directory: DirectoryHand, owner: Somebody, server: MailServer
) -> None:
    del server
    ben = await directory.join(owner, "community_manager")
    answer = await directory.call(ben, "GET", "/mails")
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_missing")


async def test_the_ledger_is_kept_for_ninety_days_and_what_waits_for_longer(
    directory: DirectoryHand, owner: Somebody, server: MailServer, clock: ManualClock
) -> None:
    del server
    await invited(directory, owner)
    await directory.drain(MAIL)
    await directory.invite(owner, "yan@acme.test", ["copywriter"])
    clock.advance(timedelta(days=90, seconds=1))
    await directory.service.retention.sweep()
    assert [line["state"] for line in await mails(directory, owner)] == ["pending"]


@once_for_all
@given(rows=ROWS, turns=TURNS)
async def test_pages_show_each_message_once_while_more_are_written(
    directory: DirectoryHand, owner: Somebody, rows: list[int], turns: list[Turn]
) -> None:
    async def arrive(_moment: int) -> None:
        await directory.invite(owner, f"{new_id()}@acme.test", ["copywriter"])

    for moment in rows:
        await arrive(moment)
    whole = await listed(directory, owner, "/mails", {"limit": 200})
    assert len(whole["items"]) >= len(rows)
    shown = await turned(lambda params: listed(directory, owner, "/mails", params), arrive, turns)
    assert_each_once(shown, [line["id"] for line in whole["items"]])
