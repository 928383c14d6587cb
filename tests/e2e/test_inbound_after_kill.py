"""The inbox is killed while customers write: afterwards everything is there, each thing once."""

import psutil
import pytest

from tests.e2e.test_slice import connect
from tests.support.desk import DeskHand, until
from tests.support.platform import LocalPlatform
from tests.support.sandbox import SandboxHand

pytestmark = [pytest.mark.processes]


async def test_what_is_written_while_the_inbox_is_killed_arrives_once(
    running: LocalPlatform, owner: DeskHand, network: SandboxHand
) -> None:
    scene = await connect(owner, network, "unbroken")
    writers = [await network.person(f"Writer {n}", f"writer_{n}") for n in range(12)]
    for writer in writers[:6]:
        await scene.comment("Before the crash", writer)
    psutil.Process(running.pid("inbox")).kill()
    for writer in writers[6:]:
        await scene.comment("During the crash", writer)

    async def complete() -> bool:
        answer = await owner.try_to("GET", f"/inbox/profiles/{scene.profile_id}/health")
        if not answer.is_success:
            return False
        health = answer.json()
        return bool(health["balanced"] and health["waiting"] == 0 and health["handled"] >= 13)

    await until(complete, seconds=120)
    page = await owner.do("GET", f"/inbox/conversations?profile_id={scene.profile_id}&limit=50")
    excerpts = sorted(
        one["excerpt"] for one in page["items"] if one["profile_id"] == scene.profile_id
    )
    assert excerpts == ["Before the crash"] * 6 + ["During the crash"] * 6
