"""Somebody forgot their password: a link by mail, and no word about who has an account."""

import re
from datetime import timedelta

import pytest

from services.team_directory.commands.forgotten import FORGOTTEN
from services.team_directory.commands.mail_ledger import MAIL
from shared.clock import ManualClock
from shared.events.team_directory import AccessChanged
from tests.support.mail_server import MailServer
from tests.support.team_directory import DirectoryHand, Somebody, said

NEW = {"password": "a wholly different phrase"}


async def ask(directory: DirectoryHand, email: str, ip: str = "203.0.113.7") -> tuple[int, bytes]:
    answer = await directory.gateway("POST", "/password-resets", {"email": email, "ip": ip})
    return answer.status_code, answer.content


async def link_for(directory: DirectoryHand, server: MailServer, email: str) -> str:
    """The path under which the gateway sets a new password, out of the mail that came."""
    assert await ask(directory, email) == (204, b"")
    assert await directory.drain(FORGOTTEN) == 1
    assert await directory.drain(MAIL) == 1
    assert server.received[-1]["To"] == email.lower()
    found = re.search(r"https://desk\.acme\.test/reset/(\S+)", server.body())
    assert found is not None
    return f"/password-resets/{found[1]}"


@pytest.fixture
async def ben(directory: DirectoryHand, owner: Somebody, server: MailServer) -> Somebody:
    somebody = await directory.join(owner, "copywriter")
    await directory.drain(MAIL)
    server.reset()
    return somebody


async def test_a_link_comes_by_mail_works_once_and_ends_every_session(
    directory: DirectoryHand, owner: Somebody, ben: Somebody, server: MailServer
) -> None:
    path = await link_for(directory, server, "Ben@acme.test")
    await directory.forget_events()
    assert (await directory.gateway("POST", path, NEW)).status_code == 204
    assert (await directory.resolve(ben.token)).status_code == 401
    assert [type(event) for event in await directory.events()] == [AccessChanged]
    assert (await directory.log_in("ben@acme.test")).status_code == 401
    assert (await directory.log_in("ben@acme.test", **NEW)).status_code == 200
    assert (await directory.gateway("POST", path, NEW)).status_code == 404
    actions = {entry["action"] for entry in await directory.audit(owner)}
    assert actions >= {"person.reset_requested", "person.password_reset"}


@pytest.mark.usefixtures("ben")
async def test_a_link_ends_after_an_hour(
    directory: DirectoryHand, server: MailServer, clock: ManualClock
) -> None:
    path = await link_for(directory, server, "ben@acme.test")
    clock.advance(timedelta(hours=1))
    assert said(await directory.gateway("POST", path, NEW)) == (404, "directory.reset_unknown")
    assert (await directory.log_in("ben@acme.test")).status_code == 200


@pytest.mark.usefixtures("ben")
async def test_nobody_learns_who_has_an_account(
    directory: DirectoryHand, server: MailServer
) -> None:
    """Neither by the answer, nor by what is done before it, nor by the limit."""
    known = [await ask(directory, "ben@acme.test") for _ in range(4)]
    unknown = [await ask(directory, "eve@acme.test") for _ in range(4)]
    assert [status for status, _ in known] == [204, 204, 204, 429]
    assert [status for status, _ in unknown] == [204, 204, 204, 429]
    assert await directory.drain(FORGOTTEN) == 2
    assert await directory.drain(MAIL) == 1
    assert [mail["To"] for mail in server.received] == ["ben@acme.test"]


@pytest.mark.usefixtures("ben")
async def test_whoever_asks_again_and_again_makes_no_link_useless(
    directory: DirectoryHand, server: MailServer, clock: ManualClock
) -> None:
    first = await link_for(directory, server, "ben@acme.test")
    await link_for(directory, server, "ben@acme.test")
    assert (await directory.gateway("POST", first, NEW)).status_code == 204
    assert await ask(directory, "ben@acme.test") == (204, b"")
    assert (await ask(directory, "ben@acme.test"))[0] == 429
    clock.advance(timedelta(minutes=20))
    assert (await ask(directory, "ben@acme.test"))[0] == 204


async def test_the_end_of_the_link_is_stored_nowhere_in_the_clear(
    directory: DirectoryHand, owner: Somebody, ben: Somebody, server: MailServer
) -> None:
    path = await link_for(directory, server, "ben@acme.test")
    token = path.rpartition("/")[2]
    del owner, ben
    async with directory.service.database.engine.connect() as connection:
        for table in ("password_resets", "mails", "work_items", "outbox"):
            query = f"SELECT {table}::text FROM {table}"  # noqa: S608 -- Named above.
            rows = await connection.exec_driver_sql(query)
            assert token not in str(rows.all())
