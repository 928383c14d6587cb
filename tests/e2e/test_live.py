"""What happens is on the stream: what customers write, and each kind of change that people make.

The real processes, over HTTP through the gateway, with the sandbox network as the other side. How
soon it is there is measured in benchmarks/.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.e2e.conftest import ON_BOTH
from tests.e2e.test_slice import Scene, connect, reply
from tests.support.desk import DeskHand, until
from tests.support.sandbox import SandboxHand

BUSES = ON_BOTH
pytestmark = pytest.mark.processes


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
        await scene.comment("Are you there?")
        await stream.expect("inbox.interaction_received", "Are you there?")
    return await owner.conversation_with("Are you there?")


async def test_each_change_is_shown(owner: DeskHand, conversation: dict[str, Any]) -> None:
    id_ = conversation["id"]
    path = f"/inbox/conversations/{id_}"
    me = (await owner.do("GET", "/session"))["person"]["id"]
    tag = await owner.do("POST", "/inbox/tags", {"name": "prompt", "color": "#112233"})

    async def change(what: str, **body: Any) -> None:
        version = (await owner.do("GET", path))["version"]
        await owner.do("PUT", f"{path}/{what}", {"expected_version": version, **body})

    async with owner.listening() as stream:
        await owner.do("POST", "/presence", {"conversation_id": id_, "state": "typing"})
        await stream.expect("gateway.presence_changed", id_, '"typing"')
        await change("assignment", assignee_id=me)
        await stream.expect("inbox.conversation_assigned", id_, me)
        await owner.do("POST", f"{path}/tags", {"add": [tag["id"]]})
        await stream.expect("inbox.conversation_tagged", id_)
        await owner.do("POST", f"{path}/notes", {"body": "Ask the workshop."})
        await stream.expect("inbox.note_added", id_)
        await reply(owner, id_, "We are.")
        await stream.expect("inbox.action_changed", id_, '"sent"')
        await change("state", state="handled")
        await stream.expect("inbox.conversation_state_changed", id_, '"state":"handled"')


async def test_a_conversation_wakes_at_its_time_and_not_before(
    owner: DeskHand, conversation: dict[str, Any]
) -> None:
    path = f"/inbox/conversations/{conversation['id']}"
    wake_at = datetime.now(UTC) + timedelta(seconds=3)
    async with owner.listening() as stream:
        version = (await owner.do("GET", path))["version"]
        body = {"state": "snoozed", "until": wake_at.isoformat(), "expected_version": version}
        await owner.do("PUT", f"{path}/state", body)
        await stream.expect(conversation["id"], '"state":"open"', '"previous":"snoozed"')
    assert datetime.now(UTC) >= wake_at
