"""The live stream and presence: what happens in a workspace is heard by its own people only."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import orjson
import pytest

from tests.integration.gateway.test_live import Listener, listening
from tests.isolation.attackers import Attacker, Cast
from tests.support.gateway import until

STREAM = "/api/v1/stream"
INBOX = "/api/v1/inbox"
TELLING = ("team_directory", "inbox")


@pytest.fixture(scope="module")
async def owner(cast: Cast) -> AsyncIterator[Attacker]:
    """Not an attacker at all: whoever may see and do everything here, with relays at hand."""
    token = cast.victim.owner.token
    headers = {"cookie": f"parley_session={token}"}
    hands = [cast.house.hands[name] for name in TELLING]
    for hand in hands:
        await hand.forget_events()  # How the stage was set ends every stream.
        await hand.service.bus.start()
    yield Attacker("owner", cast.house, cast.victim.ids, (), headers)
    for hand in hands:
        await hand.service.bus.stop()


@asynccontextmanager
async def hearing(someone: Attacker) -> AsyncIterator[Listener]:
    cookie = someone.headers.get("cookie", "=").partition("=")[2]
    others = {name: it for name, it in someone.headers.items() if name != "cookie"}
    async with listening(someone.house.gateway, cookie, **others) as listener:
        yield listener


async def act(owner: Attacker) -> None:
    """Everything about a conversation, a team and a profile that is told at once."""
    conversation = f"{INBOX}/conversations/{owner.own['conversation']}"
    for method, path, body in (
        ("POST", f"{conversation}/notes", {"body": "Live"}),
        ("POST", f"{conversation}/tags", {"add": [str(owner.own["tag"])]}),
        ("POST", "/api/v1/team/teams", {"name": "Live"}),
        ("POST", f"/api/v1/team/profiles/{owner.own['profile']}/check", None),
        ("POST", "/api/v1/presence", presence(owner, "typing")),
    ):
        answer = await owner.send(method, path, json=body)
        assert answer.is_success, f"{method} {path}: {answer.text}"
    for name in TELLING:
        assert await owner.house.hands[name].service.relay.drain() > 0


def presence(owner: Attacker, state: str) -> dict[str, str]:
    return {"conversation_id": str(owner.own["conversation"]), "state": state}


async def test_nothing_is_heard_elsewhere(cast: Cast, owner: Attacker) -> None:
    attackers = [it for it in cast.attackers.values() if it.name != "nobody"]
    here = await owner.send("POST", "/api/v1/presence", json=presence(owner, "viewing"))
    assert here.status_code == 204
    async with AsyncExitStack() as stack:
        heard = {it.name: await stack.enter_async_context(hearing(it)) for it in attackers}
        ours = await stack.enter_async_context(hearing(owner))
        await act(owner)
        for name in ("inbox.note_added", "gateway.presence_changed", "team_directory.team_saved"):
            await until(lambda name=name: bool(ours.of(name)))  # type: ignore[misc]  # A default binds it.
        # Events go to all streams at once: after two further beats each has read what came.
        beats = {name: listener.beats for name, listener in heard.items()}
        await until(lambda: all(it.beats > beats[name] + 1 for name, it in heard.items()))
    for attacker in attackers:
        said = orjson.dumps(heard[attacker.name].events).decode()
        for word in (*attacker.words, str(cast.victim.ids["conversation"]), str(owner.own["tag"])):
            assert word not in said.lower(), f"{attacker.name} heard «{word}»: {said[:1500]}"
        if attacker.name in ("powerless", "key"):
            assert set(heard[attacker.name].names()) == {"hello", "gateway.presence"}


async def test_nobody_listens_without_a_login_or_in_another_workspace(cast: Cast) -> None:
    victims = {"workspace": str(cast.victim.workspace_id)}
    strangers = {"workspace": str(cast.strangers.workspace_id)}
    for name, query in (
        ("nobody", {}),
        ("nobody", victims),
        ("stranger", victims),
        ("powerless", strangers),
        ("confined", strangers),
    ):
        attacker = cast.attackers[name]
        http = attacker.house.gateway.http
        async with http.stream("GET", STREAM, params=query, headers=attacker.headers) as answer:
            assert answer.status_code in (401, 403, 404), f"{name} {query}: {answer.status_code}"


@pytest.mark.parametrize("name", ["stranger", "powerless", "confined", "key", "nobody"])
async def test_nobody_else_shows_up_at_a_conversation(
    cast: Cast, owner: Attacker, name: str
) -> None:
    async with hearing(owner) as ours:
        for state in ("viewing", "typing", "left"):
            body = presence(owner, state)
            answer = await cast.attackers[name].send("POST", "/api/v1/presence", json=body)
            assert answer.status_code in (401, 403, 404), answer.text
        beats = ours.beats
        await until(lambda: ours.beats > beats + 1)
        assert not ours.of("gateway.presence_changed")
