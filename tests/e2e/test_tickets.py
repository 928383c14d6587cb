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

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

Json = dict[str, Any]


async def ticket_that(owner: DeskHand, ticket_id: str, **wanted: Any) -> Json:
    """The ticket, once it has these values."""

    async def look() -> Json | None:
        ticket: Json = await owner.do("GET", f"/tickets/{ticket_id}")
        return ticket if wanted.items() <= ticket.items() else None

    return await until(look)


async def test_a_ticket_follows_its_conversation(
    owner: DeskHand, network: SandboxHand, running: LocalPlatform
) -> None:
    scene = await connect(owner, network, "delegated")
    await scene.comment("My parcel is lost.")
    conversation = await owner.conversation_with("My parcel is lost.")

    async def delegate() -> Json | None:
        """Once ticketing has heard of the conversation and of the colleague."""
        body = {
            "conversation_id": conversation["id"],
            "subject": "Lost parcel",
            "priority": "high",
            "assignee_id": colleague_id,
        }
        answer = await owner.try_to("POST", "/tickets", body)
        assert answer.status_code in (201, 404), answer.text
        return answer.json() if answer.status_code == 201 else None

    url = running.url(GATEWAY)
    async with colleague_of(owner, url, "helper@example.com", "community_manager") as colleague:
        colleague_id = (await colleague.do("GET", "/session"))["person"]["id"]
        async with colleague.listening() as stream:
            opened = await until(delegate)
            await stream.expect("ticketing.ticket_opened", opened["id"])
        mine = await colleague.do("GET", "/tickets?assignee=me")
        assert [ticket["subject"] for ticket in mine["items"]] == ["Lost parcel"]

        await reply(colleague, conversation["id"], "We are looking for it.")
        answered = await ticket_that(owner, opened["id"], state="open")
        resolved = await colleague.do(
            "PUT",
            f"/tickets/{opened['id']}/state",
            {"state": "resolved", "expected_version": answered["version"]},
        )
        assert resolved["after"]["state"] == "resolved"

    await scene.comment("It is still not here.")
    reopened = await ticket_that(owner, opened["id"], state="open", priority="high")

    async def heard() -> list[str] | None:
        ticket = await owner.do("GET", f"/tickets/{reopened['id']}")
        said = [message["excerpt"] for message in ticket["messages"]]
        return said if len(said) == 2 else None

    assert await until(heard) == ["We are looking for it.", "It is still not here."]
