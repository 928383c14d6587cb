"""Passes one request to an upstream and its answer back, streaming both ways.

Small bodies are read whole before a connection is taken, so that a slow sender never holds one and
a safe request can be sent again when a kept-alive connection turns out to be dead.
"""

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from gateway.errors import (
    BodyTooLargeError,
    BodyTooSlowError,
    ClientGoneError,
    ResponseCutError,
    UpstreamBrokenError,
    UpstreamTimeoutError,
)
from gateway.headers import response_headers
from gateway.inbound import Headers
from gateway.upstream.connection import Connection
from gateway.upstream.exchange import Exchange
from gateway.upstream.pool import Pool
from gateway.upstream.sweeper import Sweeper
from shared.errors import ParleyError

BUFFERED_BODY = 256 * 1024
# Who sends a large body more slowly than this on the whole only wants to hold a connection.
SLOWEST = 16 * 1024
FETCH_SECONDS = 5.0


@dataclass(slots=True)
class Call:
    """One request as the upstream shall see it; `length` None with `chunked` is an unknown length.

    `safe`: may be sent again when nobody can have acted on it.
    """

    method: str
    target: bytes
    headers: Headers
    length: int | None
    chunked: bool
    safe: bool
    body_limit: int
    seconds: float

    def head(self, authority: bytes, framing: bytes) -> bytes:
        lines = [self.method.encode(), b" ", self.target, b" HTTP/1.1\r\nhost: ", authority]
        for name, value in self.headers:
            lines += (b"\r\n", name, b": ", value)
        lines += (framing, b"\r\n\r\n")
        return b"".join(lines)


class Forwarder:
    def __init__(self, sweeper: Sweeper) -> None:
        self._sweeper = sweeper

    async def forward(self, pool: Pool, call: Call, receive: Any, send: Any) -> None:
        """Raises a declared error while nothing was sent, `ResponseCutError` afterwards."""
        _check_size(call.length or 0, call.body_limit)
        body, complete = b"", True
        if call.length or call.chunked:
            body, complete = await _read_start(call, receive)
        if not complete:
            async with pool.place_for_upload():
                await self._stream(pool, call, body, receive, send)
            return
        framing = b"" if call.length is None and not body else b"\r\ncontent-length: %d" % len(body)
        data = call.head(pool.address.authority, framing) + body
        if not await self._attempt(pool, call, data, receive, send):
            await self._attempt(pool, call, data, receive, send, again=True)

    async def fetch(self, pool: Pool, target: bytes, headers: Headers) -> tuple[int, bytes]:
        """A GET of the gateway's own: status and body."""
        call = Call(
            method="GET",
            target=target,
            headers=headers,
            length=None,
            chunked=False,
            safe=True,
            body_limit=0,
            seconds=FETCH_SECONDS,
        )
        parts: list[bytes] = []
        status = 0

        async def keep(message: Any) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                parts.append(message["body"])

        try:
            await self.forward(pool, call, _never, keep)
        except ResponseCutError as error:
            raise UpstreamBrokenError(str(error)) from error
        return status, b"".join(parts)

    async def _attempt(
        self, pool: Pool, call: Call, data: bytes, receive: Any, send: Any, *, again: bool = False
    ) -> bool:
        """False when a kept-alive connection was dead and the request may be sent once more."""
        connection = await pool.acquire(fresh=again)
        exchange = self._begin(call)
        exchange.on_idle = partial(_watch, exchange, receive)
        try:
            connection.start(exchange, data, ended=True)
            await exchange.head()
            await _answer(exchange, send)
        except UpstreamBrokenError:
            if again or not (call.safe and connection.used) or exchange.answered:
                raise
            return False
        finally:
            self._finish(exchange)
        return True

    async def _stream(self, pool: Pool, call: Call, start: bytes, receive: Any, send: Any) -> None:
        """Send the body while it arrives; the answer may come before its end."""
        if call.length is None:
            framing = b"\r\ntransfer-encoding: chunked"
        else:
            framing = b"\r\ncontent-length: %d" % call.length
        connection = await pool.acquire()
        exchange = self._begin(call)
        head = call.head(pool.address.authority, framing)
        upload = asyncio.create_task(_upload(_Upload(call, exchange, connection), start, receive))
        try:
            connection.start(exchange, head, ended=False)
            await exchange.head()
            await _answer(exchange, send)
        finally:
            upload.cancel()
            self._finish(exchange)

    def _begin(self, call: Call) -> Exchange:
        loop = asyncio.get_running_loop()
        exchange = Exchange(loop, head_only=call.method == "HEAD")
        self._sweeper.add(exchange, call.seconds)
        return exchange

    def _finish(self, exchange: Exchange) -> None:
        self._sweeper.discard(exchange)
        exchange.on_idle = None
        if not exchange.ended:
            exchange.cancel(ClientGoneError())
        if exchange.watcher is not None:
            exchange.watcher.cancel()


