"""What the gateway serves itself: health, documents, metrics, the web app's files."""

import asyncio
import gzip
import re
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
import uvicorn

from gateway.static_files import START_PAGE
from tests.integration.gateway.conftest import everyone
from tests.support.bare_upstream import Visit, answering, bare_upstream
from tests.support.gateway import GatewayHand, echo_app, running_gateway, until

Urls = Mapping[str, str]


async def test_a_plain_page_takes_the_place_of_a_web_app_that_was_not_built(
    database_urls: Urls,
) -> None:
    async with running_gateway(database_urls, web_directory=START_PAGE) as hand:
        page = await hand.http.get("/")
        assert page.status_code == 200
        assert "The web app has not been built." in page.text
        assert "网页应用尚未构建" in page.text
        assert "'unsafe" not in page.headers["content-security-policy"]
        for address in re.findall(r'(?:src|href)="([^"]+)"', page.text):
            assert address.startswith("/")
            assert (await hand.http.get(address)).status_code == 200, address
        deep = await hand.http.get("/inbox/conversations/7.5", headers={"accept": "text/html"})
        assert deep.text == page.text
        assert (await hand.http.get("/inbox/conversations/7")).status_code == 404
        assert (await hand.http.post("/")).status_code == 405
        again = await hand.http.get("/", headers={"if-none-match": page.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


async def test_the_web_app_is_served_compressed_and_for_ever(
    database_urls: Urls, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<h1>app</h1>")
    (tmp_path / "assets/app-1a2b3c4d.js").write_text("let x = 1;")
    (tmp_path / "assets/app-1a2b3c4d.js.gz").write_bytes(gzip.compress(b"let x = 1;"))
    async with running_gateway(database_urls, web_directory=tmp_path) as hand:
        script = await hand.http.get("/assets/app-1a2b3c4d.js")
        assert script.text == "let x = 1;"
        assert script.headers["content-encoding"] == "gzip"
        assert script.headers["vary"] == "Accept-Encoding"
        assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
        plain = await hand.http.get(
            "/assets/app-1a2b3c4d.js", headers={"accept-encoding": "identity"}
        )
        assert "content-encoding" not in plain.headers
        head = await hand.http.head("/")
        assert (head.content, head.headers["content-length"]) == (b"", "12")
        assert head.headers["cache-control"] == "no-cache"


async def test_each_page_of_the_web_app_has_a_nonce_of_its_own(
    database_urls: Urls, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text('<meta nonce="{{nonce}}">')
    async with running_gateway(database_urls, web_directory=tmp_path) as hand:
        pages = [await hand.http.get("/") for _ in range(2)]
    nonces = {re.findall(r'nonce="(.{20,})"', page.text)[0] for page in pages}
    assert len(nonces) == 2
    for page in pages:
        policy = page.headers["content-security-policy"]
        assert page.headers["cache-control"] == "no-store"
        assert f"style-src 'self' 'nonce-{page.text.split(chr(34))[1]}'" in policy
        assert "script-src 'self';" in policy


async def test_health_tells_which_part_is_away(database_urls: Urls) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    ready = answering(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")
    async with (
        bare_upstream(ready) as upstream,
        running_gateway(database_urls, upstream=upstream.url, inbox_url=nobody) as hand,
    ):
        health = await hand.http.get("/healthz")
        assert health.status_code == 200
        assert not health.json()["ready"]
        parts = health.json()["parts"]
        assert parts.pop("inbox") == "inbox does not answer."
        assert set(parts.values()) == {"ok"}
        assert parts.keys() == {
            "team_directory",
            "scheduler",
            "ticketing",
            "analytics",
            "live",
            "gateway",
        }
        cookie = hand.cookie(hand.directory.admit(everyone()))
        away = await hand.http.get("/api/v1/inbox/x", headers=cookie)
        assert (away.status_code, away.json()["code"]) == (503, "gateway.upstream_down")


async def test_silence_behind_the_gateway_is_told_as_such(database_urls: Urls) -> None:
    async def script(visit: Visit) -> None:
        request = await visit.request()
        if b" /broken " not in request:
            await visit.closed()

    async with (
        bare_upstream(script) as upstream,
        running_gateway(database_urls, upstream=upstream.url) as hand,
    ):
        cookie = hand.cookie(hand.directory.admit(everyone()))
        broken = await hand.http.post("/api/v1/inbox/broken", headers=cookie)
        assert (broken.status_code, broken.json()["code"]) == (502, "gateway.upstream_broken")
        # A client that goes away does not leave its request behind.
        with pytest.raises(httpx.ReadTimeout):
            await hand.http.get("/api/v1/inbox/slow", headers=cookie, timeout=0.5)
        await until(lambda: hand.gateway.upstreams.pools["inbox"].open_connections == 0)


async def test_one_document_describes_everything(hand: GatewayHand) -> None:
    document = (await hand.http.get("/api/openapi.json")).json()
    assert "/api/v1/session" in document["paths"]
    assert "/internal/metrics" not in document["paths"]
    page = await hand.http.get("/api/docs")
    assert "/api/v1/session/everywhere" in page.text
    assert "<script" not in page.text


async def test_metrics_are_for_who_knows_the_token(database_urls: Urls) -> None:
    async with running_gateway(database_urls, metrics_token="scrape") as hand:
        headers = hand.cookie(hand.directory.admit(everyone()))
        await hand.http.get("/api/v1/inbox/x", headers=headers)
        assert (await hand.http.get("/api/v1/setup")).status_code == 200
        assert (await hand.http.get("/internal/metrics")).status_code == 404
        shown = await hand.http.get("/internal/metrics", headers={"authorization": "Bearer scrape"})
        assert 'route="/api/v1/inbox",status="200"' in shown.text.replace('method="GET",', "")
        assert 'route="/api/v1/setup"' in shown.text
        assert 'parley_gateway_connections{upstream="inbox"} 1.0' in shown.text


async def test_an_upstream_may_listen_on_a_socket_file(database_urls: Urls, tmp_path: Path) -> None:
    path = str(tmp_path / "inbox.sock")
    config = uvicorn.Config(echo_app(), uds=path, log_config=None, access_log=False)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        async with running_gateway(database_urls, inbox_url=f"unix:{path}") as hand:
            headers = hand.cookie(hand.directory.admit(everyone()))
            answer = await hand.http.get("/api/v1/inbox/x?y=1", headers=headers)
            assert (answer.json()["target"], answer.json()["query"]) == ("/x", "y=1")
    finally:
        server.should_exit = True
        await serving


async def test_too_much_at_once_is_turned_away(database_urls: Urls) -> None:
    release = asyncio.Event()

    async def script(visit: Visit) -> None:
        while await visit.request():
            await release.wait()
            await visit.say(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")

    async with (
        bare_upstream(script) as upstream,
        running_gateway(database_urls, upstream=upstream.url, requests_at_once=2) as hand,
    ):
        headers = hand.cookie(hand.directory.admit(everyone()))
        asking = [
            asyncio.create_task(hand.http.get("/api/v1/inbox/x", headers=headers)) for _ in range(2)
        ]
        await until(lambda: len(upstream.visits) == 2)
        turned_away = await hand.http.get("/api/v1/inbox/x", headers=headers)
        assert turned_away.json()["code"] == "gateway.overloaded"
        assert turned_away.headers["retry-after"] == "1"
        release.set()
        assert [(await it).status_code for it in asking] == [200, 200]


async def test_the_gateway_takes_only_small_bodies_itself(hand: GatewayHand) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield bytes(20_000)

    for content in (bytes(70_000), endless()):
        answer = await hand.http.post("/api/v1/session", content=content)
        assert (answer.status_code, answer.json()["code"]) == (413, "gateway.body_too_large")
