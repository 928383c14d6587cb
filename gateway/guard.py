"""Guards the server against heads and trailers that never end: too long, or dripping in.

The server's own parser has no limit for either, so that a client could fill the memory or hold
connections. It also takes trailers for headers; here they are dropped, because nobody reads any.
"""

import asyncio
from typing import Any

from typing_extensions import override

from shared.http.server_protocol import ServerProtocol

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class GuardedProtocol(ServerProtocol):
    """`head_since` is when the wait for the present head began; None while there is none."""

    head_limit = 64 * 1024

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.head_since: float | None = None
        self._head_bytes = 0
        # Bytes since the last chunk began, until it is known to be more than its size and trailers.
        self._chunk_bytes: int | None = None

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
        super().connection_made(transport)
        self.head_since = self.loop.time()

    @override
    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self.head_since is None:
            self._head_bytes = 0
        elif self._head_bytes > self.head_limit and not self.transport.is_closing():
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        if self._chunk_bytes is not None:
            self._chunk_bytes += len(data)
            if self._chunk_bytes > self.head_limit:
                self.transport.close()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.head_since = self.head_since or self.loop.time()

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        if self.head_since is not None:
            super().on_header(name, value)

    def on_chunk_header(self) -> None:
        """Called by the parser; what follows is content, or the trailers."""
        self._chunk_bytes = 0

    @override
    def on_body(self, body: bytes) -> None:
        self._chunk_bytes = None
        super().on_body(body)

    @override
    def on_message_complete(self) -> None:
        self._chunk_bytes = None
        super().on_message_complete()

    @override
    def on_headers_complete(self) -> None:
        self.head_since = None
        super().on_headers_complete()

    def close_if_slow(self, seconds: float) -> None:
        """Close when a head has been due for so long and nothing is being answered."""
        answering = self.cycle is not None and not self.cycle.response_complete
        if self.head_since is None or answering or self.transport.is_closing():
            return
        if self.loop.time() - self.head_since > seconds:
            self.transport.close()
