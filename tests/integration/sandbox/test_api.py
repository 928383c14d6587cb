"""Consent, tokens, reading and writing through the public API, and what is kept from others."""

import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.support.sandbox import SandboxHand

BACK = "http://127.0.0.1:1/back"


def _code(answer: httpx.Response) -> str:
    assert answer.status_code == 302
    return parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]


async def _signed_in(sandbox: SandboxHand, client: httpx.AsyncClient, kind: str = "full") -> str:
    account = await sandbox.account(kind)
    token = (await sandbox.tokens(account))["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return account


async def test_consent_gives_a_code_that_works_once(
    sandbox: SandboxHand, client: httpx.AsyncClient
) -> None:
    account = await sandbox.account()
    verifier = "v" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    ask = {
        "client_id": "parley",
        "redirect_uri": BACK,
        "state": "s&1",
        "code_challenge": challenge.rstrip(b"=").decode(),
    }
    page = await client.get("/oauth/authorize", params=ask)
    assert "Brand" in page.text
    agreed = await client.get(
        "/oauth/authorize", params={**ask, "account": "brand", "decision": "approve"}
    )
    assert parse_qs(urlsplit(agreed.headers["location"]).query)["state"] == ["s&1"]
    form = {"grant_type": "authorization_code", "code": _code(agreed), "redirect_uri": BACK}
    granted = await client.post("/oauth/token", data={**form, "code_verifier": verifier})
    assert granted.json()["account_id"] == account
    again = await client.post("/oauth/token", data={**form, "code_verifier": verifier})
    assert (again.status_code, again.json()["error"]["code"]) == (400, "invalid_grant")


async def test_consent_can_be_denied(sandbox: SandboxHand, client: httpx.AsyncClient) -> None:
    await sandbox.account()
    ask = {"client_id": "parley", "redirect_uri": BACK, "decision": "deny"}
    denied = await client.get("/oauth/authorize", params=ask)
    assert "error=access_denied" in denied.headers["location"]


async def test_a_code_needs_its_verifier(sandbox: SandboxHand, client: httpx.AsyncClient) -> None:
    await sandbox.account()
    ask = {"client_id": "p", "redirect_uri": BACK, "code_challenge": "x", "account": "brand"}
    agreed = await client.get("/oauth/authorize", params={**ask, "decision": "approve"})
    form = {"grant_type": "authorization_code", "code": _code(agreed), "redirect_uri": BACK}
    refused = await client.post("/oauth/token", data={**form, "code_verifier": "wrong"})
    assert refused.status_code == 400


async def test_tokens_expire_by_the_virtual_clock_and_refresh_rotates(
    sandbox: SandboxHand, client: httpx.AsyncClient
) -> None:
    tokens = await sandbox.tokens(await sandbox.account())
    client.headers["Authorization"] = f"Bearer {tokens['access_token']}"
    assert (await client.get("/v1/me")).status_code == 200
    await sandbox.advance(tokens["expires_in"])
    expired = await client.get("/v1/me")
    assert (expired.status_code, expired.json()["error"]["code"]) == (401, "token_expired")
    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    fresh = (await client.post("/oauth/token", data=form)).json()
    client.headers["Authorization"] = f"Bearer {fresh['access_token']}"
    assert (await client.get("/v1/me")).status_code == 200
    assert (await client.post("/oauth/token", data=form)).status_code == 400
    reused = await client.get("/v1/me")
    assert (reused.status_code, reused.json()["error"]["code"]) == (401, "token_revoked")


async def test_access_code_connects_without_a_page(
    sandbox: SandboxHand, client: httpx.AsyncClient
) -> None:
    await sandbox.account()
    (account,) = await sandbox.admin("GET", "/accounts")
    form = {"grant_type": "password", "username": "@brand", "password": account["access_code"]}
    assert (await client.post("/oauth/token", data=form)).status_code == 200
    wrong = await client.post("/oauth/token", data={**form, "password": "no"})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, "wrong_access_code")


@pytest.mark.parametrize(
    ("kind", "key", "written"), [("full", "k-1", 1), ("microblog", "k-1", 2), ("full", None, 2)]
)
async def test_idempotency_key_over_http(
    sandbox: SandboxHand, client: httpx.AsyncClient, kind: str, key: str | None, written: int
) -> None:
    account = await _signed_in(sandbox, client, kind)
    person = await sandbox.person()
    asked = await sandbox.say(person, "mentions", account_id=account, text="Hello @brand")
    headers = {} if key is None else {"Idempotency-Key": key}
    answers = [
        await client.post(f"/v1/items/{asked['id']}/replies", json={"text": "Hi"}, headers=headers)
        for _ in range(2)
    ]
    assert {answer.status_code for answer in answers} == {201}
    sent = (await client.get(f"/v1/accounts/{account}/sent")).json()
    assert len(sent["data"]) == written
    keys = {item["client_key"] for item in sent["data"]}
    assert keys == ({key} if kind == "full" else {None})
    later = await client.get(f"/v1/accounts/{account}/sent", params={"marker": sent["cursor"]})
    assert later.json()["data"] == []


