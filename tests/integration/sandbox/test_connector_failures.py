"""What the connector says when the network fails, and how it settles what it cannot know."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.networks.errors import (
    AmbiguousError,
    AuthExpiredError,
    AuthRevokedError,
    InvalidInputError,
    NetworkError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
)
from shared.networks.http import Call, NetworkHttp
from shared.networks.sandbox.connector import SandboxConnector
from shared.networks.types import (
    Found,
    NotFound,
    Unsettled,
)
from tests.support.sandbox import SandboxHand
from tests.support.sandbox_scene import Scene, command_for, connect_scene
from tests.support.webhooks import Receiver


@pytest.mark.parametrize(
    ("effect", "error", "effects"),
    [
        ({"type": "timeout_before", "seconds": 0}, AmbiguousError, 0),
        ({"type": "timeout_after", "seconds": 0}, AmbiguousError, 1),
        ({"type": "reset"}, AmbiguousError, 0),
        ({"type": "reset_after"}, AmbiguousError, 1),
        ({"type": "malformed"}, AmbiguousError, 1),
        ({"type": "truncated"}, AmbiguousError, 1),
        ({"type": "html"}, AmbiguousError, 0),
        ({"type": "status", "status": 500}, AmbiguousError, 0),
        ({"type": "rate_limit", "retry_after": 9}, RateLimitedError, 0),
        ({"type": "token_expired"}, AuthExpiredError, 0),
        ({"type": "token_revoked"}, AuthRevokedError, 0),
        ({"type": "scope_removed", "scope": "reply"}, ScopeMissingError, 0),
    ],
)
async def test_every_failure_of_a_write_says_what_is_known(
    scene: Scene, effect: dict[str, object], error: type[NetworkError], effects: int
) -> None:
    command, now = command_for(await scene.mentioned()), datetime.now(UTC)
    fault = await scene.hand.fault(effect, method="POST")
    with pytest.raises(error) as caught:
        await scene.connector.act(scene.access, command)
    assert len(await scene.hand.injected(fault)) == 1
    assert len(await scene.hand.items(author=scene.account.external_id)) == effects
    if isinstance(caught.value, RateLimitedError):
        assert caught.value.wait == 9
    if error is AmbiguousError:
        settled = await scene.connector.find_sent(scene.access, command, now)
        assert isinstance(settled, Found if effects else NotFound)


async def test_a_failing_read_is_only_transient(scene: Scene) -> None:
    for effect in ("reset", "truncated", "malformed", "html"):
        await scene.hand.fault({"type": effect}, method="GET")
        with pytest.raises(RemoteTransientError):
            await scene.connector.poll(scene.access, "events", None)


async def test_without_keys_the_words_decide_and_absence_needs_time(microblog: Scene) -> None:
    scene, now = microblog, datetime.now(UTC)
    mention, other = await scene.mentioned("One"), await scene.mentioned("Two")
    command = command_for(mention)
    await scene.connector.act(scene.access, command_for(other))
    find = scene.connector.find_sent
    assert await find(scene.access, command, now) == Unsettled()
    assert await find(scene.access, command, now - timedelta(minutes=1)) == NotFound()
    await scene.hand.fault({"type": "reset_after"}, method="POST")
    with pytest.raises(AmbiguousError):
        await scene.connector.act(scene.access, command)
    await scene.hand.fault({"type": "stale_read"}, path="/sent")
    assert await find(scene.access, command, now) == Unsettled()
    settled = await find(scene.access, command, now)
    assert isinstance(settled, Found)
    (truth,) = await scene.hand.items(author=scene.account.external_id, thread=mention.thread_id)
    assert settled.result.external_id == truth["id"]


async def test_second_answer_to_a_review_is_settled_as_an_edit(
    sandbox: SandboxHand, connector: SandboxConnector
) -> None:
    scene = await connect_scene(sandbox, connector, "reviews")
    me, now = scene.account.external_id, datetime.now(UTC)
    said = await sandbox.say(scene.person, "reviews", account_id=me, text="Poor", rating=1)
    review = await scene.find(said["id"])
    first = await connector.act(scene.access, command_for(review))
    await sandbox.fault({"type": "reset_after"}, method="POST")
    command = command_for(review, text="Very sorry")
    with pytest.raises(AmbiguousError):
        await connector.act(scene.access, command)
    settled = await connector.find_sent(scene.access, command, now)
    assert isinstance(settled, Found)
    assert settled.result.external_id == first.external_id


async def test_only_the_configured_address_is_trusted(
    scene: Scene, hook: Receiver, http: NetworkHttp
) -> None:
    own = await http.send(Call(method="GET", url=f"{scene.hand.url}/_sandbox/health"))
    assert own.status == 200
    for url in (hook.url, hook.url.replace("http://", "https://")):
        with pytest.raises(InvalidInputError):
            await http.send(Call(method="GET", url=url))
    assert hook.received == []
