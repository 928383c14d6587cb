"""Webhooks as a receiver meets them: signed, batched, retried, and disturbed on demand."""

from dataclasses import dataclass

import httpx
import pytest

from tests.support.sandbox import SandboxHand
from tests.support.webhooks import Received, Receiver


@dataclass(frozen=True, slots=True)
class Scene:
    hand: SandboxHand
    http: httpx.AsyncClient
    hook: Receiver
    account: str
    person: str

    async def mention(self, *texts: str) -> None:
        for text in texts:
            await self.hand.say(self.person, "mentions", account_id=self.account, text=text)

    async def flush(self) -> None:
        await self.hand.admin("POST", "/webhooks/flush")


@pytest.fixture
async def scene(sandbox: SandboxHand, client: httpx.AsyncClient, hook: Receiver) -> Scene:
    account = await sandbox.account()
    token = (await sandbox.tokens(account))["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    body = {"url": hook.url, "secret": hook.secret, "verify_token": hook.verify_token}
    answer = await client.post(f"/v1/accounts/{account}/webhooks", json=body)
    assert answer.status_code == 201, answer.text
    return Scene(sandbox, client, hook, account, await sandbox.person())


async def test_signed_over_the_raw_body(scene: Scene) -> None:
    await scene.mention("你好 👋")
    (call,) = await scene.hook.until(lambda received: len(received) == 1)
    assert call.signed_with(scene.hook.secret)
    assert not call.signed_with("another-secret-altogether")
    (event,) = call.events
    assert (event["type"], event["data"]["item"]["text"]) == ("item.created", "你好 👋")
    assert event["echo"] is False


async def test_the_feed_and_the_webhook_tell_the_same(scene: Scene) -> None:
    await scene.mention("one", "two")
    await scene.flush()
    told = [event for call in scene.hook.received for event in call.events]
    feed = await scene.http.get(f"/v1/accounts/{scene.account}/events")
    assert told == feed.json()["data"]


async def test_subscription_needs_the_challenge(scene: Scene) -> None:
    body = {"url": scene.hook.url, "secret": scene.hook.secret, "verify_token": "wrong"}
    answer = await scene.http.post(f"/v1/accounts/{scene.account}/webhooks", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "challenge_failed")


async def test_subscribing_again_replaces_the_secret(scene: Scene) -> None:
    body = {"url": scene.hook.url, "secret": "a-rotated-secret-for-it"}
    await scene.http.post(f"/v1/accounts/{scene.account}/webhooks", json=body)
    await scene.mention("hello")
    await scene.flush()
    (call,) = scene.hook.received
    assert call.signed_with("a-rotated-secret-for-it")


async def test_our_own_acts_come_back_as_echoes(scene: Scene) -> None:
    posted = await scene.http.post(f"/v1/accounts/{scene.account}/posts", json={"text": "News"})
    await scene.http.put(f"/v1/items/{posted.json()['id']}/like")
    await scene.flush()
    told = [event for call in scene.hook.received for event in call.events]
    assert [(e["type"], e["echo"]) for e in told] == [
        ("item.created", True),
        ("item.liked", True),
    ]


async def test_events_that_come_together_travel_together(scene: Scene) -> None:
    await scene.hand.admin("POST", "/traffic/step", {"count": 12})
    await scene.flush()
    assert len(scene.hook.texts) == 12
    assert len(scene.hook.received) < 12


async def test_retried_until_accepted_under_one_delivery_id(scene: Scene) -> None:
    scene.hook.statuses = [500, 302]
    await scene.mention("again and again")
    calls = await scene.hook.until(lambda received: len(received) == 3)
    ids = {call.headers["x-sandbox-delivery"] for call in calls}
    assert len(ids) == 1
    assert len({call.body for call in calls}) == 1
    log = await scene.hand.admin("GET", "/webhooks/deliveries")
    assert [line["attempt"] for line in log] == [1, 2, 3]


async def test_drop_leaves_the_event_in_the_feed(scene: Scene) -> None:
    fault = await scene.hand.fault({"type": "webhook_drop"})
    await scene.mention("lost", "found")
    await scene.flush()
    assert scene.hook.texts == ["found"]
    assert len(await scene.hand.injected(fault)) == 1
    feed = (await scene.http.get(f"/v1/accounts/{scene.account}/events")).json()["data"]
    assert [event["data"]["item"]["text"] for event in feed] == ["lost", "found"]


async def test_duplicates_share_a_delivery_id(scene: Scene) -> None:
    await scene.hand.fault({"type": "webhook_duplicate", "times": 3})
    await scene.mention("thrice")
    await scene.flush()
    assert scene.hook.texts == ["thrice"] * 3
    assert len({call.headers["x-sandbox-delivery"] for call in scene.hook.received}) == 1


async def test_delay_lets_later_ones_pass(scene: Scene) -> None:
    await scene.hand.fault({"type": "webhook_delay", "seconds": 0.2})
    await scene.mention("late", "early")
    await scene.hook.until(lambda received: len(_all(received)) == 2)
    assert scene.hook.texts == ["early", "late"]


async def test_wrong_signature(scene: Scene) -> None:
    await scene.hand.fault({"type": "webhook_wrong_signature"})
    await scene.mention("forged", "genuine")
    await scene.flush()
    assert [call.signed_with(scene.hook.secret) for call in scene.hook.received] == [False, True]


async def test_an_order_is_repeatable(scene: Scene, hook: Receiver) -> None:
    texts = [str(number) for number in range(8)]

    async def order(seed: int) -> list[str]:
        hook.received.clear()
        await scene.hand.reset(seed=seed)
        account = await scene.hand.account()
        token = (await scene.hand.tokens(account))["access_token"]
        await scene.http.post(
            f"/v1/accounts/{account}/webhooks",
            json={"url": hook.url, "secret": hook.secret},
            headers={"Authorization": f"Bearer {token}"},
        )
        person = await scene.hand.person()
        await scene.hand.fault({"type": "webhook_reorder", "window": 4}, remaining=None)
        for text in texts:
            await scene.hand.say(person, "mentions", account_id=account, text=text)
        await scene.flush()
        return list(hook.texts)

    first = await order(3)
    assert sorted(first) == texts
    assert first != texts
    assert first == await order(3)
    assert first != await order(4)


async def test_event_arrives_before_the_response(scene: Scene) -> None:
    await scene.hand.fault({"type": "event_before_response"}, method="POST")
    await scene.http.post(f"/v1/accounts/{scene.account}/posts", json={"text": "Echo first"})
    assert scene.hook.texts == ["Echo first"]


async def test_unsubscribed_hears_nothing(scene: Scene) -> None:
    path = f"/v1/accounts/{scene.account}/webhooks"
    (one,) = (await scene.http.get(path)).json()["data"]
    assert "secret" not in one
    assert (await scene.http.delete(f"{path}/{one['id']}")).status_code == 204
    await scene.mention("into the void")
    await scene.flush()
    assert scene.hook.received == []


def _all(received: list[Received]) -> list[object]:
    return [event for call in received for event in call.events]
