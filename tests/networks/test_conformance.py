"""What every connector must do, on real servers: the same suite for each network."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shared.ids import new_id
from shared.networks.capabilities import Allowed, Reason, Refused, Support
from shared.networks.connector import Push
from shared.networks.errors import (
    AuthRevokedError,
    RateLimitedError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.types import (
    Access,
    Action,
    Command,
    Found,
    Item,
    ItemKind,
    NotFound,
    Removed,
    Upsert,
    Visibility,
)
from tests.networks.stages.base import Stage, arrival, eventually, items

pytestmark = pytest.mark.networks

_TEXT = "The parcel is broken 🙈 — 包裹坏了"


async def test_describes_the_connected_account(stage: Stage) -> None:
    inspection = await stage.connector.inspect(stage.access)
    assert inspection.account == stage.access.account
    assert inspection.problems == ()
    assert stage.access.account.handle.startswith("brand")


async def test_wrong_credentials_need_a_person(stage: Stage) -> None:
    with pytest.raises(AuthRevokedError):
        await stage.try_wrong_credentials()


async def test_a_comment_arrives(stage: Stage) -> None:
    root = await stage.publish("Our new lamp")
    external_id = await stage.comment(root, _TEXT)
    item = await arrival(stage, external_id)
    assert item.kind is ItemKind.COMMENT
    assert item.thread_id == item.parent_id == root
    assert item.text.endswith(_TEXT)
    assert item.author.handle == stage.customer
    assert item.visibility is Visibility.PUBLIC
    assert not item.outbound
    assert item.permalink


async def test_a_mention_arrives(stage: Stage) -> None:
    item = await arrival(stage, await stage.mention(_TEXT))
    assert item.kind is ItemKind.MENTION
    assert item.thread_id == item.external_id
    assert item.text.endswith(_TEXT)


async def test_a_direct_message_arrives_and_is_answered(stage: Stage) -> None:
    external_id = await stage.message(_TEXT)
    item = await arrival(stage, external_id)
    assert item.kind is ItemKind.DM
    assert item.visibility is Visibility.PRIVATE
    assert item.text.endswith(_TEXT)
    result = await _do(stage, Action.SEND_MESSAGE, item, "We are on it.")
    assert await stage.answers_to(external_id) == [result]


async def test_polling_goes_on_where_it_stopped(stage: Stage) -> None:
    root = await stage.publish("Our new lamp")
    first = await stage.comment(root, "one")
    await arrival(stage, first)
    page = await stage.connector.poll(stage.access, stage.streams[0], None)
    seen = {delivery.external_id for delivery in page.deliveries}
    again = await stage.connector.poll(stage.access, stage.streams[0], page.cursor)
    assert {delivery.external_id for delivery in again.deliveries} <= seen
    second = await stage.comment(root, "two")

    async def fresh() -> set[str]:
        following = await stage.connector.poll(stage.access, stage.streams[0], page.cursor)
        return {one.external_id for one in following.deliveries} - seen

    assert [name for name in await eventually(fresh) if second in name]


async def test_the_stream_brings_what_polling_brings(stage: Stage) -> None:
    if stage.connector.manifest.push is not Push.STREAM:
        with pytest.raises(UnsupportedError):
            stage.connector.stream(stage.access)
        return
    root = await stage.publish("Our new lamp")
    stream = stage.connector.stream(stage.access)
    listening = asyncio.ensure_future(anext(aiter(stream)))
    # Whether the server listens to us yet cannot be seen, so comments follow until one comes.
    comments: list[str] = []

    async def heard() -> bool:
        comments.append(await stage.comment(root, f"number {len(comments)}"))
        done, _ = await asyncio.wait([listening], timeout=0.5)
        return bool(done)

    await eventually(heard)
    delivery = listening.result()
    (change,) = stage.connector.normalize(delivery, stage.access.account)
    assert isinstance(change, Upsert)
    assert change.item.external_id in comments
    page = await stage.connector.poll(stage.access, stage.streams[0], None)
    assert delivery.external_id in {one.external_id for one in page.deliveries}


async def test_a_thread_shows_all_and_what_is_gone(stage: Stage) -> None:
    root = await stage.publish("Our new lamp")
    kept, gone = await stage.comment(root, "kept"), await stage.comment(root, "gone")
    item = await arrival(stage, kept)
    polled = await arrival(stage, gone)
    await stage.withdraw(gone)

    async def read_back() -> tuple[dict[str, Item], set[str]] | None:
        found = await _thread(stage, item, {kept, gone})
        return found if gone in found[1] else None

    present, removed = await eventually(read_back)
    assert set(present) == {root, kept}
    assert removed == {gone}
    assert present[kept] == item
    assert present[root].kind is ItemKind.POST
    assert present[root].outbound
    assert not polled.outbound


async def test_a_reply_stands_once_however_often_it_is_sent(stage: Stage) -> None:
    item = await _comment(stage)
    command = Command(
        key=new_id(), action=Action.REPLY, target=item.target(), text="Sorry! 我们马上处理"
    )
    since = datetime.now(UTC)
    assert await stage.connector.find_sent(stage.access, command, since) == NotFound()
    first = await stage.connector.act(stage.access, command)
    second = await stage.connector.act(stage.access, command)
    assert first.external_id == second.external_id
    settled = await stage.connector.find_sent(stage.access, command, since)
    assert isinstance(settled, Found)
    assert settled.result.external_id == first.external_id
    assert settled.result.permalink == first.permalink
    standing = await eventually(lambda: stage.answers_to(item.external_id))
    assert list(standing) == [first.external_id]


async def test_our_own_reply_is_known_as_ours(stage: Stage) -> None:
    item = await _comment(stage)
    made = await _do(stage, Action.REPLY, item, "Sorry!")

    async def look() -> Item | None:
        return (await _thread(stage, item, set()))[0].get(made)

    echo = await eventually(look)
    assert echo.outbound
    assert echo.parent_id == item.external_id
    assert echo.thread_id == item.thread_id

    async def agree() -> bool:
        # A network may show us what we just wrote before its index has it.
        listed = (await items(stage, stage.ours)).get(made)
        return listed is not None and listed == await look()

    await eventually(agree)


async def test_likes_and_takes_it_back(stage: Stage) -> None:
    item = await _comment(stage)
    await _do(stage, Action.LIKE, item)
    await eventually(lambda: stage.is_liked(item.external_id))
    await _do(stage, Action.UNLIKE, item)
    await eventually(lambda: _not(stage.is_liked(item.external_id)))


async def test_blocks_the_author_and_takes_it_back(stage: Stage) -> None:
    item = await _comment(stage)
    await _do(stage, Action.BLOCK, item)
    await eventually(stage.is_blocked)
    await _do(stage, Action.UNBLOCK, item)
    await eventually(lambda: _not(stage.is_blocked()))


async def test_deletes_what_it_may(stage: Stage) -> None:
    item = await _comment(stage)
    own = await _do(stage, Action.REPLY, item, "Wrong answer")
    await eventually(lambda: stage.answers_to(item.external_id))
    reply = (await _thread(stage, item, set()))[0][own]
    await _do(stage, Action.DELETE, reply)
    await eventually(lambda: _not(stage.answers_to(item.external_id)))
    assert item.external_id in (await _thread(stage, item, set()))[0]

    capabilities = stage.connector.capabilities(stage.access.account, stage.scopes)
    verdict = capabilities.can(Action.DELETE, item.target(), datetime.now(UTC))
    if verdict == Allowed():
        await _do(stage, Action.DELETE, item)
        assert item.external_id in (await _thread(stage, item, {item.external_id}))[1]
        return
    assert isinstance(verdict, Refused)
    assert verdict.code is Reason.NOT_SUPPORTED
    with pytest.raises(UnsupportedError):
        await _do(stage, Action.DELETE, item)


async def test_hides_where_the_capability_says_so(stage: Stage) -> None:
    item = await _comment(stage)
    capabilities = stage.connector.capabilities(stage.access.account, stage.scopes)
    if capabilities.actions[Action.HIDE].supported is Support.NO:
        with pytest.raises(UnsupportedError):
            await _do(stage, Action.HIDE, item)
        return
    await _do(stage, Action.HIDE, item)
    await eventually(lambda: stage.is_hidden(item.external_id))
    await _do(stage, Action.UNHIDE, item)
    await eventually(lambda: _not(stage.is_hidden(item.external_id)))


async def test_the_capabilities_allow_what_works(stage: Stage) -> None:
    capabilities = stage.connector.capabilities(stage.access.account, stage.scopes)
    target = (await _comment(stage)).target()
    now = datetime.now(UTC)
    for action in (Action.REPLY, Action.LIKE, Action.UNLIKE, Action.BLOCK):
        assert capabilities.can(action, target, now) == Allowed()
    liked = replace(target, done=frozenset({Action.LIKE}))
    verdict = capabilities.can(Action.LIKE, liked, now)
    assert isinstance(verdict, Refused)
    assert verdict.code is Reason.ALREADY_DONE
    assert capabilities.check_text(Action.REPLY, "short") == Allowed()
    long = capabilities.check_text(Action.REPLY, "x" * 10_000)
    assert isinstance(long, Refused)
    assert long.code is Reason.TOO_LONG


async def test_a_dead_token_is_classed_right(stage: Stage) -> None:
    access, expected = stage.dead_access()
    with pytest.raises(expected):
        await stage.connector.poll(access, stage.streams[0], None)
    with pytest.raises(expected):
        await stage.connector.inspect(access)


async def test_a_rate_limit_says_how_long_to_wait(stage: Stage) -> None:
    with pytest.raises(RateLimitedError) as caught:
        await stage.throttle()
    assert 1 < caught.value.wait <= 300
    assert caught.value.data["retry_after"] == caught.value.wait


async def test_revoked_credentials_are_useless(stage: Stage) -> None:
    renewed = await stage.connector.refresh(stage.access.credentials)
    access = replace(stage.access, credentials=renewed)
    await stage.connector.inspect(access)
    await stage.connector.revoke(access)
    await stage.connector.revoke(access)
    with pytest.raises(AuthRevokedError):
        # Where access outlives the session for a while, at least no refresh is left.
        await _use(stage, access)


async def test_a_server_that_is_not_there_did_nothing(stage: Stage) -> None:
    account = replace(stage.access.account, base_url="http://127.0.0.1:1", facts={})
    access = replace(stage.access, account=account)
    item = await _comment(stage)
    command = Command(key=new_id(), action=Action.LIKE, target=item.target())
    with pytest.raises(RemoteTransientError):
        await stage.connector.act(access, command)
    with pytest.raises(RemoteTransientError):
        await stage.connector.poll(access, stage.streams[0], None)


async def _comment(stage: Stage) -> Item:
    root = await stage.publish("Our new lamp")
    return await arrival(stage, await stage.comment(root, _TEXT))


async def _do(stage: Stage, action: Action, item: Item, text: str = "") -> str:
    command = Command(key=new_id(), action=action, target=item.target(), text=text)
    result = await stage.connector.act(stage.access, command)
    settled = await stage.connector.find_sent(stage.access, command, result.at)
    assert isinstance(settled, Found)
    return result.external_id or ""


async def _thread(stage: Stage, item: Item, known: set[str]) -> tuple[dict[str, Item], set[str]]:
    present: dict[str, Item] = {}
    removed: set[str] = set()
    for delivery in await stage.connector.thread(stage.access, item.target(), known):
        for change in stage.connector.normalize(delivery, stage.access.account):
            match change:
                case Upsert(item=found):
                    present[found.external_id] = found
                case Removed(external_id=external_id):
                    removed.add(external_id)
    return present, removed


async def _use(stage: Stage, access: Access) -> None:
    await stage.connector.refresh(access.credentials)
    await stage.connector.inspect(access)


async def _not(question: object) -> bool:
    return not await question  # type: ignore[misc]  # Any awaitable will do.
