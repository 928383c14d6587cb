"""Acting on the sandbox through the connector, and what it says is possible."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.networks.capabilities import Allowed, Reason, Refused
from shared.networks.errors import (
    DuplicateError,
    GoneError,
    UnsupportedError,
    WindowClosedError,
)
from shared.networks.types import (
    Action,
    Found,
    Item,
    ItemKind,
    NotFound,
)
from tests.support.sandbox_scene import Scene, command_for


async def test_reply_once_for_one_key(scene: Scene) -> None:
    command = command_for(await scene.mentioned())
    first = await scene.connector.act(scene.access, command)
    second = await scene.connector.act(scene.access, command)
    assert first.external_id == second.external_id
    (written,) = await scene.hand.items(author=scene.account.external_id)
    assert (written["id"], written["text"]) == (first.external_id, "Thank you")
    assert first.rate is not None
    assert first.rate.limit == 600
    echo = await scene.find(written["id"])
    assert (echo.outbound, echo.kind, echo.permalink) == (True, ItemKind.REPLY, first.permalink)


async def test_message_and_private_reply(scene: Scene) -> None:
    asked = await scene.messaged()
    sent = await scene.connector.act(scene.access, command_for(asked, Action.SEND_MESSAGE))
    assert (await scene.find(sent.external_id or "")).thread_id == asked.thread_id
    comment = await scene.commented()
    await scene.connector.act(scene.access, command_for(comment, Action.SEND_MESSAGE))
    with pytest.raises(DuplicateError):
        await scene.connector.act(scene.access, command_for(comment, Action.SEND_MESSAGE))
    await scene.hand.advance(25 * 3600)
    fresh = await scene.connector.refresh(scene.access.credentials)
    with pytest.raises(WindowClosedError):
        await scene.connector.act(
            replace(scene.access, credentials=fresh), command_for(asked, Action.SEND_MESSAGE)
        )


@pytest.mark.parametrize(
    ("action", "field", "value"),
    [
        (Action.LIKE, "liked_by", True),
        (Action.HIDE, "hidden_at", True),
        (Action.DELETE, "deleted_at", True),
    ],
)
async def test_moderation_is_done_settled_and_undone(
    scene: Scene, action: Action, field: str, value: bool
) -> None:
    comment, now = await scene.commented(), datetime.now(UTC)
    command = command_for(comment, action)
    assert await scene.connector.find_sent(scene.access, command, now) == NotFound()
    await scene.connector.act(scene.access, command)
    (truth,) = await scene.hand.items(author=scene.person)
    assert bool(truth[field]) is value
    assert isinstance(await scene.connector.find_sent(scene.access, command, now), Found)
    undo = {Action.LIKE: Action.UNLIKE, Action.HIDE: Action.UNHIDE}.get(action)
    if undo is None:
        with pytest.raises(GoneError):
            await scene.connector.act(scene.access, command)
        return
    await scene.connector.act(scene.access, command_for(comment, undo))
    (truth,) = await scene.hand.items(author=scene.person)
    assert not truth[field]


async def test_block_is_settled(scene: Scene) -> None:
    command, now = command_for(await scene.mentioned(), Action.BLOCK), datetime.now(UTC)
    assert await scene.connector.find_sent(scene.access, command, now) == NotFound()
    await scene.connector.act(scene.access, command)
    assert isinstance(await scene.connector.find_sent(scene.access, command, now), Found)


async def test_capabilities_agree_with_what_the_network_does(microblog: Scene) -> None:
    mention, now = await microblog.mentioned(), datetime.now(UTC)
    scopes = frozenset({"read", "reply", "moderate", "message"})
    document = microblog.connector.capabilities(microblog.account, scopes)
    for action in (Action.REPLY, Action.LIKE, Action.BLOCK):
        assert document.can(action, mention.target(), now) == Allowed()
    for action in (Action.HIDE, Action.DELETE, Action.SEND_MESSAGE):
        verdict = document.can(action, mention.target(), now)
        assert isinstance(verdict, Refused)
        assert verdict.code is Reason.NOT_SUPPORTED
    with pytest.raises(UnsupportedError):
        await microblog.connector.act(microblog.access, command_for(mention, Action.HIDE))
    too_long = document.check_text(Action.REPLY, "x" * 301)
    assert isinstance(too_long, Refused)


async def test_windows_differ_by_kind_of_item(scene: Scene) -> None:
    comment, message = await scene.commented(), await scene.messaged()
    document = scene.connector.capabilities(scene.account, frozenset({"message"}))
    can = document.can

    def verdict(item: Item, hours: int) -> object:
        result = can(Action.SEND_MESSAGE, item.target(), item.created_at + timedelta(hours=hours))
        return result.code if isinstance(result, Refused) else None

    assert [verdict(message, hours) for hours in (24, 25)] == [None, Reason.WINDOW_CLOSED]
    assert [verdict(comment, hours) for hours in (168, 169)] == [None, Reason.TOO_OLD]
    bare = scene.connector.capabilities(scene.account, frozenset())
    refused = bare.can(Action.SEND_MESSAGE, message.target(), message.created_at)
    assert isinstance(refused, Refused)
    assert refused.code is Reason.SCOPE_MISSING
