"""What only Bluesky does, on its real servers."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from shared.ids import new_id
from shared.networks.capabilities import Reason, Refused
from shared.networks.connector import Connected
from shared.networks.errors import InvalidInputError, ScopeMissingError
from shared.networks.http import NetworkHttp
from shared.networks.types import Access, Action, Command, ItemKind
from tests.networks.servers.running import Atproto
from tests.networks.stages.base import arrival, eventually, items
from tests.networks.stages.bluesky import BlueskyStage, bluesky_stage

pytestmark = pytest.mark.networks


@pytest.fixture
async def stage(atproto: Atproto, plain: httpx.AsyncClient, outbound: NetworkHttp) -> BlueskyStage:
    return await bluesky_stage(atproto, plain, outbound)


async def test_a_plain_app_password_opens_no_messages(stage: BlueskyStage) -> None:
    direct = await arrival(stage, await stage.message("psst"))
    body = {"name": "plain", "privileged": False}
    made = await stage.call(stage.brand, "com.atproto.server.createAppPassword", json=body)
    answers = {"identifier": stage.brand.handle, "password": made["password"]}
    connected = await stage.connector.connect(answers, "")
    assert isinstance(connected, Connected)
    access = Access(account=connected.account, credentials=connected.credentials)
    known = stage.connector.capabilities(connected.account, connected.scopes)
    assert ItemKind.DM not in known.reads
    verdict = known.can(Action.SEND_MESSAGE, direct.target(), datetime.now(UTC))
    assert isinstance(verdict, Refused)
    assert verdict.code is Reason.SCOPE_MISSING
    with pytest.raises(ScopeMissingError):
        await stage.connector.poll(access, "messages", None)
    await stage.connector.poll(access, "notifications", None)


async def test_a_reply_carries_its_links_mentions_and_tags(stage: BlueskyStage) -> None:
    root = await stage.publish("Our new lamp")
    item = await arrival(stage, await stage.comment(root, "broken"))
    text = f"🙈 Sorry @{stage.other.handle}, see https://example.com/包. #help @nobody.test"
    command = Command(key=new_id(), action=Action.REPLY, target=item.target(), text=text)
    made = await stage.connector.act(stage.access, command)
    assert made.external_id is not None
    uri = made.external_id

    record = (await eventually(lambda: stage.view(uri)))["record"]
    marked = {}
    for facet in record["facets"]:
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        (feature,) = facet["features"]
        marked[text.encode()[start:end].decode()] = feature.get("did") or feature["$type"]
    assert marked == {
        f"@{stage.other.handle}": stage.other.did,
        "https://example.com/包": "app.bsky.richtext.facet#link",
        "#help": "app.bsky.richtext.facet#tag",
    }


async def test_a_quote_arrives_as_its_own_conversation(stage: BlueskyStage) -> None:
    root = await stage.publish("Our new lamp")
    reference = {"uri": root, "cid": stage.cids[root]}
    embed = {"$type": "app.bsky.embed.record", "record": reference}
    item = await arrival(stage, await stage.post(stage.other, "look at this", embed=embed))
    assert item.kind is ItemKind.QUOTE
    assert item.thread_id == item.external_id


async def test_a_blocked_reply_is_not_taken_for_deleted(stage: BlueskyStage) -> None:
    root = await stage.publish("Our new lamp")
    item = await arrival(stage, await stage.comment(root, "rude"))
    command = Command(key=new_id(), action=Action.BLOCK, target=item.target())
    await stage.connector.act(stage.access, command)
    await eventually(stage.is_blocked)

    async def left_out() -> bool:
        found = await stage.connector.thread(stage.access, item.target(), {item.external_id})
        assert not [one for one in found if one.kind == "removed"]
        return not [one for one in found if one.body.get("uri") == item.external_id]

    await eventually(left_out)


async def test_hiding_two_replies_keeps_both_hidden(stage: BlueskyStage) -> None:
    root = await stage.publish("Our new lamp")
    both = [await stage.comment(root, text) for text in ("one", "two")]
    for external_id in both:
        target = (await arrival(stage, external_id)).target()
        command = Command(key=new_id(), action=Action.HIDE, target=target)
        await stage.connector.act(stage.access, command)
        await stage.connector.act(stage.access, command)

    async def gate() -> Any:
        view = await stage.view(root)
        return view.get("threadgate", {}).get("record", {}).get("hiddenReplies", [])

    async def hidden() -> bool:
        return bool(sorted(await gate()) == sorted(both))

    await eventually(hidden)


async def test_a_text_that_is_too_long_is_refused_by_the_server_too(stage: BlueskyStage) -> None:
    root = await stage.publish("Our new lamp")
    target = (await arrival(stage, await stage.comment(root, "broken"))).target()
    command = Command(key=new_id(), action=Action.REPLY, target=target, text="x" * 301)
    with pytest.raises(InvalidInputError):
        await stage.connector.act(stage.access, command)
    fits = replace(command, text="👨‍👩‍👧‍👦" * 100)
    assert (await stage.connector.act(stage.access, fits)).external_id


async def test_polling_misses_nothing_of_a_long_absence(stage: BlueskyStage) -> None:
    await arrival(stage, await stage.mention("before"))
    cursor = (await stage.connector.poll(stage.access, "notifications", None)).cursor
    written = {await stage.mention(f"number {number}", wait=False) for number in range(55)}

    async def caught_up() -> bool:
        found: set[str] = set()
        at, more = cursor, True
        while more:
            page = await stage.connector.poll(stage.access, "notifications", at)
            found |= {one.body["uri"] for one in page.deliveries}
            at, more = page.cursor, page.more
        return written <= found

    await eventually(caught_up)


async def test_refreshed_credentials_work_and_keep_their_place(stage: BlueskyStage) -> None:
    renewed = await stage.connector.refresh(stage.access.credentials)
    assert renewed.data["refreshJwt"] != stage.access.credentials.data["refreshJwt"]
    assert renewed.data["service"] == stage.access.credentials.data["service"]
    assert renewed.expires_at is not None
    assert renewed.expires_at > datetime.now(UTC)
    access = replace(stage.access, credentials=renewed)
    root = await stage.publish("Our new lamp")
    assert set(await items(replace(stage, access=access), "posts")) == {root}