async def _read_start(call: Call, receive: Any) -> tuple[bytes, bool]:
    """The body as far as it is buffered, and whether that is all of it."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(call.seconds):
            while size <= BUFFERED_BODY:
                part, more = await _next_part(receive)
                parts.append(part)
                size += len(part)
                _check_size(size, call.body_limit)
                if not more:
                    return b"".join(parts), True
                if call.length is not None and call.length > BUFFERED_BODY:
                    break
    except TimeoutError:
        raise BodyTooSlowError from None
    return b"".join(parts), False


@dataclass(frozen=True, slots=True)
class _Upload:
    call: Call
    exchange: Exchange
    connection: Connection

    def wrap(self, data: bytes) -> bytes:
        return data if self.call.length is not None else b"%x\r\n%b\r\n" % (len(data), data)


async def _upload(upload: _Upload, data: bytes, receive: Any) -> None:
    """Send the rest of the body; whatever goes wrong fails the exchange, where it is looked at."""
    exchange, connection, call = upload.exchange, upload.connection, upload.call
    try:
        size, more, waited, buffered = len(data), True, 0.0, len(data)
        while more:
            if data:
                await connection.write(upload.wrap(data))
            exchange.blame = BodyTooSlowError
            asked_at = time.monotonic()
            data, more = await _next_part(receive)
            waited += time.monotonic() - asked_at
            exchange.blame = UpstreamTimeoutError
            size += len(data)
            _check_size(size, call.body_limit)
            _check_pace(size - buffered, waited, call.seconds)
        if data:
            await connection.write(upload.wrap(data))
        _check_whole(call, size)
        connection.end_request(b"" if call.length is not None else b"0\r\n\r\n")
        exchange.on_idle = partial(_watch, exchange, receive)
    except (ParleyError, ClientGoneError) as error:
        exchange.cancel(error)


async def _next_part(receive: Any) -> tuple[bytes, bool]:
    """The next piece of the client's body, and whether there is more."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGoneError
    return message["body"], message["more_body"]


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise BodyTooLargeError(limit=limit)


def _check_pace(size: int, waited: float, seconds: float) -> None:
    if waited > seconds + size / SLOWEST:
        raise BodyTooSlowError


def _check_whole(call: Call, size: int) -> None:
    if call.length not in (None, size):
        raise ClientGoneError


async def _answer(exchange: Exchange, send: Any) -> None:
    """Pass the answer on as it arrives."""
    await send(
        {
            "type": "http.response.start",
            "status": exchange.status,
            "headers": response_headers(exchange.headers, exchange.status),
        }
    )
    try:
        more = True
        while more:
            data = await exchange.read()
            more = not exchange.ended
            await send({"type": "http.response.body", "body": data, "more_body": more})
    except ParleyError as error:
        raise ResponseCutError(str(error)) from error


def _watch(exchange: Exchange, receive: Any) -> None:
    """An answer is slow: from now on notice when the client goes away.

    Done late, because a task for each request costs more than most requests take.
    """

    async def wait() -> None:
        # The first message may still be the request's own, empty body.
        while (await receive())["type"] != "http.disconnect":
            pass
        exchange.cancel(ClientGoneError())

    exchange.watcher = asyncio.create_task(wait())


async def _never() -> Any:
    """The `receive` of a request that no client can take back."""
    await asyncio.Event().wait()
