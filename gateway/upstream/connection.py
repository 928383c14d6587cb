"""One keep-alive connection to an upstream; it carries one exchange at a time.

Framing is left to httptools (llhttp in its strict mode, which refuses ambiguous lengths). What it
cannot know is kept here: answers without a body, interim answers, limits, and when a connection is
fit for another request.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import httptools
from typing_extensions import override

from gateway.errors import UpstreamBrokenError
from gateway.upstream.exchange import HIGH_WATER, Exchange, Headers

_HEAD_LIMIT = 64 * 1024
_INTERIM_LIMIT = 10
_TRAILER_LIMIT = 100
_NO_BODY = frozenset({204, 304})
_FIRST_FINAL = 200
_SWITCHING = 101


class Connection(asyncio.Protocol):
    """`on_free` is called when an exchange is over and the connection can carry the next one."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        on_free: Callable[["Connection"], None],
        on_lost: Callable[["Connection"], None],
    ) -> None:
        self._loop = loop
        self._on_free = on_free
        self._on_lost = on_lost
        self._transport: Any = None
        self._parser: Any = None
        self._exchange: Exchange | None = None
        self._headers: Headers = []
        self._head_bytes = 0
        self._interim = 0
        self._trailers = 0
        self._until_close = False  # The body of this answer ends where the connection ends.
        self._reading = True
        self._room: asyncio.Future[None] | None = None
        self._request_ended = True
        self._finished = False
        self._keep_alive = False
        self.used = False
        self.idle_ticks = 0

    @property
    def usable(self) -> bool:
        return not self._transport.is_closing()

    def start(self, exchange: Exchange, data: bytes, *, ended: bool) -> None:
        """Send the head (and the whole body when `ended`); the answer arrives in `exchange`."""
        self._parser = self._parser or httptools.HttpResponseParser(self)
        self._exchange = exchange
        self._head_bytes = self._interim = self._trailers = 0
        self._until_close = self._finished = False
        self._request_ended = ended
        exchange.on_room = self._resume
        exchange.abort = self.close
        self._transport.write(data)

    async def write(self, data: bytes) -> None:
        """Send a part of the body; waits while the upstream does not read."""
        if self._room is not None:
            await self._room
        if self._exchange is None or not self.usable:
            raise UpstreamBrokenError("The upstream stopped listening.")
        self._exchange.idle_ticks = 0
        self._transport.write(data)

    def end_request(self, data: bytes) -> None:
        """Send the last bytes of the body."""
        self._request_ended = True
        if data and self.usable:
            self._transport.write(data)

    def close(self) -> None:
        self._until_close = False  # Our closing is not the end of the body.
        if self._transport is not None:
            self._transport.abort()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    @override
    def data_received(self, data: bytes) -> None:
        exchange = self._exchange
        if exchange is None:  # Nobody asked: whatever this is, it must not answer the next request.
            self.close()
            return
        exchange.answered = True
        if not exchange.headed:
            self._head_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            self._break(error.__cause__ or error.__context__ or error)
            return
        if not exchange.headed and self._head_bytes > _HEAD_LIMIT:
            self._break("its headers are too large")
        elif self._finished:
            self._free()
        elif exchange.buffered > HIGH_WATER and self._reading:
            self._reading = False
            self._transport.pause_reading()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            if exc is None and self._until_close and exchange.headed:
                exchange.end()
            else:
                exchange.fail(UpstreamBrokenError("The upstream closed the connection too early."))
        self.resume_writing()
        self._on_lost(self)

    @override
    def pause_writing(self) -> None:
        if self._room is None:
            self._room = self._loop.create_future()

    @override
    def resume_writing(self) -> None:
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)

    # What the parser calls.

    def on_message_begin(self) -> None:
        if self._finished:
            raise ValueError("it sends a second answer")
        self._headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._exchange is not None and self._exchange.headed:
            self._trailers += 1
            if self._trailers > _TRAILER_LIMIT:
                raise ValueError("it sends too many trailers")
            return
        self._headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < _FIRST_FINAL:
            self._interim += 1
            if status == _SWITCHING or self._interim > _INTERIM_LIMIT:
                raise ValueError(f"it answers {status}")
            return
        exchange = self._exchange
        if exchange is None:
            raise ValueError("it answers without a request")
        if sum(len(name) + len(value) for name, value in self._headers) > _HEAD_LIMIT:
            raise ValueError("its headers are too large")
        self._interim = 0
        self._keep_alive = self._parser.should_keep_alive()
        exchange.put_head(status, self._headers)
        if exchange.head_only or status in _NO_BODY:
            self._finish()
        else:
            self._until_close = not any(
                name in (b"content-length", b"transfer-encoding") for name, _ in self._headers
            )

    def on_body(self, body: bytes) -> None:
        if self._finished or self._exchange is None:
            raise ValueError("it sends a body where none belongs")
        self._exchange.put(body)

    def on_message_complete(self) -> None:
        if not self._finished and not self._interim:
            self._finish()

    def _finish(self) -> None:
        exchange = self._exchange
        self._finished = True
        if exchange is not None:
            exchange.end()

    def _free(self) -> None:
        """Hand the connection back, unless something about it is unfinished."""
        exchange, self._exchange = self._exchange, None
        reusable = self._request_ended and self._keep_alive
        if exchange is not None:
            exchange.on_room = None
            if exchange.head_only or exchange.status in _NO_BODY:
                # The parser may still wait for a body that never comes.
                self._parser = None
        if not self._reading:
            self._resume()
        self.used = True
        if reusable and self.usable:
            self._on_free(self)
        else:
            self.close()

    def _break(self, reason: object) -> None:
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            exchange.fail(UpstreamBrokenError(f"The upstream is not understood: {reason}."))
        self.close()

    def _resume(self) -> None:
        if not self._reading:
            self._reading = True
            if self.usable:
                self._transport.resume_reading()
