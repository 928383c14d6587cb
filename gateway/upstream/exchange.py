"""One request and its response: where a connection puts what arrives and the forwarder takes it.

The two sides meet here and nowhere else, so that a connection can be free again while the last
bytes of its response still wait to be passed on.
"""

import asyncio
from collections.abc import Callable

from gateway.errors import UpstreamTimeoutError
from shared.errors import ParleyError

Headers = list[tuple[bytes, bytes]]

# Above this many bytes the connection stops reading until the forwarder has caught up.
HIGH_WATER = 256 * 1024


class Exchange:
    """`head_only`: the answer has no body whatever its headers say (HEAD)."""

    __slots__ = (
        "_chunks",
        "_error",
        "_loop",
        "_waiter",
        "abort",
        "answered",
        "blame",
        "buffered",
        "ended",
        "head_only",
        "headed",
        "headers",
        "idle_ticks",
        "on_idle",
        "on_room",
        "status",
        "watcher",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop, *, head_only: bool) -> None:
        self._loop = loop
        self._chunks: list[bytes] = []
        self._error: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None
        self.head_only = head_only
        self.status = 0
        self.headers: Headers = []
        self.headed = False
        self.ended = False
        self.answered = False  # Whether any byte of the response has arrived.
        self.buffered = 0
        self.idle_ticks = 0
        # What to say when nothing moves for too long: whose turn it is.
        self.blame: type[ParleyError] = UpstreamTimeoutError
        self.on_idle: Callable[[], None] | None = None
        self.on_room: Callable[[], None] | None = None
        self.abort: Callable[[], None] | None = None
        self.watcher: asyncio.Task[None] | None = None

    def put_head(self, status: int, headers: Headers) -> None:
        self.status = status
        self.headers = headers
        self.headed = True
        self._wake()

    def put(self, data: bytes) -> None:
        self._chunks.append(data)
        self.buffered += len(data)
        self._wake()

    def end(self) -> None:
        if self._error is not None:  # Given up before; what came since is not a whole answer.
            return
        self.ended = True
        self.abort = None
        self._wake()

    def fail(self, error: BaseException) -> None:
        """Let the forwarder raise `error`, after nothing that is still buffered."""
        if self._error is None and not self.ended:
            self._error = error
            self._wake()

    def cancel(self, error: BaseException) -> None:
        """Give up from this side: the connection is closed, because its answer is still due."""
        self.fail(error)
        if self.abort is not None:
            self.abort()

    async def head(self) -> None:
        """Return when status and headers are there."""
        while not self.headed:
            await self._wait()

    async def read(self) -> bytes:
        """What has arrived since; empty only when `ended`."""
        while not self._chunks and not self.ended:
            await self._wait()
        chunks, self._chunks = self._chunks, []
        self.buffered = 0
        self.idle_ticks = 0
        if self.on_room is not None:
            self.on_room()
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _wake(self) -> None:
        self.idle_ticks = 0
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _wait(self) -> None:
        if self._error is not None:
            raise self._error
        self._waiter = self._loop.create_future()
        await self._waiter
        self._waiter = None
        if self._error is not None:
            raise self._error
