"""What happens is on the stream within a second: what customers write, and what people do here.

The real processes, over HTTP through the gateway, with the sandbox network as the other side.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.conftest import ON_BOTH
from tests.e2e.test_slice import Scene, connect, reply
from tests.support.desk import DeskHand, Stream, until
from tests.support.sandbox import SandboxHand

BUSES = ON_BOTH
pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]
SECOND = 1.0


@pytest.fixture(scope="module")
async def conversation(owner: DeskHand, network: SandboxHand) -> dict[str, Any]:
    """The one of a customer who has just written below a post of the brand."""
    scene: Scene = await connect(owner, network, "prompt")
    async with owner.listening() as stream:

        async def subscribed() -> bool:
            """Before that it is polling that finds what is new."""
            health = await owner.do("GET", f"/inbox/profiles/{scene.profile_id}/health")
            ways = {reader["stream"]: reader["read_at"] for reader in health["readers"]}
            return ways.get("push") is not None

        await until(subscribed)
        async with promptly(stream, "inbox.interaction_received", "Are you there?"):
            await scene.comment("Are you there?")
    return await owner.conversation_with("Are you there?")


@asynccontextmanager
async def promptly(stream: Stream, *needles: str) -> AsyncIterator[None]:
    """What is done inside is on the stream a second after it began, at the latest."""
    began = time.monotonic()
    yield
    await stream.expect(*needles)
    late = time.monotonic() - began
    assert late < SECOND, f"{needles} took {late:.2f} s"


async def test_each_change_is_shown_within_a_second(
    owner: DeskHand, conversation: dict[str, Any]
) -> None:
    id_ = conversation["id"]
    path = f"/inbox/conversations/{id_}"
    me = (await owner.do("GET", "/session"))["person"]["id"]
    tag = await owner.do("POST", "/inbox/tags", {"name": "prompt", "color": "#112233"})

    async def change(what: str, **body: Any) -> None:
        version = (await owner.do("GET", path))["version"]
        await owner.do("PUT", f"{path}/{what}", {"expected_version": version, **body})

    async with owner.listening() as stream:
        async with promptly(stream, "gateway.presence_changed", id_, '"typing"'):
            await owner.do("POST", "/presence", {"conversation_id": id_, "state": "typing"})
        async with promptly(stream, "inbox.conversation_assigned", id_, me):
            await change("assignment", assignee_id=me)
        async with promptly(stream, "inbox.conversation_tagged", id_):
            await owner.do("POST", f"{path}/tags", {"add": [tag["id"]]})
        async with promptly(stream, "inbox.note_added", id_):
            await owner.do("POST", f"{path}/notes", {"body": "Ask the workshop."})
        async with promptly(stream, "inbox.action_changed", id_, '"sent"'):
            await reply(owner, id_, "We are.")
        async with promptly(stream, "inbox.conversation_state_changed", id_, '"state":"handled"'):
            await change("state", state="handled")


async def test_a_conversation_wakes_within_a_second_of_its_time(
    owner: DeskHand, conversation: dict[str, Any]
) -> None:
    path = f"/inbox/conversations/{conversation['id']}"
    wake_at = datetime.now(UTC) + timedelta(seconds=3)
    async with owner.listening() as stream:
        version = (await owner.do("GET", path))["version"]
        body = {"state": "snoozed", "until": wake_at.isoformat(), "expected_version": version}
        await owner.do("PUT", f"{path}/state", body)
        await stream.expect(conversation["id"], '"state":"open"', '"previous":"snoozed"')
    late = datetime.now(UTC) - wake_at
    assert timedelta() <= late < timedelta(seconds=SECOND)
