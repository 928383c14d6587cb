"""What the client makes of an upstream's bytes, however they arrive."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.errors import (
    ResponseCutError,
    UpstreamBrokenError,
)
from tests.support.bare_upstream import Visit, answering
from tests.support.forwarding import OK, Client, bench
from tests.support.gateway import until

CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5;ext=1\r\nhello\r\n1\r\n \r\n5\r\nworld\r\n0\r\nTrailer: x\r\n\r\n"
)
ANSWERS: dict[str, tuple[bytes, int, bytes]] = {
    "length": (OK, 200, b"hi"),
    "chunked": (
        CHUNKED,
        200,
        b"hello world",
    ),
    "interim": (b"HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n" + OK, 200, b"hi"),
    "empty": (b"HTTP/1.1 204 No Content\r\nx: y\r\n\r\n", 204, b""),
    "unchanged": (b'HTTP/1.1 304 Not Modified\r\netag: "a"\r\n\r\n', 304, b""),
    "problem": (b"HTTP/1.1 409 Conflict\r\ncontent-length: 1\r\n\r\n!", 409, b"!"),
}


@pytest.mark.parametrize("name", ANSWERS)
@settings(max_examples=30, deadline=None)
@given(cuts=st.sets(st.integers(1, 60), max_size=12))
@example(cuts=set(range(1, 200)))
async def test_any_split_of_the_bytes_gives_the_same_answer(name: str, cuts: set[int]) -> None:
    answer, status, body = ANSWERS[name]
    places = [0, *sorted(cut for cut in cuts if cut < len(answer)), len(answer)]
    pieces = [answer[start:end] for start, end in pairwise(places)]
    async with bench(answering(*pieces)) as on:
        for _ in range(2):
            client = await on.ask()
            assert (client.status, client.received, client.complete) == (status, body, True)
        # Framing was right: one connection carried both.
        assert on.pool.open_connections == 1


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nhi!",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\nhi",
        b"HTTP/1.1 200 OK\r\ncontent-length: +2\r\n\r\nhi",
        b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nx: " + b"y" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 103 Hints\r\n\r\n" * 11 + OK,
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nbad header: x\r\n\r\n",
        b"",
    ],
    ids=lambda answer: repr(answer[:60]),
)
async def test_an_answer_that_is_not_understood_is_a_bad_gateway(answer: bytes) -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(answer)

    async with bench(script) as on:
        client = Client()
        with pytest.raises(UpstreamBrokenError):
            await on.ask("POST", client, length=0)
        assert client.status == 0
        await until(lambda: on.pool.open_connections == 0)


async def test_a_head_request_leaves_the_connection_fit_for_the_next() -> None:
    heads = [
        b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n",
        b'HTTP/1.1 304 Not Modified\r\ncontent-length: 500\r\netag: "a"\r\n\r\n',
        OK,
    ]

    async def script(visit: Visit) -> None:
        for head in heads:
            await visit.request()
            await visit.say(head)
        await visit.closed()

    async with bench(script) as on:
        head = await on.ask("HEAD")
        assert (head.status, head.received) == (200, b"")
        assert head.headers[b"content-length"] == b"500"
        unchanged = await on.ask()
        assert (unchanged.status, unchanged.received) == (304, b"")
        assert b"content-length" not in unchanged.headers
        assert (await on.ask()).received == b"hi"
        assert on.pool.open_connections == 1


async def test_bytes_that_nobody_asked_for_never_answer_the_next_request() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(OK + b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison")
        await visit.closed()

    async with bench(script) as on:
        for _ in range(3):
            assert (await on.ask("POST", length=0)).received == b"hi"


async def test_a_body_that_ends_with_the_connection_is_whole() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(b"HTTP/1.1 200 OK\r\n\r\n", b"to the ", b"end")

    async with bench(script) as on:
        client = await on.ask()
        assert (client.received, client.complete) == (b"to the end", True)


async def test_a_body_that_breaks_off_is_not_passed_on_as_whole() -> None:
    async def script(visit: Visit) -> None:
        await visit.request()
        await visit.say(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n", b"half")

    async with bench(script) as on:
        client = Client()
        with pytest.raises(ResponseCutError):
            await on.ask("GET", client)
        assert not client.complete
