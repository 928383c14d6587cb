"""Somebody is given a conversation: the stream and the list say so at once, and mail follows.

The real processes, with the local mailbox as the mail server.
"""

from collections.abc import AsyncIterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.topology import GATEWAY, MAILBOX
from tests.e2e.test_slice import connect
from tests.support.desk import DeskHand, browser, colleague_of, until
from tests.support.platform import LocalPlatform
from tests.support.sandbox import SandboxHand

pytestmark = [pytest.mark.processes]

Json = dict[str, Any]


class Mailbox:
    """What lies in the mailbox of this machine."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def letter(self, recipient: str, subject: str) -> Json:
        """The newest message to somebody, once it is there."""

        async def look() -> Json | None:
            messages = (await self._http.get("/api/messages")).json()
            return next(
                (
                    message
                    for message in messages
                    if message["recipients"] == [recipient] and message["subject"] == subject
                ),
                None,
            )

        return await until(look)


@pytest.fixture
async def mailbox(running: LocalPlatform) -> AsyncIterator[Mailbox]:
    url = running.url(MAILBOX)
    async with httpx.AsyncClient(base_url=url, timeout=10, trust_env=False) as http:
        yield Mailbox(http)


def header(letter: Json, name: str) -> str:
    return str(next(value for key, value in letter["headers"] if key == name))


async def assign(owner: DeskHand, conversation: Json, person_id: str) -> None:
    """Once the inbox has heard of the new colleague."""
    body = {"assignee_id": person_id, "expected_version": conversation["version"]}
    path = f"/inbox/conversations/{conversation['id']}/assignment"

    async def attempt() -> bool:
        answer = await owner.try_to("PUT", path, body)
        assert answer.is_success or answer.json()["code"] == "inbox.assignee", answer.text
        return answer.is_success

    await until(attempt)


async def test_an_assignment_reaches_its_person_by_stream_list_and_mail(
    owner: DeskHand, network: SandboxHand, running: LocalPlatform, mailbox: Mailbox
) -> None:
    scene = await connect(owner, network, "notified")
    await scene.comment("Who looks after this?")
    conversation = await owner.conversation_with("Who looks after this?")
    url, email = running.url(GATEWAY), "assignee@example.com"
    async with colleague_of(owner, url, email, "community_manager") as colleague:
        person_id = (await colleague.do("GET", "/session"))["person"]["id"]
        async with colleague.listening() as ours, owner.listening() as others:
            await assign(owner, conversation, person_id)
            await ours.expect("team_directory.notification_added", conversation["id"])
            await others.expect("inbox.conversation_assigned", conversation["id"])
            (told,) = (await colleague.do("GET", "/team/notifications"))["items"]
            title = "Olive Owner assigned you a conversation on notified"
            assert told["title"]["en"] == title
            assert told["path"] == f"/inbox/{conversation['id']}"
            assert not [it for it in others.events if it[0].startswith("team_directory.notif")]
            letter = await mailbox.letter(email, title)
            assert f"{url}{told['path']}" in letter["text"]

            seen = {"notification_ids": [told["id"]]}
            await colleague.do("POST", "/team/notifications/read", seen)
            await ours.expect("team_directory.notifications_read", told["id"])
        assert (await colleague.do("GET", "/team/notifications/unread"))["unread"] == 0
        await stop_mail(colleague, header(letter, "List-Unsubscribe"), url)


async def stop_mail(colleague: DeskHand, link: str, url: str) -> None:
    """As a mail client does by itself: no login, no cookie, one request."""
    link = link.strip("<>")
    assert link.startswith(f"{url}/api/v1/unsubscribe/")
    path = urlsplit(link).path
    async with httpx.AsyncClient(base_url=url, timeout=15, trust_env=False) as client:
        page = await client.get(path)
        assert (page.status_code, "Acme" in page.text) == (200, True)
        assert await mailed_kinds(colleague) != set()
        answer = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200, answer.text
        assert (await client.post(path[:-3] + "abc")).status_code == 404
    assert await mailed_kinds(colleague) == set()


async def mailed_kinds(colleague: DeskHand) -> set[str]:
    chosen = await colleague.do("GET", "/team/notifications/preferences")
    assert chosen["email_available"] is True
    return {it["kind"] for it in chosen["choices"] if it["email"] != "off"}


async def test_an_invitation_arrives_by_mail_and_lets_its_reader_in(
    owner: DeskHand, running: LocalPlatform, mailbox: Mailbox
) -> None:
    roles = {each["template"]: each["id"] for each in await owner.do("GET", "/team/roles")}
    email, url = "invited@example.com", running.url(GATEWAY)
    invitation = {"emails": [email], "role_ids": [roles["copywriter"]]}
    (sent,) = await owner.do("POST", "/team/invitations", invitation)
    assert sent["mailed"] is True
    letter = await mailbox.letter(email, "Olive Owner invites you to Acme")
    assert parseaddr(header(letter, "From"))[0] == "Parley"
    link = f"{url}/join/{sent['token']}"
    assert link in letter["text"]
    async with browser(url, email) as invited:
        answers = {
            "name": "Ines",
            "password": "correct horse battery staple",
            "locale": "en",
            "time_zone": "UTC",
        }
        await invited.do("POST", f"/invitations/{link.rpartition('/')[2]}", answers)
        listed = await owner.do("GET", "/team/mails")
        assert {"recipient": email, "state": "sent"}.items() <= next(
            it.items() for it in listed["items"] if it["recipient"] == email
        )
