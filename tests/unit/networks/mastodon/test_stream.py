"""The stream as Mastodon writes it, from a server that says exactly what it is told to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from shared.clock import SystemClock
from shared.networks.errors import (
    AuthRevokedError,
    NetworkError,
    RateLimitedError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.http import MAX_BODY, NetworkHttp
from shared.networks.mastodon.connector import MastodonConnector
from shared.networks.types import Access, Account, Credentials, RawDelivery

_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n:)\n\n"
_ME = "109"


@asynccontextmanager
async def listening(answer: bytes) -> AsyncIterator[AsyncIterator[RawDelivery]]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = await reader.readuntil(b"\r\n\r\n")
        assert asked.startswith(b"GET /api/v1/streaming/user HTTP/1.1")
        assert b"authorization: Bearer secret" in asked
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    account = Account(
        external_id=_ME,
        handle="brand@social.example",
        base_url="http://127.0.0.1:1",
        facts={"streaming": f"ws://{place}"},
    )
    credentials = Credentials(data={"access_token": "secret"})
    http = NetworkHttp(SystemClock(), allow_local=True)
    stream = MastodonConnector(http).stream(Access(account=account, credentials=credentials))
    try:
        yield stream
    finally:
        await http.close()
        server.close()
        await server.wait_closed()


def _event(kind: str, data: object) -> bytes:
    text = data if isinstance(data, str) else json.dumps(data)
    return f"event: {kind}\ndata: {text}\n\n".encode()


def _status(number: int, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "created_at": "2026-11-23T17:01:53.000Z",
        "edited_at": None,
        "in_reply_to_id": None,
        "account": {"id": "201", "acct": "grace"},
        "mentions": [{"id": _ME, "acct": "brand"}],
        **more,
    }


async def test_brings_what_concerns_us_and_leaves_the_rest() -> None:
    followed = _status(3, mentions=[])
    ours = _status(4, mentions=[], account={"id": _ME, "acct": "brand"})
    answer = b"".join(
        [
            _HEAD,
            b":thump\n\n",
            _event("notification", {"type": "mention", "status": _status(1)}),
            _event("notification", {"type": "follow", "status": None}),
            _event("update", followed),
            _event("update", ours),
            _event("status.update", _status(1, edited_at="2026-11-23T17:05:00.000Z")),
            _event("conversation", {"id": "7", "last_status": _status(5)}),
            _event("conversation", {"id": "8", "last_status": None}),
            _event("delete", "1"),
            _event("filters_changed", ""),
            _event("announcement", {"id": "x"}),
        ]
    )
    async with listening(answer) as stream:
        found = [delivery.external_id async for delivery in stream]
    assert found == [
        "status:1@2026-11-23T17:01:53.000Z",
        "status:4@2026-11-23T17:01:53.000Z",
        "status:1@2026-11-23T17:05:00.000Z",
        "status:5@2026-11-23T17:01:53.000Z",
        "removed:1",
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", RemoteTransientError),
        (_HEAD[:40], RemoteTransientError),
        (b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n", AuthRevokedError),
        (b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n", UnsupportedError),
        (b"HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n", RateLimitedError),
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", RemoteTransientError),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n\r\n<html>", UnsupportedError),
    ],
)
async def test_a_stream_that_is_none_is_classed(
    answer: bytes, expected: type[NetworkError]
) -> None:
    async with listening(answer) as stream:
        with pytest.raises(expected):
            await anext(stream)


async def test_an_unreadable_event_ends_the_stream_as_a_passing_trouble() -> None:
    async with listening(_HEAD + _event("update", "{not json")) as stream:
        with pytest.raises(RemoteTransientError):
            await anext(stream)


@pytest.mark.parametrize(
    "answer",
    [
        _HEAD + b"data: " + b"x" * MAX_BODY,
        _HEAD + b"data: x\n" * (MAX_BODY // 8),
        _HEAD.replace(b"\r\n\r\n", b"\r\ncontent-encoding: gzip\r\n\r\n"),
    ],
    ids=["a line without an end", "an event without an end", "packed"],
)
async def test_what_never_becomes_an_event_ends_the_stream(answer: bytes) -> None:
    async with listening(answer) as stream:
        with pytest.raises(RemoteTransientError):
            await anext(stream)


async def test_a_stream_may_go_on_for_longer_than_an_event() -> None:
    long = _event("delete", "1") + b":" + b"-" * (MAX_BODY // 3) + b"\n\n"
    async with listening(_HEAD + 4 * long) as stream:
        assert len([delivery async for delivery in stream]) == 4
