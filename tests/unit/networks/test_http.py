"""What an answer, or its absence, means; over real sockets, since it is about them."""

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

import pytest

from shared.clock import ManualClock
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    GoneError,
    InvalidInputError,
    NetworkError,
    PolicyRejectedError,
    RateLimitedError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.http import (
    MAX_BODY,
    Answer,
    Call,
    NetworkHttp,
    content,
    content_object,
    error_object,
    failure,
)

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
Serve = Callable[[bytes], AbstractAsyncContextManager[str]]


@pytest.fixture
async def http() -> AsyncIterator[NetworkHttp]:
    client = NetworkHttp(ManualClock(_NOW), time_limit=0.3, allow_local=True)
    yield client
    await client.close()


@asynccontextmanager
async def serving(
    answer: bytes, *, hold: bool = False, asked: list[bytes] | None = None
) -> AsyncIterator[str]:
    """A server that reads a request, says `answer`, and hangs up (or keeps silent)."""
    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if asked is not None:
            asked.append(head.lower())
        writer.write(answer)
        await writer.drain()
        if hold:
            await over.wait()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    over.set()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize(
    ("answer", "hold"),
    [
        (b"", True),
        (b"", False),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{", True),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{", False),
        (b"garbage\r\n\r\n", False),
    ],
    ids=["silence", "hang-up", "stuck body", "cut body", "not HTTP"],
)
async def test_no_answer_leaves_a_write_open(http: NetworkHttp, answer: bytes, hold: bool) -> None:
    async with serving(answer, hold=hold) as url:
        with pytest.raises(AmbiguousError):
            await http.send(Call(method="POST", url=url, json={}, writes=True))
        with pytest.raises(RemoteTransientError):
            await http.send(Call(method="GET", url=url))


async def test_an_endless_answer_is_cut_off(http: NetworkHttp) -> None:
    head = f"HTTP/1.1 200 OK\r\ncontent-length: {MAX_BODY + 1}\r\n\r\n".encode()
    async with serving(head + b" " * (MAX_BODY + 1)) as url:
        with pytest.raises(RemoteTransientError):
            await http.send(Call(method="GET", url=url))


def _packed(body: bytes, how: str = "gzip") -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-encoding: {how}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


_BOMB = gzip.compress(bytes(64 * MAX_BODY), 9)


@pytest.mark.parametrize(
    "answer",
    [
        _packed(_BOMB),
        _packed(gzip.compress(_BOMB), "gzip, gzip"),
        _packed(gzip.compress(b"{}") + bytes(MAX_BODY)),
        _packed(gzip.compress(b"{}"), "br"),
        _packed(b"{}"),
    ],
    ids=["bomb", "bomb in a bomb", "much behind the end", "nobody asked for", "not packed"],
)
async def test_what_swells_when_it_is_unpacked_is_cut_off(answer: bytes) -> None:
    http = NetworkHttp(ManualClock(_NOW), time_limit=5, allow_local=True)
    tracemalloc.start()
    try:
        async with serving(answer) as url:
            with pytest.raises(RemoteTransientError):
                await http.send(Call(method="GET", url=url))
        assert tracemalloc.get_traced_memory()[1] < 4 * MAX_BODY
    finally:
        tracemalloc.stop()
        await http.close()


async def test_a_packed_answer_is_read_whole(http: NetworkHttp) -> None:
    async with serving(_packed(gzip.compress(b'{"a": 1}'))) as url:
        answer = await http.send(Call(method="GET", url=url))
    assert content_object(_READ, answer) == {"a": 1}


async def test_an_answer_that_drips_for_ever_is_cut_off() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
        while not writer.is_closing():
            writer.write(b" ")
            await asyncio.sleep(0.02)

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    http = NetworkHttp(ManualClock(_NOW), time_limit=0.1, allow_local=True)
    async with asyncio.timeout(5):
        with pytest.raises(AmbiguousError):
            await http.send(Call(method="POST", url=url, writes=True))
    await http.close()
    server.close()
    await server.wait_closed()


async def test_an_answer_is_read_whole(http: NetworkHttp) -> None:
    async with serving(b'HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"a": 1}') as url:
        answer = await http.send(Call(method="GET", url=url))
    assert content_object(_READ, answer) == {"a": 1}
    assert answer.at == _NOW
    assert answer.rate is None


async def test_what_a_server_notes_of_one_profile_does_not_go_with_another(
    http: NetworkHttp,
) -> None:
    asked: list[bytes] = []
    answer = b"HTTP/1.1 200 OK\r\nset-cookie: session=ada; path=/\r\ncontent-length: 2\r\n\r\n{}"
    async with serving(answer, asked=asked) as url:
        for _ in range(2):
            await http.send(Call(method="GET", url=url))
    assert len(asked) == 2
    assert not any(b"cookie" in head for head in asked)


_READ = Call(method="GET", url="https://example.com/")
_WRITE = Call(method="POST", url="https://example.com/", writes=True)


@pytest.mark.parametrize(
    ("call", "status", "expected"),
    [
        (_WRITE, 400, InvalidInputError),
        (_WRITE, 401, AuthRevokedError),
        (_WRITE, 403, PolicyRejectedError),
        (_WRITE, 404, GoneError),
        (_WRITE, 410, GoneError),
        (_WRITE, 413, InvalidInputError),
        (_WRITE, 418, InvalidInputError),
        (_WRITE, 422, InvalidInputError),
        (_WRITE, 429, RateLimitedError),
        (_WRITE, 301, InvalidInputError),
        (_WRITE, 500, AmbiguousError),
        (_WRITE, 501, UnsupportedError),
        (_WRITE, 502, AmbiguousError),
        (_WRITE, 503, AmbiguousError),
        (_READ, 500, RemoteTransientError),
        (_READ, 503, RemoteTransientError),
        (_READ, 429, RateLimitedError),
    ],
)
def test_every_status_has_a_meaning(call: Call, status: int, expected: type[NetworkError]) -> None:
    error = failure(call, Answer(status=status, headers={}, body=b"", at=_NOW))
    assert type(error) is expected
    assert error.data["status"] == status


@pytest.mark.parametrize("body", [b"<html>down</html>", b"{", b"\xff\xfe", b"[" * 100_000], ids=len)
def test_an_unreadable_success_leaves_a_write_open(body: bytes) -> None:
    answer = Answer(status=200, headers={}, body=body, at=_NOW)
    with pytest.raises(RemoteTransientError):
        content(_READ, answer)
    with pytest.raises(AmbiguousError):
        content(_WRITE, answer)
    assert error_object(answer) == {}


def test_a_list_is_no_object() -> None:
    answer = Answer(status=200, headers={}, body=b"[1]", at=_NOW)
    assert content(_READ, answer) == [1]
    with pytest.raises(AmbiguousError):
        content_object(_WRITE, answer)
    assert error_object(answer) == {}


def test_no_body_is_an_empty_object() -> None:
    assert content_object(_WRITE, Answer(status=200, headers={}, body=b"", at=_NOW)) == {}
