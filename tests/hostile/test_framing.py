"""Requests within requests: whatever frames the outer one, the inner one never comes through.

The inner request has no session, so that the gateway itself would refuse it. If a service sees its
path, then the gateway and the service have read the same bytes differently.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from fastapi import FastAPI, Request, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.integration.gateway.conftest import everyone
from tests.support.gateway import GatewayHand, running_gateway, serving
from tests.support.postgres import Urls

INNER = b"GET /api/v1/inbox/inner HTTP/1.1\r\nhost: parley\r\nconnection: close\r\n\r\n"
_HEAD = b"POST /api/v1/inbox/outer HTTP/1.1\r\nhost: parley\r\ncookie: parley_session=good\r\n"


# How long the gateway may say nothing before it is taken to wait for more.
_PATIENCE = 1.0


@dataclass(slots=True)
class Service:
    """What really reached a service: the same server as those of the platform run."""

    seen: list[tuple[str, str, bytes]] = field(default_factory=list)

    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)

        async def note(request: Request) -> Response:
            target = request.scope["raw_path"].decode()
            self.seen.append((request.method, target, await request.body()))
            return Response(b"seen")

        methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
        app.add_api_route("/{path:path}", note, methods=methods)
        return app


@dataclass(frozen=True, slots=True)
class Line:
    """A raw connection to the gateway, and the service behind it."""

    hand: GatewayHand
    service: Service

    async def send(self, *pieces: bytes) -> list[int]:
        """The statuses of all answers until the gateway closes, or waits for more in vain."""
        self.service.seen.clear()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.hand.port)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0)
        said = b""
        with suppress(TimeoutError):
            while part := await asyncio.wait_for(reader.read(65_536), _PATIENCE):
                said += part
        writer.close()
        return [int(it[:3]) for it in said.split(b"HTTP/1.1 ")[1:] if it[:3] != b"100"]

    def targets(self) -> list[str]:
        return [target for _, target, _ in self.service.seen]


@pytest.fixture(scope="module")
async def line(database_urls: Urls) -> AsyncIterator[Line]:
    service = Service()
    async with (
        serving(service.app()) as url,
        running_gateway(database_urls, upstream=url) as hand,
    ):
        hand.directory.admit(everyone(), "good")
        yield Line(hand, service)


def chunked(*chunks: bytes, more: bytes = b"") -> bytes:
    return _HEAD + b"transfer-encoding: chunked\r\n" + more + b"\r\n" + b"".join(chunks)


def sized(length: bytes, body: bytes, more: bytes = b"") -> bytes:
    return _HEAD + b"content-length: " + length + b"\r\n" + more + b"\r\n" + body


_CLOSE = b"connection: close\r\n"
_SIZE = b"%d" % len(INNER)
_HEX = b"%x" % len(INNER)
REFUSED = {
    "the preface of http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + INNER,
    "another version": _HEAD.replace(b"HTTP/1.1", b"HTTP/3.7") + b"\r\n" + INNER,
    "a small method": _HEAD.replace(b"POST", b"post") + b"\r\n" + INNER,
    "two lengths in one": sized(b"5, 5", b"hello" + INNER),
    "a length in hex": sized(b"0x5", b"hello" + INNER),
    "a length of other digits": sized("\u0665".encode(), b"hello" + INNER),
    "a negative length": sized(b"-1", INNER),
    "a length beyond all numbers": sized(b"9" * 40, INNER),
    "an empty length": sized(b"", INNER),
    "a chunk of negative size": chunked(b"-1\r\n", INNER),
    "a chunk in 0x": chunked(b"0x5\r\nhello\r\n0\r\n\r\n", INNER),
    "a chunk beyond all numbers": chunked(b"fffffffffffffffff\r\n", INNER),
    "a chunk with an underscore": chunked(b"1_0\r\n", INNER),
    "a chunk that is longer than it says": chunked(b"2\r\nhello\r\n0\r\n\r\n", INNER),
    "chunks of http/1.0": chunked(b"0\r\n\r\n", INNER).replace(
        b"HTTP/1.1\r\nhost", b"HTTP/1.0\r\nhost"
    ),
    "chunked in other words": _HEAD + b"transfer-encoding: xchunked\r\n\r\n0\r\n\r\n" + INNER,
    "chunked with a parameter": _HEAD + b"transfer-encoding: chunked;q=1\r\n\r\n0\r\n\r\n" + INNER,
    "chunked behind a return": _HEAD + b"transfer-encoding:\rchunked\r\n\r\n0\r\n\r\n" + INNER,
    "a header without a name": _HEAD + b": 5\r\n\r\n" + INNER,
    "a return within a header": _HEAD + b"x: 1\rcontent-length: 5\r\n\r\nhello" + INNER,
    "a length in the trailers": chunked(b"5\r\nhello\r\n0\r\ncontent-length: 9\r\n\r\n", INNER),
    "a line without its end": _HEAD + b"x: 1\ncontent-length: %d\r\n\r\n" % len(INNER) + INNER,
    "a folded length": _HEAD + b"content-length:\r\n 5\r\n\r\nhello" + INNER,
    "an endless line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nhost: parley\r\n\r\n" + INNER,
    "a path with a space": _HEAD.replace(b"/outer", b"/outer /inner") + b"\r\n",
}
# The body as the service reads it.
TAKEN = {
    "an inner request as the body": (sized(_SIZE, INNER), INNER),
    "zeros before the length": (sized(b"000" + _SIZE, INNER), INNER),
    "one chunk": (chunked(_HEX + b"\r\n" + INNER + b"\r\n0\r\n\r\n"), INNER),
    "extensions of chunks": (chunked(b'5;x="0";y\r\nhello\r\n0;z\r\n\r\n'), b"hello"),
    "trailers": (
        chunked(
            b"5\r\nhello\r\n0\r\nauthorization: x\r\nx: y\r\n\r\n",
            more=b"trailer: x\r\n",
        ),
        b"hello",
    ),
    "an underscore for a dash": (sized(b"5", b"hello", b"content_length: 99\r\n"), b"hello"),
    "lines before the request": (b"\r\n\r\n" + sized(b"5", b"hello"), b"hello"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_framed_in_doubt_ends_here(line: Line, name: str) -> None:
    statuses = await line.send(REFUSED[name])
    assert line.targets() == []
    assert all(400 <= status < 500 for status in statuses), statuses


@pytest.mark.parametrize("name", TAKEN)
async def test_what_is_framed_clearly_is_one_request(line: Line, name: str) -> None:
    sent, body = TAKEN[name]
    assert await line.send(sent, INNER) == [200, 401]
    assert line.service.seen == [("POST", "/outer", body)]


async def test_a_body_that_is_cut_short_is_no_request(line: Line) -> None:
    for sent in (sized(b"100", b"hello"), chunked(b"5\r\nhel"), chunked(b"5\r\nhello\r\n")):
        assert await line.send(sent) == []
        assert line.service.seen == []


async def test_trailers_that_never_end_are_cut_off(line: Line) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", line.hand.port)
    writer.write(chunked(b"5\r\nhello\r\n0\r\nx: "))
    with suppress(ConnectionError):
        for _ in range(400):
            writer.write(b"y" * 10_000)
            await writer.drain()
            await asyncio.sleep(0)
        assert await asyncio.wait_for(reader.read(), 10) == b""
    assert line.service.seen == []
    writer.close()


async def test_a_get_may_have_a_body_and_it_stays_one(line: Line) -> None:
    sent = sized(_SIZE, INNER, _CLOSE).replace(b"POST", b"GET")
    assert await line.send(sent) == [200]
    assert line.service.seen == [("GET", "/outer", INNER)]


async def test_a_path_that_only_looks_like_another_is_passed_on_as_it_is(line: Line) -> None:
    for path, seen in (
        (b"/outer#/../inner", "/outer"),
        (b"/%c0%ae%c0%ae/inner", "/%c0%ae%c0%ae/inner"),
        (b"/%252e%252e/inner", "/%252e%252e/inner"),
        (b"/..;/inner", "/..;/inner"),
    ):
        await line.send(sized(b"0", b"", _CLOSE).replace(b"/outer", path))
        assert line.targets() == [seen]


async def test_another_host_in_the_address_leads_nowhere_else(line: Line) -> None:
    for host in (b"http://inbox:8702", b"http://a@b", b"http://[::1]:1"):
        sent = sized(b"0", b"", _CLOSE).replace(b" /api", b" " + host + b"/api")
        assert set(await line.send(sent)) <= {200, 400}
        assert line.targets() in (["/outer"], [])


_PIECES = st.sampled_from(
    [
        b"content-length: 5\r\n",
        b"content-length: %d\r\n" % (5 + len(INNER)),
        b"content-length : 5\r\n",
        b"Content-Length: 0\r\n",
        b"transfer-encoding: chunked\r\n",
        b"Transfer-Encoding: Chunked\r\n",
        b"transfer-encoding: identity\r\n",
        b"transfer-encoding:\tchunked\r\n",
        b" folded: x\r\n",
        b"x: y\n",
        b"connection: close, content-length\r\n",
        b"connection: transfer-encoding\r\n",
        b"expect: 100-continue\r\n",
        b"te: chunked\r\n",
        b"x\x00: y\r\n",
    ]
)
_BODIES = st.sampled_from(
    [
        b"hello",
        b"5\r\nhello\r\n0\r\n\r\n",
        b"0\r\n\r\n",
        b"5\nhello\n0\n\n",
        b"",
        b"\r\n",
        b"5;a\r\nhello\r\n00\r\n\r\n",
    ]
)


async def test_no_mixture_of_framings_lets_one_through(line: Line) -> None:
    mixtures: list[bytes] = []

    @settings(
        max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.lists(_PIECES, max_size=3), _BODIES)
    def make(pieces: list[bytes], body: bytes) -> None:
        mixtures.append(_HEAD + b"".join(pieces) + b"\r\n" + body)

    make()
    for mixture in mixtures:
        statuses = await line.send(mixture, INNER)
        assert "/inner" not in line.targets(), mixture
        assert len(line.targets()) <= 1, mixture
        assert all(status < 500 for status in statuses), (mixture, statuses)
