"""The gateway and the real inbox together: a change shows live to exactly those who may see it."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

import pytest

from services.inbox.app import compose
from services.inbox.settings import InboxSettings
from shared.clock import ManualClock
from shared.ids import new_id
from shared.permissions import Sight
from shared.profiles.outside import Outside
from tests.integration.gateway.test_live import listening
from tests.support.fake_network import FakeConnector, FakeOutside
from tests.support.gateway import GatewayHand, running_gateway, serving, until
from tests.support.inbox_desk import InboxDesk
from tests.support.service import ServiceHand, platform_settings

Urls = Mapping[str, str]
INBOX = "/api/v1/inbox"


@pytest.fixture(scope="module")
async def desk(database_urls: Urls) -> InboxDesk:
    clock = ManualClock(datetime.now(UTC))
    settings = InboxSettings(
        database_url=database_urls["inbox"], port=0, platform=platform_settings(database_urls)
    )
    outside = FakeOutside(FakeConnector(clock), clock)
    service = compose(settings, clock, Outside(outside, outside))
    desk = InboxDesk(ServiceHand(service, database_urls["inbox_owner"]), clock)
    await desk.open()
    return desk


@pytest.fixture(scope="module")
async def hand(database_urls: Urls, desk: InboxDesk) -> AsyncIterator[GatewayHand]:
    async with (
        serving(desk.hand.service.app) as url,
        running_gateway(database_urls, inbox_url=url) as running,
    ):
        yield running


async def test_a_change_shows_to_those_who_may_see_it(hand: GatewayHand, desk: InboxDesk) -> None:
    ben = await desk.member("Ben")
    mine = hand.directory.admit(desk.identity())
    his = hand.directory.admit(desk.identity(ben, sight=Sight.ASSIGNED))
    strangers = hand.directory.admit(desk.identity(new_id(), profile_ids=frozenset({new_id()})))
    conversation_id = await desk.conversation("Wo ist mein Paket?")
    path = f"{INBOX}/conversations/{conversation_id}"

    assert (await hand.http.get(path, headers=hand.cookie(mine))).status_code == 200
    assert (await hand.http.get(path, headers=hand.cookie(his))).status_code == 404
    signal = {"conversation_id": str(conversation_id), "state": "typing"}
    refused = await hand.http.post("/api/v1/presence", json=signal, headers=hand.cookie(his))
    assert refused.status_code == 404

    async with (
        listening(hand, mine) as me,
        listening(hand, his) as him,
        listening(hand, strangers) as stranger,
    ):
        said = await hand.http.post("/api/v1/presence", json=signal, headers=hand.cookie(mine))
        assert said.status_code == 204
        await until(lambda: bool(me.of("gateway.presence_changed")))

        version = (await hand.http.get(path, headers=hand.cookie(mine))).json()["version"]
        assigned = await hand.http.put(
            f"{path}/assignment",
            json={"assignee_id": str(ben), "expected_version": version},
            headers=hand.cookie(mine),
        )
        assert assigned.status_code == 200, assigned.text
        name = "inbox.conversation_assigned"
        await until(lambda: bool(me.of(name)) and bool(him.of(name)))
        assert him.of(name)[0]["event"]["conversation_id"] == str(conversation_id)

        # He sees it now, so he may say that he is there.
        said = await hand.http.post("/api/v1/presence", json=signal, headers=hand.cookie(his))
        assert said.status_code == 204
        await until(lambda: bool(him.of("gateway.presence_changed")))
    assert set(stranger.names()) == {"hello", "gateway.presence"}
