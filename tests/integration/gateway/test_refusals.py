"""Requests that two parsers could read differently, sent as bytes: none of them gets through."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import orjson
import pytest

from tests.integration.gateway.conftest import everyone
from tests.support.bare_upstream import BareUpstream, Visit, bare_upstream
from tests.support.gateway import GatewayHand, running_gateway

Urls = Mapping[str, str]
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


@pytest.fixture(scope="module")
async def upstream() -> AsyncIterator[BareUpstream]:
    requests: list[bytes] = []

    async def script(visit: Visit) -> None:
        while request := await visit.request():
            requests.append(request)
            await visit.say(OK)

    async with bare_upstream(script) as running:
        running.requests = requests
        yield running


@pytest.fixture(scope="module")
async def hand(database_urls: Urls, upstream: BareUpstream) -> AsyncIterator[GatewayHand]:
    async with running_gateway(database_urls, upstream=upstream.url) as running:
        running.directory.admit(everyone(), "good")
        yield running


@pytest.fixture(autouse=True)
def forget(upstream: BareUpstream) -> None:
    upstream.requests.clear()


def request(line: bytes, *headers: bytes, body: bytes = b"") -> bytes:
    lines = [line, b"host: parley", b"cookie: parley_session=good", *headers]
    return b"\r\n".join([*lines, b"connection: close", b"", b""]) + body


POST = b"POST /api/v1/inbox/x HTTP/1.1"
GET = b"GET /api/v1/inbox/x HTTP/1.1"
REFUSED: dict[str, bytes] = {
    "two lengths": request(POST, b"content-length: 1", b"content-length: 2", body=b"ab"),
    "the same length twice": request(POST, b"content-length: 1", b"content-length: 1", body=b"a"),
    "length and chunks": request(
        POST, b"content-length: 4", b"transfer-encoding: chunked", body=b"0\r\n\r\nGET /x"
    ),
    "chunks and length": request(
        POST, b"transfer-encoding: chunked", b"content-length: 4", body=b"0\r\n\r\n"
    ),
    "an unknown coding": request(POST, b"transfer-encoding: gzip, chunked", body=b"0\r\n\r\n"),
    "a coding behind a tab": request(
        POST, b"transfer-encoding: \x0bchunked", b"content-length: 1", body=b"0\r\n\r\n"
    ),
    "two codings": request(
        POST, b"transfer-encoding: chunked", b"transfer-encoding: chunked", body=b"0\r\n\r\n"
    ),
    "a signed length": request(POST, b"content-length: +1", body=b"a"),
    "a space before the colon": request(POST, b"content-length : 1", body=b"a"),
    "a folded header": request(GET, b"x-a: 1\r\n content-length: 5"),
    "a bare line feed": b"GET /api/v1/inbox/x HTTP/1.1\nhost: parley\nx: y\n\n",
    "a nul in a header": request(GET, b"x-a: 1\x002"),
    "two hosts": request(GET, b"host: other"),
    "an upgrade": request(GET, b"upgrade: websocket", b"sec-websocket-version: 13"),
    "http2 in clear": request(GET, b"upgrade: h2c", b"http2-settings: AAMAAABkAAQAAP__"),
    "a tunnel": request(b"CONNECT inbox:8702 HTTP/1.1"),
    "trace": request(b"TRACE /api/v1/inbox/x HTTP/1.1"),
    "dots": request(b"GET /api/v1/inbox/../team/x HTTP/1.1"),
    "encoded dots": request(b"GET /api/v1/inbox/%2e%2e/team/x HTTP/1.1"),
    "half encoded dots": request(b"GET /api/v1/inbox/.%2E/internal/x HTTP/1.1"),
    "a dot at the end": request(b"GET /api/v1/inbox/. HTTP/1.1"),
    "an encoded slash": request(b"GET /api/v1/inbox/a%2Finternal HTTP/1.1"),
    "a backslash": request(b"GET /api/v1/inbox/a\\..\\b HTTP/1.1"),
    "an encoded backslash": request(b"GET /api/v1/inbox/a%5c..%5cb HTTP/1.1"),
    "two slashes": request(b"GET /api/v1/inbox//internal/x HTTP/1.1"),
    "an encoded nul": request(b"GET /api/v1/inbox/a%00b HTTP/1.1"),
    "a broken escape": request(b"GET /api/v1/inbox/a%zz HTTP/1.1"),
    "headers without end": request(GET, *(b"x-%d: %b" % (n, b"y" * 4_000) for n in range(12))),
    "an odd workspace": request(GET, b"x-parley-workspace: 1"),
    "two keys": request(GET, b"authorization: Bearer pk_a", b"authorization: Bearer pk_b"),
    "no version": b"GET /api/v1/inbox/x\r\n\r\n",
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_doubtful_request_never_reaches_an_upstream(
    hand: GatewayHand, upstream: BareUpstream, name: str
) -> None:
    answer = await hand.raw(REFUSED[name])
    status = answer.split(b" ", 2)[1] if answer else b"closed"
    assert status in (b"400", b"405", b"422", b"431", b"closed"), answer
    assert upstream.requests == []


async def test_what_a_connection_header_names_stays_on_this_hop(
    hand: GatewayHand, upstream: BareUpstream
) -> None:
    hop = (b"connection: close, x-hop, authorization, content-length", b"x-hop: 1", b"te: trailers")
    more = (b"keep-alive: timeout=5", b"proxy-authorization: Basic x", b"x-kept: 1")
    sent = request(GET, *hop, *more)
    answer = await hand.raw(sent.replace(b"connection: close\r\n", b""))
    assert answer.startswith(b"HTTP/1.1 200")
    names = {line.split(b":", 1)[0] for line in upstream.requests[0].split(b"\r\n")[1:]}
    assert b"x-kept" in names
    assert b"authorization" in names
    assert not names & {b"x-hop", b"te", b"keep-alive", b"proxy-authorization", b"connection"}


async def test_the_absolute_form_is_read_as_its_path(
    hand: GatewayHand, upstream: BareUpstream
) -> None:
    await hand.raw(request(b"GET http://evil.example/api/v1/inbox/x HTTP/1.1"))
    assert upstream.requests[0].startswith(b"GET /x HTTP/1.1\r\nhost: 127.0.0.1:")


async def test_expect_is_answered_by_the_gateway_once_it_wants_the_body(
    hand: GatewayHand, upstream: BareUpstream
) -> None:
    fine = request(POST, b"content-length: 2", b"expect: 100-continue")
    answer = await hand.raw(fine, b"hi")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert b"expect" not in upstream.requests[0]
    large = request(POST, b"content-length: 99999999", b"expect: 100-continue")
    answer = await hand.raw(large)
    assert answer.startswith(b"HTTP/1.1 413")
    assert orjson.loads(answer.split(b"\r\n\r\n", 1)[1])["code"] == "gateway.body_too_large"


async def test_requests_in_a_row_on_one_connection_are_each_judged(
    hand: GatewayHand, upstream: BareUpstream
) -> None:
    first = request(GET).replace(b"connection: close\r\n", b"")
    second = request(b"GET /api/v1/inbox/internal/x HTTP/1.1")
    answer = await hand.raw(first + second)
    assert answer.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 404" in answer
    assert len(upstream.requests) == 1


async def test_a_head_that_never_ends_is_cut_off(database_urls: Urls) -> None:
    async with running_gateway(database_urls, head_seconds=0.5) as hand:
        answer = await hand.raw(b"GET / HTTP/1.1\r\nx: ", *[b"y" * 10_000] * 8)
        assert answer.startswith(b"HTTP/1.1 431")
        for start in (b"", b"GET / HTTP/1.1\r\nhost: ", b"GET / HTTP/1.1\r\nhost: a\r\nx: y\r\n"):
            assert await hand.raw(start) == b""  # Closed, and not held for ever.
        whole = b"HEAD / HTTP/1.1\r\nhost: a\r\n\r\n"
        reader, writer = await asyncio.open_connection("127.0.0.1", hand.port)
        for _ in range(3):  # A connection that only rests between requests is left alone.
            writer.write(whole)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200")
            await asyncio.sleep(0.8)
        writer.close()
