"""Connecting to the running sandbox and reading from it through the connector."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from shared.networks.connector import Redirect, WebhookRequest
from shared.networks.errors import (
    AuthExpiredError,
    AuthRevokedError,
    InvalidInputError,
)
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import (
    Action,
    Change,
    ItemKind,
    Removed,
    Upsert,
    Visibility,
)
from tests.support.sandbox import SandboxHand
from tests.support.sandbox_scene import Scene, command_for
from tests.support.webhooks import Receiver


async def test_consent_page_round_trip(sandbox: SandboxHand, connector: SandboxConnector) -> None:
    account = await sandbox.account()
    redirect = await connector.connect({}, "http://127.0.0.1:1/back?from=parley")
    assert isinstance(redirect, Redirect)
    chosen = httpx.URL(redirect.url).copy_merge_params({"account": account, "decision": "approve"})
    back = urlsplit((await sandbox.http.get(chosen)).headers["location"])
    answers = dict(parse_qsl(back.query))
    assert answers["state"] == redirect.state
    with pytest.raises(InvalidInputError):
        await connector.finish(redirect.pending, {**answers, "state": "forged"})
    connected = await connector.finish(redirect.pending, answers)
    assert (connected.account.external_id, connected.account.handle) == (account, "brand")
    assert "moderate" in connected.scopes
    assert "sbx_" not in repr(connected)


async def test_a_wrong_access_code_is_not_retried(
    sandbox: SandboxHand, connector: SandboxConnector
) -> None:
    await sandbox.account()
    with pytest.raises(AuthRevokedError):
        await connector.connect({"handle": "brand", "access_code": "no"}, "")


async def test_expired_refreshed_revoked(scene: Scene) -> None:
    await scene.hand.advance(3 * 3600)
    with pytest.raises(AuthExpiredError):
        await scene.connector.inspect(scene.access)
    fresh = await scene.connector.refresh(scene.access.credentials)
    access = replace(scene.access, credentials=fresh)
    inspection = await scene.connector.inspect(access)
    assert inspection.account == scene.account
    await scene.connector.revoke(access)
    await scene.connector.revoke(access)
    with pytest.raises(AuthRevokedError):
        await scene.connector.inspect(access)
    with pytest.raises(AuthRevokedError):
        await scene.connector.refresh(fresh)


async def test_what_items_are_to_us(scene: Scene) -> None:
    post = await scene.post()
    me = scene.account.external_id
    comment = await scene.hand.say(scene.person, "comments", post_id=post, text="Hi 你好")
    await scene.hand.say(scene.person, "replies", item_id=comment["id"], text="Me again")
    await scene.hand.say(scene.person, "mentions", account_id=me, text="@brand")
    await scene.hand.say(scene.person, "messages", account_id=me, text="Psst")
    await scene.hand.say(scene.person, "reviews", account_id=me, text="Fine", rating=4)
    ad = {"account_id": me, "title": "Ad", "post_id": await scene.post("Buy")}
    ad_id = (await scene.hand.admin("POST", "/ads", ad))["id"]
    await scene.hand.say(scene.person, "comments", post_id=ad["post_id"], text="How much?")
    changes = await scene.poll()
    items = [change.item for change in changes if isinstance(change, Upsert)]
    assert [(i.kind, i.outbound) for i in items] == [
        (ItemKind.POST, True),
        (ItemKind.COMMENT, False),
        (ItemKind.COMMENT, False),
        (ItemKind.MENTION, False),
        (ItemKind.DM, False),
        (ItemKind.REVIEW, False),
        (ItemKind.POST, True),
        (ItemKind.AD_COMMENT, False),
    ]
    assert (items[1].parent_id, items[2].parent_id) == (post, items[1].external_id)
    assert items[0].thread_id == items[1].thread_id == items[2].thread_id == post
    assert items[4].visibility is Visibility.PRIVATE
    assert (items[5].rating, items[7].ad_id) == (4, ad_id)
    assert items[0].media[0].url == f"{scene.hand.url}/pictures/one.svg"
    for url in (items[0].media[0].url, items[1].author.avatar_url, items[1].permalink):
        assert (await scene.hand.http.get(url or "")).status_code == 200


async def test_edits_are_newer_and_deletions_are_told(scene: Scene) -> None:
    comment = await scene.commented("First")
    await scene.hand.admin("PATCH", f"/items/{comment.external_id}", {"text": "Second"})
    edited = await scene.find(comment.external_id)
    assert (edited.text, edited.version > comment.version) == ("Second", True)
    assert edited.edited_at is not None
    await scene.hand.admin("DELETE", f"/items/{comment.external_id}")
    assert isinstance((await scene.poll())[-1], Removed)


async def test_one_state_is_one_delivery_on_every_way(scene: Scene, hook: Receiver) -> None:
    await scene.connector.subscribe(scene.access, hook.url, hook.secret)
    comment = await scene.commented()
    await scene.hand.admin("POST", "/webhooks/flush")
    page = await scene.connector.poll(scene.access, "events", None)
    listed = await scene.connector.poll(scene.access, "items", None)
    thread = await scene.connector.thread(scene.access, comment.target(), ())
    pushed = [one for call in hook.received for one in scene.connector.parse_webhook(call.body)]
    ids = [delivery.external_id for delivery in page.deliveries]
    assert len(ids) == 2
    for other in (listed.deliveries, thread, pushed):
        assert [delivery.external_id for delivery in other] == ids


async def test_webhook_signature(scene: Scene, hook: Receiver) -> None:
    await scene.connector.subscribe(scene.access, hook.url, hook.secret)
    await scene.mentioned()
    await scene.hand.admin("POST", "/webhooks/flush")
    (call,) = hook.received
    request = WebhookRequest(headers=call.headers, body=call.body)
    verify = scene.connector.verify_webhook
    assert verify(request, ["an-older-secret", hook.secret])
    assert not verify(request, ["another-secret"])
    assert not verify(request, [])
    assert not verify(replace(request, body=call.body + b" "), [hook.secret])
    assert not verify(replace(request, headers={}), [hook.secret])
    assert not verify(replace(request, headers={"x-sandbox-signature": "é"}), [hook.secret])
    with pytest.raises(ValueError, match="not a sandbox delivery"):
        scene.connector.parse_webhook(b"[]")


async def test_subscribing_with_a_handshake(scene: Scene, hook: Receiver) -> None:
    subscribe = scene.connector.subscribe
    with pytest.raises(InvalidInputError):
        await subscribe(scene.access, hook.url, hook.secret, "not the one")
    await subscribe(scene.access, hook.url, hook.secret, hook.verify_token)
    await scene.mentioned()
    await scene.hand.admin("POST", "/webhooks/flush")
    assert len(hook.received) == 1


async def test_a_block_is_a_notice_without_change(scene: Scene) -> None:
    mention = await scene.mentioned()
    await scene.connector.act(scene.access, command_for(mention, Action.BLOCK))
    page = await scene.connector.poll(scene.access, "events", None)
    assert [delivery.kind for delivery in page.deliveries] == ["item", "notice"]
    assert scene.connector.normalize(page.deliveries[-1], scene.account) == []


async def test_a_lost_event_is_found_among_the_items(scene: Scene) -> None:
    mention = await scene.mentioned("First")
    await scene.hand.fault({"type": "event_lost"}, remaining=2)
    await scene.hand.say(scene.person, "replies", item_id=mention.external_id, text="Lost")
    me = scene.account.external_id
    await scene.hand.say(scene.person, "mentions", account_id=me, text="Lost, too")

    def texts(changes: Sequence[Change]) -> list[str]:
        return [change.item.text for change in changes if isinstance(change, Upsert)]

    assert texts(await scene.poll("events")) == ["First"]
    assert texts(await scene.poll("items")) == ["First", "Lost", "Lost, too"]
    thread = await scene.connector.thread(scene.access, mention.target(), ())
    assert texts(scene.changes(thread)) == ["First", "Lost"]


async def test_thread_tells_which_known_items_are_gone(scene: Scene) -> None:
    first, other = await scene.mentioned(), await scene.mentioned("Another thread")
    await scene.hand.admin("DELETE", f"/items/{other.external_id}")
    known = [first.external_id, other.external_id, "cmt_unknown"]
    thread = await scene.connector.thread(scene.access, first.target(), known)
    changes = scene.changes(thread)
    assert [type(change) for change in changes] == [Upsert, Removed]
    assert isinstance(changes[1], Removed)
    assert changes[1].external_id == other.external_id
