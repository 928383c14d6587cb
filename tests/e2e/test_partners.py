"""What a customer writes reaches a partner as a signed webhook, and again when asked to.

The real processes, over HTTP through the gateway; the partner listens in the test and checks the
signatures with the library that partners use.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.e2e.test_slice import connect
from tests.support.desk import DeskHand, until
from tests.support.partner import Heard, PartnerHand, Reply, listening_partner
from tests.support.sandbox import SandboxHand

pytestmark = [pytest.mark.processes]


@pytest.fixture
async def partner() -> AsyncIterator[PartnerHand]:
    async with listening_partner() as hand:
        yield hand


async def heard(partner: PartnerHand, number: int) -> list[Heard]:
    async def enough() -> bool:
        return len(partner.heard) >= number

    await until(enough)
    return partner.heard


async def test_a_comment_reaches_a_partner_and_again_on_demand(
    owner: DeskHand, network: SandboxHand, partner: PartnerHand
) -> None:
    scene = await connect(owner, network, "partnered")
    endpoint = await owner.do(
        "POST",
        "/team/webhooks",
        {
            "url": partner.url(),
            "event_types": ["interaction.received"],
            "profile_ids": [scene.profile_id],
        },
    )
    path = f"/team/webhooks/{endpoint['id']}"
    partner.answer(Reply(503))
    await scene.comment("Do you tell others?")
    # The first try is refused; the second comes after five seconds, give or take.
    first, second = await heard(partner, 2)
    assert first.webhook_id == second.webhook_id
    message: Any = Webhook(endpoint["secret"]).verify(second.body, second.headers)
    assert message["type"] == "interaction.received"
    assert message["data"]["excerpt"] == "Do you tell others?"

    async def delivered() -> Any:
        page = await owner.do("GET", f"{path}/deliveries?state=delivered")
        return page["items"]

    (delivery,) = await until(delivered)
    assert (delivery["webhook_id"], delivery["tries"]) == (second.webhook_id, 1)
    await owner.do("POST", f"{path}/deliveries/{delivery['id']}/replay")
    third = (await heard(partner, 3))[-1]
    assert third.webhook_id == second.webhook_id
    assert Webhook(endpoint["secret"]).verify(third.body, third.headers) == message
    detail = await owner.do("GET", f"{path}/deliveries/{delivery['id']}")
    assert {it["status"] for it in detail["attempts"]} == {200, 503}
    await owner.do("DELETE", path)
