"""What happens becomes a signed message at the partner's, once it can be reached."""

import asyncio
from datetime import timedelta

from services.team_directory.commands.webhooks import DELIVER
from services.team_directory.domain.webhooks import PATIENCE, RETRIES, message_name
from shared.clock import ManualClock
from shared.events.scheduler import PublicationState
from shared.events.team_directory import NotificationAdded, WebhookPaused
from tests.integration.team_directory.webhooks.scene import Scene
from tests.support.gateway import until
from tests.support.partner import PartnerHand, Reply
from tests.support.postgres import Urls
from tests.support.team_directory import running_directory
from tests.support.tidings import Tidings

# A tenth to either side of the schedule, and the seconds for which a failing endpoint is spared.
LATE = 1.1


async def test_a_message_is_signed_and_holds_what_the_catalogue_says(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create()
    (event_id,) = await scene.tell(scene.received("Do you ship to Norway?"))
    assert await scene.work() == 1
    (heard,) = partner.heard
    assert heard.webhook_id == message_name(event_id)
    assert heard.is_signed_with(endpoint["secret"])
    assert heard.headers["content-type"] == "application/json"
    assert heard.message["type"] == "interaction.received"
    assert heard.message["timestamp"] == "2026-03-02T09:00:00+00:00"
    assert heard.message["data"]["excerpt"] == "Do you ship to Norway?"
    assert "workspace_id" not in heard.message["data"]
    detail = await scene.detail(endpoint)
    assert (detail["state"], detail["webhook_id"]) == ("delivered", heard.webhook_id)
    assert detail["body"] == heard.message
    assert [(it["status"], it["excerpt"]) for it in detail["attempts"]] == [(200, "ok")]


async def test_what_is_told_once_more_for_new_readers_is_no_news(scene: Scene) -> None:
    tidings = Tidings(scene.directory, scene.owner.workspace_id, scene.profile_id)
    await scene.create(event_types=["publication.state_changed"])
    await scene.tell(tidings.published(PublicationState.FAILED, restated=True))
    assert await scene.work() == 0
    assert await tidings.listed(scene.owner) == []
    await scene.tell(tidings.published(PublicationState.FAILED))
    assert await scene.work() == 1
    assert len(await tidings.listed(scene.owner)) == 1


async def test_a_failure_is_tried_again_with_the_same_id_until_it_arrives(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    partner.answer(Reply(500, body=b"oh no"), Reply(503), Reply(302, {"location": "/elsewhere"}))
    await scene.tell(scene.received())
    for tries, wait in enumerate((timedelta(0), *RETRIES[:3]), start=1):
        clock.advance(wait * LATE + timedelta(seconds=1))
        await scene.work()
        assert len(partner.heard) == tries
    assert len({it.webhook_id for it in partner.heard}) == 1
    assert len({it.body for it in partner.heard}) == 1
    assert len({it.headers["webhook-timestamp"] for it in partner.heard}) == 4
    assert all(it.is_signed_with(endpoint["secret"]) for it in partner.heard)
    assert {it.path for it in partner.heard} == {"/hook"}
    detail = await scene.detail(endpoint)
    assert detail["state"] == "delivered"
    assert [it["status"] for it in detail["attempts"]] == [200, 302, 503, 500]
    assert detail["attempts"][-1]["excerpt"] == "oh no"


async def test_after_the_last_try_it_has_failed_and_can_be_sent_again(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    partner.answer(*[Reply(500)] * (len(RETRIES) + 1))
    (event_id,) = await scene.tell(scene.received())
    for wait in (timedelta(0), *RETRIES):
        clock.advance(wait * LATE + timedelta(minutes=10))
        await scene.work()
    assert len(partner.heard) == len(RETRIES) + 1
    (failed,) = await scene.log(endpoint, "?state=failed")
    assert (failed["last_status"], failed["next_at"]) == (500, None)
    clock.advance(timedelta(days=1))
    assert await scene.work() == 0
    await scene.do("POST", f"/{endpoint['id']}/deliveries/{failed['id']}/replay")
    await scene.work()
    assert partner.heard[-1].webhook_id == message_name(event_id)
    assert [it["state"] for it in await scene.log(endpoint)] == ["delivered"]


async def test_who_asks_for_time_is_given_it(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    partner.answer(Reply(429, {"retry-after": "900"}))
    await scene.tell(scene.received("first"))
    await scene.work()
    await scene.tell(scene.received("second"))
    clock.advance(timedelta(minutes=14))
    await scene.work()
    assert len(partner.heard) == 1, "The second message waits, too."
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert view["rest_until"] == "2026-03-02T09:15:00Z"
    clock.advance(timedelta(minutes=2))
    await scene.work()
    assert len(partner.heard) == 3


async def test_gone_means_gone(scene: Scene, partner: PartnerHand, clock: ManualClock) -> None:
    endpoint = await scene.create(description="Our CRM")
    partner.answer(Reply(410))
    await scene.tell(scene.received("first"))
    await scene.work()
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert (view["state"], view["reason"]) == ("paused", "gone")
    event, *notified = await scene.directory.events()
    assert event == WebhookPaused(
        workspace_id=scene.owner.workspace_id,
        endpoint_id=endpoint["id"],
        host="127.0.0.1",
        description="Our CRM",
        reason="gone",
    )
    assert [type(it) for it in notified] == [NotificationAdded]
    answer = await scene.directory.call(scene.owner, "GET", "/notifications")
    (notice,) = answer.json()["items"]
    assert (notice["kind"], notice["subject_id"]) == ("webhook_paused", endpoint["id"])
    assert "127.0.0.1" in notice["title"]["en"]
    assert "127.0.0.1" in notice["title"]["zh"]
    await scene.tell(scene.received("second"))
    await scene.work()
    assert len(partner.heard) == 1
    assert {it["state"] for it in await scene.log(endpoint)} == {"held"}
    clock.advance(timedelta(minutes=1))
    await scene.do("POST", f"/{endpoint['id']}/enable", {})
    answer = await scene.directory.call(scene.owner, "GET", "/notifications")
    assert answer.json()["items"] == []
    await scene.work()
    assert [it.message["data"]["excerpt"] for it in partner.heard[1:]] == ["first", "second"]


async def test_after_days_of_failure_it_is_paused(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    partner.answer(*[Reply(500)] * 1000)
    passed = timedelta(0)
    while passed < PATIENCE - timedelta(hours=6):
        await scene.tell(scene.received())
        await scene.work()
        clock.advance(timedelta(hours=6))
        passed += timedelta(hours=6)
    assert (await scene.do("GET", f"/{endpoint['id']}"))["state"] == "enabled"
    clock.advance(timedelta(hours=7))
    await scene.tell(scene.received())
    await scene.work()
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert (view["state"], view["reason"]) == ("paused", "failing")
    told = [type(event) for event in await scene.directory.events()]
    assert told == [WebhookPaused, NotificationAdded]


async def test_who_is_never_there_is_said_to_be_unreachable(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create(url="http://127.0.0.1:1024/")
    await scene.tell(scene.received())
    await scene.work()
    attempts = (await scene.detail(endpoint))["attempts"]
    assert [(it["status"], it["code"]) for it in attempts] == [(None, "unreachable")]
    assert not partner.heard


async def test_a_slow_partner_holds_up_no_other(scene: Scene, partner: PartnerHand) -> None:
    slow = await scene.create("/slow")
    await scene.create("/quick")
    partner.answer(*[Reply(seconds=30)] * 20, path="/slow")
    await scene.tell(*(scene.received(str(number)) for number in range(20)))
    async with scene.working():
        await until(lambda: len(partner.types("/quick")) == 20, seconds=20)
        await until(lambda: partner.at_once == 8)
        assert len(partner.types("/slow")) == 8, "So many at the same time, and no more."
    assert {it["state"] for it in await scene.log(slow)} == {"waiting"}


async def test_a_long_answer_is_cut_and_a_cookie_is_forgotten(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create()
    partner.answer(Reply(200, {"set-cookie": "a=b; Path=/"}, b"x\0" * 500_000))
    await scene.tell(scene.received("first"))
    await scene.work()
    await scene.tell(scene.received("second"))
    await scene.work()
    assert all("cookie" not in it.headers for it in partner.heard)
    excerpt = (await scene.detail(endpoint, 1))["attempts"][0]["excerpt"]
    assert excerpt == "x\N{REPLACEMENT CHARACTER}" * 1000


async def test_an_address_that_has_moved_inside_is_not_called(
    scene: Scene, partner: PartnerHand, database_urls: Urls, clock: ManualClock
) -> None:
    """It was admitted when it was entered, and is judged again at each connection."""
    port = partner.port
    urls = [f"http://{host}:{port}/hook" for host in ("localhost", "127.0.0.1", "[::1]")]
    endpoints = [await scene.create(url=url) for url in urls]
    await scene.tell(scene.received())
    async with running_directory(
        database_urls, clock, keep=True, webhook_allow_local=False
    ) as hand:
        await hand.drain(DELIVER)
    for endpoint in endpoints:
        (attempt,) = (await scene.detail(endpoint))["attempts"]
        assert (attempt["status"], attempt["code"]) == (None, "forbidden_address")
    assert not partner.heard


async def test_two_processes_share_the_work_without_doubling_it(
    scene: Scene, partner: PartnerHand, database_urls: Urls, clock: ManualClock
) -> None:
    paths = [f"/{number}" for number in range(6)]
    for path in paths:
        await scene.create(path)
    ids = await scene.tell(*(scene.received(str(number)) for number in range(20)))
    async with running_directory(database_urls, clock, keep=True) as other:
        await asyncio.gather(scene.work(), other.drain(DELIVER))
        await scene.work()
    expected = sorted(message_name(it) for it in ids)
    for path in paths:
        assert sorted(it.webhook_id for it in partner.heard if it.path == path) == expected
