"""Sessions, API keys and what a browser may do with them, through the running gateway."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest

from gateway.settings import GatewaySettings
from shared.clock import SystemClock
from shared.events.envelope import Envelope
from shared.events.team_directory import AccessChanged
from shared.http.tokens import TokenVerifier
from shared.identity import ActorKind
from shared.ids import new_id
from shared.messaging.bus import Message
from shared.messaging.connect import open_bus
from tests.integration.gateway.conftest import everyone
from tests.support.gateway import PASSWORD, GatewayHand, running_gateway, until
from tests.support.service import INTERNAL_KEY, platform_settings

Urls = Mapping[str, str]
PATH = "/api/v1/inbox/conversations"


async def test_a_session_begins_shows_itself_and_ends(hand: GatewayHand) -> None:
    identity = everyone()
    hand.directory.people = {"first": identity}
    wrong = await hand.http.post("/api/v1/session", json={"email": "a@b.c", "password": "x"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "directory.login_failed")

    begun = await hand.http.post("/api/v1/session", json={"email": "a@b.c", "password": PASSWORD})
    assert begun.status_code == 201
    assert "token" not in begun.text.replace("first", "token")
    cookie = begun.headers["set-cookie"]
    assert cookie.startswith("parley_session=first; Path=/; HttpOnly; SameSite=Lax; Expires=")
    assert "Secure" not in cookie

    headers = hand.cookie("first")
    who = (await hand.http.get("/api/v1/session", headers=headers)).json()
    assert who["actor_id"] == str(identity.actor_id)
    assert who["person"]["email"] == "ada@example.com"
    assert who["workspaces"][0]["id"] == str(identity.workspace_id)
    assert who["levels"]["inbox"] == 4

    ended = await hand.http.delete("/api/v1/session", headers=headers)
    assert ended.status_code == 204
    assert "Max-Age=0" in ended.headers["set-cookie"]
    assert (await hand.http.get(PATH, headers=headers)).status_code == 401


async def test_many_requests_ask_once_who_is_there(hand: GatewayHand) -> None:
    token = hand.directory.admit(everyone())
    hand.directory.asked.clear()
    hand.directory.hold = asyncio.Event()
    headers = hand.cookie(token)
    asking = [asyncio.create_task(hand.http.get(PATH, headers=headers)) for _ in range(8)]
    await until(lambda: bool(hand.directory.asked))
    asking[0].cancel()  # Whoever asked first may go away; the others still get the answer.
    hand.directory.hold.set()
    answers = await asyncio.gather(*asking[1:])
    hand.directory.hold = None
    assert {answer.status_code for answer in answers} == {200}
    assert (await hand.http.get(PATH, headers=headers)).status_code == 200
    assert hand.directory.asked == [token]


async def test_a_changed_access_counts_at_once(hand: GatewayHand, database_urls: Urls) -> None:
    identity = everyone()
    token = hand.directory.admit(identity)
    headers = hand.cookie(token)
    assert (await hand.http.get(PATH, headers=headers)).status_code == 200
    del hand.directory.people[token]
    assert (await hand.http.get(PATH, headers=headers)).status_code == 200  # Still remembered.

    event = AccessChanged(workspace_id=identity.workspace_id, actor_id=identity.actor_id)
    envelope = Envelope(new_id(), SystemClock().now(), event)
    bus = open_bus(platform_settings(database_urls))
    await bus.start()
    await bus.publish([Message(event.topic, event.key, envelope.headers(), envelope.body())])
    await bus.stop()

    async def refused() -> bool:
        return (await hand.http.get(PATH, headers=headers)).status_code == 401

    await until(refused, 5)


async def test_an_identity_is_kept_by_workspace(hand: GatewayHand) -> None:
    token = hand.directory.admit(everyone())
    verifier = TokenVerifier((INTERNAL_KEY,), SystemClock())
    for workspace_id in (new_id(), new_id()):
        headers = {**hand.cookie(token), "x-parley-workspace": str(workspace_id)}
        answer = await hand.http.get(PATH, headers=headers)
        sent = dict(answer.json()["headers"])["authorization"].removeprefix("Bearer ")
        assert verifier.verify(sent).workspace_id == workspace_id


async def test_a_changed_token_reaches_the_browser(hand: GatewayHand) -> None:
    token = hand.directory.admit(everyone())
    hand.directory.rotations[token] = "the-next-one"
    answer = await hand.http.get(PATH, headers=hand.cookie(token))
    assert answer.headers["set-cookie"].startswith("parley_session=the-next-one; ")


async def test_an_api_key_goes_before_a_cookie_and_needs_no_origin(hand: GatewayHand) -> None:
    key_identity = replace(everyone(), kind=ActorKind.API_KEY)
    key = hand.directory.admit(key_identity, "pk_live_1")
    cookie = hand.cookie(hand.directory.admit(everyone()))
    headers = {**cookie, "authorization": f"Bearer {key}", "sec-fetch-site": "cross-site"}
    answer = await hand.http.post(PATH, headers=headers)
    verifier = TokenVerifier((INTERNAL_KEY,), SystemClock())
    sent = dict(answer.json()["headers"])["authorization"].removeprefix("Bearer ")
    assert verifier.verify(sent) == key_identity
    in_a_cookie = await hand.http.get(PATH, headers=hand.cookie(key))
    assert in_a_cookie.status_code == 401


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin", "origin": "https://evil.example"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "https://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "http://own"}, True),
        ({"sec-fetch-site": "cross-site", "origin": "https://partner.example"}, True),
    ],
    ids=str,
)
async def test_another_site_cannot_change_anything(
    strict: GatewayHand, said: dict[str, str], *, allowed: bool
) -> None:
    headers = {**strict.cookie("good"), "host": "own", **said}
    for path in (PATH, "/api/v1/session/everywhere"):
        method = "POST" if path == PATH else "DELETE"
        strict.directory.admit(everyone(), "good")
        strict.directory.asked.clear()
        answer = await strict.http.request(method, path, headers=headers)
        if allowed:
            assert answer.status_code in (200, 204), answer.text
        else:
            assert answer.status_code == 403
            assert answer.json()["code"] == "gateway.cross_site"
            assert "good" in strict.directory.people


@pytest.fixture(scope="module")
async def strict(database_urls: Urls) -> AsyncIterator[GatewayHand]:
    """One behind a proxy with https, which lets one other site in."""
    async with running_gateway(
        database_urls,
        public_url="https://parley.example",
        cors_origins="https://partner.example",
        trusted_proxies="127.0.0.1,10.0.0.0/8",
        login_rate="3/minute",
        anonymous_rate="5/minute",
    ) as running:
        yield running


async def test_one_other_site_may_ask_and_the_rest_may_not(strict: GatewayHand) -> None:
    asked = {"access-control-request-method": "PUT", "origin": "https://partner.example"}
    answer = await strict.http.options(PATH, headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "https://partner.example"
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "PUT" in answer.headers["access-control-allow-methods"]
    answer = await strict.http.options(PATH, headers={**asked, "origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["vary"] == "Origin"


async def test_cookies_and_transport_are_secure_behind_https(strict: GatewayHand) -> None:
    strict.directory.people = {"first": everyone()}
    begun = await strict.http.post("/api/v1/session", json={"email": "a@b.c", "password": PASSWORD})
    assert begun.headers["set-cookie"].endswith("; Secure")
    assert begun.headers["strict-transport-security"] == "max-age=31536000"


async def test_the_client_is_the_last_hop_that_is_no_proxy_of_ours(strict: GatewayHand) -> None:
    headers = strict.cookie(strict.directory.admit(everyone()))
    for chain, client in (
        ("6.6.6.6, 203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("2001:db8::1", "2001:db8::1"),
        ("nonsense", "127.0.0.1"),
        ("10.0.0.1", "10.0.0.1"),
    ):
        answer = await strict.http.get(PATH, headers={**headers, "x-forwarded-for": chain})
        assert dict(answer.json()["headers"])["x-parley-client-ip"] == client


async def test_guessing_passwords_and_tokens_ends_soon(strict: GatewayHand) -> None:
    here = {"x-forwarded-for": "198.51.100.1"}
    guess = {"email": "a@b.c", "password": "wrong"}
    codes = [
        (await strict.http.post("/api/v1/session", json=guess, headers=here)).status_code
        for _ in range(4)
    ]
    assert codes == [401, 401, 401, 429]
    last = await strict.http.post("/api/v1/session", json=guess, headers=here)
    assert last.json()["code"] == "gateway.rate_limit"
    assert 1 <= int(last.headers["retry-after"]) <= 60
    assert last.headers["ratelimit-limit"] == "3"
    assert last.headers["ratelimit-remaining"] == "0"
    assert last.headers["ratelimit-reset"] == last.headers["retry-after"]
    elsewhere = {"x-forwarded-for": "198.51.100.2"}
    other = await strict.http.post("/api/v1/session", json=guess, headers=elsewhere)
    assert other.status_code == 401

    strict.directory.asked.clear()
    for number in range(8):
        await strict.http.get(PATH, headers={**here, **strict.cookie(f"guess-{number}")})
    assert len(strict.directory.asked) == 5


async def test_setup_and_odd_invitations(hand: GatewayHand) -> None:
    hand.directory.people.clear()
    assert (await hand.http.get("/api/v1/setup")).json() == {"needed": True}
    answer = await hand.http.get("/api/v1/invitations/a%3Fb")
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed_request")


def test_settings_say_what_does_not_fit() -> None:
    for name, value in (("inbox_url", "ftp://x"), ("trusted_proxies", "nowhere")):
        with pytest.raises(ValueError, match=name):
            GatewaySettings.model_validate({name: value, "platform": platform_settings(_NOWHERE)})


_NOWHERE = {"bus": "postgresql://nowhere"}