async def test_capabilities_differ(sandbox: SandboxHand, client: httpx.AsyncClient) -> None:
    found = {}
    for kind in ("full", "microblog", "reviews"):
        await sandbox.reset(seed=1)
        account = await _signed_in(sandbox, client, kind)
        found[kind] = (await client.get(f"/v1/accounts/{account}/capabilities")).json()
    assert [found[k]["hide"] for k in found] == [True, False, False]
    assert [found[k]["idempotency_key"] for k in found] == [True, False, True]
    assert [found[k]["single_editable_reply"] for k in found] == [False, False, True]


async def test_hide_like_edit_delete_are_seen_in_thread_and_truth(
    sandbox: SandboxHand, client: httpx.AsyncClient
) -> None:
    account = await _signed_in(sandbox, client)
    person = await sandbox.person()
    post = (await client.post(f"/v1/accounts/{account}/posts", json={"text": "News"})).json()
    comment = await sandbox.say(person, "comments", post_id=post["id"], text="Bad")
    path = f"/v1/items/{comment['id']}"
    assert (await client.put(f"{path}/like")).json()["liked_by_account"] is True
    assert (await client.delete(f"{path}/like")).json()["like_count"] == 0
    assert (await client.put(f"{path}/hidden")).json()["hidden_at"] is not None
    assert (await client.delete(f"{path}/hidden")).json()["hidden_at"] is None
    answer = (await client.post(f"{path}/replies", json={"text": "Sory"})).json()
    await client.patch(f"/v1/items/{answer['id']}", json={"text": "Sorry"})
    assert (await client.delete(path)).json()["deleted_at"] is not None
    thread = (await client.get(f"/v1/threads/{comment['thread_id']}")).json()
    assert [item.get("text") for item in thread["items"]] == ["News", None, "Sorry"]
    assert thread["id"] == post["id"]
    assert (await client.put(f"{path}/hidden")).status_code == 410
    (truth,) = await sandbox.items(author=person)
    assert (truth["text"], truth["deleted_at"] is None) == ("Bad", False)


async def test_another_account_sees_and_changes_nothing(
    sandbox: SandboxHand, client: httpx.AsyncClient
) -> None:
    mine = await sandbox.account(handle="mine")
    person = await sandbox.person()
    item = await sandbox.say(person, "messages", account_id=mine, text="Secret")
    theirs = await sandbox.account(handle="theirs")
    token = (await sandbox.tokens(theirs))["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    before = await sandbox.admin("GET", "/state")
    for method, path in (
        ("GET", f"/v1/accounts/{mine}/events"),
        ("GET", f"/v1/accounts/{mine}/sent"),
        ("GET", f"/v1/threads/{item['thread_id']}"),
        ("GET", f"/v1/items/{item['id']}"),
        ("DELETE", f"/v1/items/{item['id']}"),
        ("PUT", f"/v1/items/{item['id']}/like"),
        ("POST", f"/v1/threads/{item['thread_id']}/messages"),
        ("PUT", f"/v1/accounts/{mine}/blocks/{person}"),
    ):
        body = {"text": "x"} if method == "POST" else None
        answer = await client.request(method, path, json=body)
        assert answer.status_code == 404, path
        assert "Secret" not in answer.text
    assert await sandbox.admin("GET", "/state") == before


async def test_scopes_are_asked_for(sandbox: SandboxHand, client: httpx.AsyncClient) -> None:
    account = await sandbox.account()
    token = (await sandbox.tokens(account, scopes=["read"]))["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    assert (await client.get(f"/v1/accounts/{account}/events")).status_code == 200
    refused = await client.post(f"/v1/accounts/{account}/posts", json={"text": "No"})
    assert refused.json()["error"] == {
        "code": "scope_missing",
        "message": "The scope publish is missing.",
        "scope": "publish",
    }
    assert await sandbox.items(kind="post") == []


@pytest.mark.parametrize(("text", "code"), [("x" * 301, "text_too_long"), ("  ", "invalid_input")])
async def test_text_limits(
    sandbox: SandboxHand, client: httpx.AsyncClient, text: str, code: str
) -> None:
    account = await _signed_in(sandbox, client, "microblog")
    answer = await client.post(f"/v1/accounts/{account}/posts", json={"text": text})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)


async def test_traffic_runs_and_stops(sandbox: SandboxHand) -> None:
    await sandbox.account()
    await sandbox.admin("POST", "/traffic", {"per_minute": 6000})
    for _ in range(1000):
        if len(await sandbox.items()) >= 3:
            break
    else:
        pytest.fail("Nobody said anything.")
    await sandbox.admin("POST", "/traffic", {"per_minute": 0})
    count = len(await sandbox.items())
    assert len(await sandbox.items()) == count
