"""What only Mastodon does, on a server that speaks its API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from shared.ids import new_id
from shared.networks.connector import Redirect
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    InvalidInputError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.http import NetworkHttp
from shared.networks.types import Action, Command, Item, RawDelivery, Removed, Upsert, Visibility
from tests.networks.servers.running import Atproto
from tests.networks.stages.base import arrival, eventually, items
from tests.networks.stages.mastodon import RETURN_URL, MastodonStage, mastodon_stage

pytestmark = pytest.mark.networks


@pytest.fixture
async def stage(mastodon: str, plain: httpx.AsyncClient, outbound: NetworkHttp) -> MastodonStage:
    return await mastodon_stage(mastodon, plain, outbound)


@asynccontextmanager
async def heard(stage: MastodonStage) -> AsyncIterator[list[RawDelivery]]:
    """All that the stream brings, once the server is known to listen to us."""
    found: list[RawDelivery] = []
    stream = stage.connector.stream(stage.access)

    async def listen() -> None:
        while True:
            found.append(await anext(stream))

    listening = asyncio.create_task(listen())

    async def connected() -> bool:
        await stage.mention("are you there?")
        return bool(found)

    await eventually(connected)
    yield found
    listening.cancel()
    await asyncio.wait([listening])


async def test_an_edit_is_followed_and_the_newer_text_wins(stage: MastodonStage) -> None:
    root = await stage.publish("Our new lamp")
    external_id = await stage.comment(root, "brokn")
    first = await arrival(stage, external_id)
    data = {"status": f"@{stage.brand} broken"}
    await stage.call("PUT", f"/api/v1/statuses/{external_id}", data=data)
    deliveries = await stage.connector.thread(stage.access, first.target(), set())
    edited = _items(stage, deliveries)[external_id]
    assert edited.text == f"@{stage.brand} broken"
    assert edited.version > first.version
    assert edited.edited_at is not None
    assert edited.created_at == first.created_at


async def test_the_stream_tells_of_deletions(stage: MastodonStage) -> None:
    token = stage.access.credentials.data["access_token"]
    customer = (await stage.call("GET", "/api/v1/accounts/verify_credentials"))["id"]
    # The server tells followers only.
    await stage.call("POST", f"/api/v1/accounts/{customer}/follow", token)
    async with heard(stage) as found:
        external_id = await stage.mention("brokn")
        await _until(found, "status", external_id)
        await stage.call("DELETE", f"/api/v1/statuses/{external_id}")
        delivery = await _until(found, "removed", external_id)
    (change,) = stage.connector.normalize(delivery, stage.access.account)
    assert isinstance(change, Removed)
    assert change.external_id == external_id


async def _until(found: list[RawDelivery], kind: str, external_id: str) -> RawDelivery:
    async def look() -> RawDelivery | None:
        matching = (one for one in found if one.kind == kind and external_id in one.external_id)
        return next(matching, None)

    return await eventually(look)


async def test_an_answer_is_never_more_public_than_what_it_answers(stage: MastodonStage) -> None:
    for visibility in ("unlisted", "private", "direct"):
        asked = await stage.post(f"@{stage.brand} a question", visibility=visibility)
        item = await arrival(stage, asked)
        private = visibility in ("private", "direct")
        assert (item.visibility is Visibility.PRIVATE) == private
        command = Command(key=new_id(), action=Action.REPLY, target=item.target(), text="An answer")
        made = await stage.connector.act(stage.access, command)
        status = await stage.call("GET", f"/api/v1/statuses/{made.external_id}")
        assert status["visibility"] == visibility
        assert [one["acct"] for one in status["mentions"]] == [stage.other]


async def test_polling_misses_nothing_of_a_long_absence(stage: MastodonStage) -> None:
    before = await stage.connector.poll(stage.access, "notifications", None)
    assert before.deliveries == []
    root = await stage.publish("Our new lamp")
    first = await stage.comment(root, "first")
    await arrival(stage, first)
    page = await stage.connector.poll(stage.access, "notifications", None)
    written = [await stage.comment(root, f"number {number}") for number in range(45)]
    found: list[str] = []
    cursor, more = page.cursor, True
    while more:
        page = await stage.connector.poll(stage.access, "notifications", cursor)
        found += [one.body["status"]["id"] for one in page.deliveries]
        cursor, more = page.cursor, page.more
    assert found == written
    assert await items(stage, "notifications")


async def test_a_server_error_after_writing_is_open_and_then_settled(stage: MastodonStage) -> None:
    item = await arrival(stage, await stage.mention("a question"))
    fault = {
        "match": {"path": "/api/v1/statuses", "methods": ["POST"]},
        "effect": {"type": "status", "status": 503},
        "count": 1,
    }
    await stage.call("POST", "/api/v1/_mock/faults", json=fault)
    command = Command(key=new_id(), action=Action.REPLY, target=item.target(), text="An answer")
    with pytest.raises(AmbiguousError):
        await stage.connector.act(stage.access, command)


async def test_a_malformed_answer_is_a_passing_trouble(stage: MastodonStage) -> None:
    fault = {
        "match": {"path": "/api/v1/notifications", "methods": ["GET"]},
        "effect": {"type": "malformed"},
        "count": 1,
    }
    await stage.call("POST", "/api/v1/_mock/faults", json=fault)
    with pytest.raises(RemoteTransientError):
        await stage.connector.poll(stage.access, "notifications", None)
    await stage.connector.poll(stage.access, "notifications", None)


async def test_the_answer_of_the_consent_page_must_be_ours(stage: MastodonStage) -> None:
    begun = await stage.connector.connect({"instance": stage.url}, RETURN_URL)
    assert isinstance(begun, Redirect)
    assert "verifier" not in repr(begun)
    with pytest.raises(InvalidInputError):
        await stage.connector.finish(begun.pending, {"state": "another", "code": "x"})
    denied = {"state": begun.state, "error": "access_denied"}
    with pytest.raises(AuthRevokedError):
        await stage.connector.finish(begun.pending, denied)


async def test_an_address_that_is_no_instance_is_refused(
    stage: MastodonStage, atproto: Atproto
) -> None:
    with pytest.raises(InvalidInputError, match="There is no Mastodon server at localhost"):
        await stage.connector.connect({"instance": atproto.pds}, RETURN_URL)


async def test_a_server_without_a_stream_says_so(stage: MastodonStage) -> None:
    facts = {**stage.access.account.facts, "streaming": f"{stage.url}/nowhere"}
    access = replace(stage.access, account=replace(stage.access.account, facts=facts))
    with pytest.raises(UnsupportedError):
        await anext(aiter(stage.connector.stream(access)))


def _items(stage: MastodonStage, deliveries: object) -> dict[str, Item]:
    found: dict[str, Item] = {}
    assert isinstance(deliveries, list)
    for delivery in deliveries:
        (change,) = stage.connector.normalize(delivery, stage.access.account)
        assert isinstance(change, Upsert)
        found[change.item.external_id] = change.item
    return found
