"""Each effect of the fault plane, seen by a real client over a real socket."""

import time
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.support.sandbox import Json, SandboxHand


@dataclass(frozen=True, slots=True)
class Scene:
    """A brand with a comment under its post, and a client that holds the brand's token."""

    hand: SandboxHand
    http: httpx.AsyncClient
    account: str
    comment: str
    tokens: Json

    async def reply(self, text: str = "Hello") -> httpx.Response:
        return await self.http.post(f"/v1/items/{self.comment}/replies", json={"text": text})

    async def me(self) -> httpx.Response:
        return await self.http.get("/v1/me")

    async def replies_in_truth(self) -> int:
        return len(await self.hand.items(author=self.account, kind="reply"))


@pytest.fixture
async def scene(sandbox: SandboxHand, client: httpx.AsyncClient) -> Scene:
    account = await sandbox.account()
    tokens = await sandbox.tokens(account)
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    post = await client.post(f"/v1/accounts/{account}/posts", json={"text": "A post"})
    person = await sandbox.person()
    comment = await sandbox.say(person, "comments", post_id=post.json()["id"], text="Hi")
    return Scene(sandbox, client, account, comment["id"], tokens)


async def test_status_with_code_and_headers_once(scene: Scene) -> None:
    effect = {"type": "status", "status": 503, "code": "down", "headers": {"X-Why": "test"}}
    fault = await scene.hand.fault(effect, path="^/v1/me$", method="get")
    answer = await scene.me()
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "down")
    assert answer.headers["x-why"] == "test"
    assert (await scene.me()).status_code == 200
    (injected,) = await scene.hand.injected(fault)
    assert answer.headers["x-sandbox-fault"] == injected["id"]
    assert (injected["account"], injected["path"]) == (scene.account, "/v1/me")


async def test_rate_limit_names_the_wait(scene: Scene) -> None:
    await scene.hand.fault({"type": "rate_limit", "retry_after": 17})
    answer = await scene.reply()
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "17")
    assert await scene.replies_in_truth() == 0


async def test_latency(scene: Scene) -> None:
    await scene.hand.fault({"type": "latency", "seconds": 0.2})
    before = time.monotonic()
    assert (await scene.me()).status_code == 200
    assert time.monotonic() - before >= 0.2


@pytest.mark.parametrize(
    ("effect", "error", "effects"),
    [
        ("timeout_before", httpx.RemoteProtocolError, 0),
        ("timeout_after", httpx.RemoteProtocolError, 1),
        ("reset", httpx.ReadError, 0),
        ("reset_after", httpx.ReadError, 1),
    ],
)
async def test_no_answer_before_and_after_the_effect(
    scene: Scene, effect: str, error: type[Exception], effects: int
) -> None:
    fault = await scene.hand.fault({"type": effect, "seconds": 0.05}, method="POST")
    with pytest.raises(error):
        await scene.reply()
    assert await scene.replies_in_truth() == effects
    assert len(await scene.hand.injected(fault)) == 1
    assert (await scene.me()).status_code == 200


async def test_client_gives_up_first(scene: Scene) -> None:
    await scene.hand.fault({"type": "timeout_after", "seconds": 1}, method="POST")
    with pytest.raises(httpx.ReadTimeout):
        await scene.http.post(
            f"/v1/items/{scene.comment}/replies", json={"text": "Hello"}, timeout=0.3
        )
    assert await scene.replies_in_truth() == 1


async def test_malformed_body_after_the_effect(scene: Scene) -> None:
    await scene.hand.fault({"type": "malformed"}, method="POST")
    answer = await scene.reply()
    assert answer.status_code == 201
    with pytest.raises(ValueError, match=r"Expecting|Unterminated|delimiter"):
        answer.json()
    assert await scene.replies_in_truth() == 1


async def test_truncated_body(scene: Scene) -> None:
    await scene.hand.fault({"type": "truncated"})
    with pytest.raises(httpx.RemoteProtocolError):
        await scene.me()


async def test_error_page_instead_of_json(scene: Scene) -> None:
    await scene.hand.fault({"type": "html"})
    answer = await scene.me()
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html")


async def test_stale_read_does_not_show_the_last_write(scene: Scene) -> None:
    written = (await scene.reply()).json()
    await scene.hand.fault({"type": "stale_read"}, method="GET", remaining=3)

    async def texts() -> list[Any]:
        sent = await scene.http.get(f"/v1/accounts/{scene.account}/sent")
        return [item["text"] for item in sent.json()["data"]]

    assert await texts() == ["A post"]
    assert (await scene.http.get(f"/v1/items/{written['id']}")).status_code == 404
    events = await scene.http.get(f"/v1/accounts/{scene.account}/events")
    assert len(events.json()["data"]) == 2
    assert await texts() == ["A post", "Hello"]


@pytest.mark.parametrize(
    ("effect", "status", "code"),
    [
        ("token_expired", 401, "token_expired"),
        ("token_revoked", 401, "token_revoked"),
        ("scope_removed", 403, "scope_missing"),
    ],
)
async def test_access_ends_and_stays_ended(
    scene: Scene, effect: str, status: int, code: str
) -> None:
    await scene.hand.fault({"type": effect, "scope": "reply"})
    for _ in range(2):
        answer = await scene.reply()
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    refreshed = await scene.http.post(
        "/oauth/token",
        data={"grant_type": "refresh_token", "refresh_token": scene.tokens["refresh_token"]},
    )
    assert refreshed.status_code == (400 if effect == "token_revoked" else 200)


async def test_lost_event_is_found_in_the_thread_only(scene: Scene) -> None:
    await scene.hand.fault({"type": "event_lost"}, event="item.created")
    person = await scene.hand.person("Lost Soul", "lost")
    lost = await scene.hand.say(person, "replies", item_id=scene.comment, text="Anybody?")
    events = await scene.http.get(f"/v1/accounts/{scene.account}/events")
    assert lost["id"] not in events.text
    thread = await scene.http.get(f"/v1/threads/{lost['thread_id']}")
    assert [item["text"] for item in thread.json()["items"]] == ["A post", "Hi", "Anybody?"]


async def test_only_the_matching_account_is_struck(scene: Scene) -> None:
    await scene.hand.fault({"type": "status"}, account="acc_other", remaining=None)
    assert (await scene.me()).status_code == 200


async def test_probability_is_repeatable(scene: Scene) -> None:
    async def pattern() -> list[int]:
        await scene.hand.reset(seed=5)
        await scene.hand.fault({"type": "status"}, remaining=None, probability=0.5)
        return [(await scene.me()).status_code for _ in range(20)]

    first = await pattern()
    assert first == await pattern()
    assert set(first) == {401, 503}


async def test_the_limit_of_an_account(scene: Scene) -> None:
    await scene.hand.admin("POST", "/clock", {"speed": 0})
    await scene.hand.admin("POST", f"/accounts/{scene.account}/rate-limit?per_minute=2")
    answers = [await scene.me() for _ in range(3)]
    assert [a.status_code for a in answers] == [200, 200, 429]
    assert [a.headers.get("x-ratelimit-remaining") for a in answers[:2]] == ["1", "0"]
    assert 1 <= int(answers[2].headers["retry-after"]) <= 60
    await scene.hand.advance(60)
    assert (await scene.me()).status_code == 200
