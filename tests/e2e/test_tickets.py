"""A conversation is delegated; what happens in it afterwards happens on the ticket, too.

The real processes, over HTTP through the gateway, with the sandbox network as the other side.
"""

from typing import Any

import pytest

from deploy.topology import GATEWAY
from tests.e2e.test_slice import connect, reply
from tests.support.desk import DeskHand, colleague_of, until
from tests.support.platform import LocalPlatform
from tests.support.sandbox import SandboxHand

pytestmark = [pytest.mark.processes]

Json = dict[str, Any]


async def ticket_that(owner: DeskHand, ticket_id: str, said: list[str], **wanted: Any) -> Json:
    """The ticket, once it has these values and these messages."""

    async def look() -> Json | None:
        ticket: Json = await owner.do("GET", f"/tickets/{ticket_id}")
        heard = [message["excerpt"] for message in ticket["messages"]]
        return ticket if heard == said and wanted.items() <= ticket.items() else None

    return await until(look)


async def delegate(owner: DeskHand, conversation_id: str, colleague: DeskHand) -> Json:
    """Opens a ticket, once ticketing has heard of the conversation and of the colleague."""
    body = {
        "conversation_id": conversation_id,
        "subject": "Lost parcel",
        "priority": "high",
        "assignee_id": (await colleague.do("GET", "/session"))["person"]["id"],
    }

    async def attempt() -> Json | None:
        answer = await owner.try_to("POST", "/tickets", body)
        assert answer.status_code in (201, 404), answer.text
        return answer.json() if answer.status_code == 201 else None

    async with colleague.listening() as stream:
        opened = await until(attempt)
        await stream.expect("ticketing.ticket_opened", opened["id"])
    return opened


async def resolve(colleague: DeskHand, ticket: Json) -> None:
    body = {"state": "resolved", "expected_version": ticket["version"]}
    changed = await colleague.do("PUT", f"/tickets/{ticket['id']}/state", body)
    assert changed["after"]["state"] == "resolved"


async def test_a_ticket_follows_its_conversation(
    owner: DeskHand, network: SandboxHand, running: LocalPlatform
) -> None:
    scene = await connect(owner, network, "delegated")
    await scene.comment("My parcel is lost.")
    conversation = await owner.conversation_with("My parcel is lost.")

    url = running.url(GATEWAY)
    async with colleague_of(owner, url, "helper@example.com", "community_manager") as colleague:
        opened = await delegate(owner, conversation["id"], colleague)
        mine = await colleague.do("GET", "/tickets?assignee=me")
        assert [ticket["subject"] for ticket in mine["items"]] == ["Lost parcel"]
        ours = "We are looking for it."
        await reply(colleague, conversation["id"], ours)
        await resolve(colleague, await ticket_that(owner, opened["id"], [ours], state="open"))

    theirs = "It is still not here."
    await scene.comment(theirs)
    await ticket_that(owner, opened["id"], [ours, theirs], state="open", priority="high")
