"""The log: pages, filters, tests of the way, sending again, and an end to keeping."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from services.team_directory.domain.webhooks import message_name
from shared.clock import ManualClock
from tests.integration.team_directory.webhooks.scene import RECEIVED, Scene
from tests.support.paging import ROWS, TURNS, Turn, assert_each_once, turned
from tests.support.partner import PartnerHand, Reply
from tests.support.team_directory import Json, said


async def test_pages_and_filters(scene: Scene, partner: PartnerHand) -> None:
    endpoint = await scene.create()
    partner.answer(Reply(500))
    ids = await scene.tell(scene.received("fails"))
    await scene.work()
    ids += await scene.tell(*(scene.received(str(number)) for number in range(4)))
    await scene.do("POST", f"/{endpoint['id']}/ping")
    seen, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page = await scene.do("GET", f"/{endpoint['id']}/deliveries?limit=4{cursor}")
        seen += page["items"]
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else ""
        pages += 1
    assert pages == 2
    assert [it["type"] for it in seen] == ["webhook.ping", *[RECEIVED] * 5]
    assert {it["webhook_id"] for it in seen[1:]} == {message_name(it) for it in ids}
    assert len(await scene.log(endpoint, f"?type={RECEIVED}")) == 5
    assert len(await scene.log(endpoint, "?type=webhook.ping&state=waiting")) == 1
    assert await scene.log(endpoint, "?state=delivered") == []
    other = await scene.create()
    assert await scene.log(other) == []
    path = f"/webhooks/{other['id']}/deliveries/{seen[0]['id']}"
    answer = await scene.directory.call(scene.owner, "GET", path)
    assert said(answer) == (404, "directory.webhook_delivery_not_found")


async def test_a_ping_tests_the_way_also_while_the_endpoint_is_off(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    await scene.do("POST", f"/{endpoint['id']}/disable")
    partner.answer(Reply(404))
    await scene.do("POST", f"/{endpoint['id']}/ping")
    await scene.work()
    (heard,) = partner.heard
    assert heard.message["type"] == "webhook.ping"
    assert heard.is_signed_with(endpoint["secret"])
    (delivery,) = await scene.log(endpoint)
    assert (delivery["state"], delivery["last_status"]) == ("failed", 404)
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert (view["state"], view["failing_since"]) == ("disabled", None)
    clock.advance(timedelta(days=2))
    assert await scene.work() == 0, "A test that failed is not repeated by itself."


async def test_a_ping_is_sent_while_the_endpoint_is_spared(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create()
    partner.answer(Reply(503, {"retry-after": "3600"}))
    await scene.tell(scene.received())
    await scene.work()
    await scene.do("POST", f"/{endpoint['id']}/ping")
    await scene.work()
    assert partner.types() == [RECEIVED, "webhook.ping"]
    view = await scene.do("GET", f"/{endpoint['id']}")
    assert view["rest_until"] is None, "It answered, so it is there again."


async def test_what_arrived_can_be_sent_again_one_by_one_and_since_a_time(
    scene: Scene, partner: PartnerHand, clock: ManualClock
) -> None:
    endpoint = await scene.create()
    await scene.tell(scene.received("early"))
    clock.advance(timedelta(hours=1))
    await scene.tell(scene.received("late"))
    await scene.work()
    body = {"since": "2026-03-02T09:30:00Z", "states": ["delivered"]}
    assert await scene.do("POST", f"/{endpoint['id']}/replay", body) == {"deliveries": 1}
    await scene.work()
    body |= {"since": "2026-03-02T08:00:00Z", "until": "2026-03-02T09:30:00Z"}
    assert await scene.do("POST", f"/{endpoint['id']}/replay", body) == {"deliveries": 1}
    await scene.work()
    texts = [it.message["data"]["excerpt"] for it in partner.heard]
    assert (sorted(texts[:2]), texts[2:]) == (["early", "late"], ["late", "early"])
    assert len({it.webhook_id for it in partner.heard}) == 2
    assert [len((await scene.detail(endpoint, it))["attempts"]) for it in (0, 1)] == [2, 2]


async def test_an_endpoint_that_is_off_is_sent_nothing_again(
    scene: Scene, partner: PartnerHand
) -> None:
    endpoint = await scene.create()
    await scene.tell(scene.received())
    await scene.work()
    (delivery,) = await scene.log(endpoint)
    await scene.do("POST", f"/{endpoint['id']}/disable")
    for path, body in (
        ("/replay", {"since": "2026-03-02T08:00:00Z", "states": ["delivered"]}),
        (f"/deliveries/{delivery['id']}/replay", None),
    ):
        where = f"/webhooks/{endpoint['id']}{path}"
        answer = await scene.directory.call(scene.owner, "POST", where, body)
        assert said(answer) == (409, "directory.webhook_off")
    await scene.work()
    assert len(partner.heard) == 1
    assert [it["state"] for it in await scene.log(endpoint)] == ["delivered"]


async def test_the_log_is_kept_for_a_month(scene: Scene, clock: ManualClock) -> None:
    endpoint = await scene.create()
    await scene.tell(scene.received())
    await scene.work()
    clock.advance(timedelta(days=30))
    await scene.directory.service.retention.sweep()
    assert len(await scene.log(endpoint)) == 1
    clock.advance(timedelta(seconds=1))
    await scene.directory.service.retention.sweep()
    assert await scene.log(endpoint) == []


@settings(
    max_examples=8,
    deadline=None,
    # The log stays and grows from one example to the next.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=ROWS, turns=TURNS)
async def test_pages_show_each_delivery_once_while_more_arrive(
    scene: Scene, rows: list[int], turns: list[Turn]
) -> None:
    endpoint = await scene.create()
    path = f"/{endpoint['id']}/deliveries"

    async def arrive(moment: int) -> None:
        """Some come together, in one transaction."""
        await scene.tell(*(scene.received() for _ in range(1 + moment // 3)))

    async def page(params: Json) -> Json:
        query = "&".join(f"{name}={value}" for name, value in params.items())
        found: Json = await scene.do("GET", f"{path}?{query}")
        return found

    for moment in rows:
        await arrive(moment)
    whole = [each["id"] for each in await scene.log(endpoint, "?limit=200")]
    assert len(whole) >= len(rows)
    assert_each_once(await turned(page, arrive, turns), whole)
    await scene.do("DELETE", f"/{endpoint['id']}")
