"""The connections to one upstream: kept alive, limited, handed out last in first out."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateway.errors import UpstreamBusyError, UpstreamDownError
from gateway.upstream.address import Address
from gateway.upstream.connection import Connection

_CONNECT_SECONDS = 3.0


class Pool:
    """At most `limit` connections; who comes later waits in a queue of `queue` places."""

    def __init__(
        self, name: str, address: Address, *, limit: int, queue: int, queue_seconds: float
    ) -> None:
        self.name = name
        self.address = address
        self._limit = limit
        self._queue = queue
        self._queue_seconds = queue_seconds
        self._idle: list[Connection] = []
        self._all: set[Connection] = set()
        self._opening = 0
        self._waiters: deque[asyncio.Future[Connection | None]] = deque()
        self._uploads = asyncio.Semaphore(max(1, limit // 2))

    @asynccontextmanager
    async def place_for_upload(self) -> AsyncIterator[None]:
        """Half of the connections stay out of the hands of those who send much, and may be slow."""
        try:
            async with asyncio.timeout(self._queue_seconds):
                await self._uploads.acquire()
        except TimeoutError:
            raise UpstreamBusyError(retry_after=1) from None
        try:
            yield
        finally:
            self._uploads.release()

    async def acquire(self, *, fresh: bool = False) -> Connection:
        """A connection for one exchange; raises `UpstreamBusyError` or `UpstreamDownError`.

        `fresh`: the idle ones have just proved to be stale.
        """
        if fresh:
            self._close_idle()
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
        if len(self._all) + self._opening < self._limit:
            self._opening += 1
            return await self._open()
        waited = await self._wait()
        if waited is None:  # The place is ours already.
            return await self._open()
        if waited.usable:
            return waited
        self._opening += 1
        return await self._open()

    def sweep(self, idle_ticks: int) -> None:
        """Close what has been idle for so many ticks."""
        for connection in self._idle:
            connection.idle_ticks += 1
        old = [connection for connection in self._idle if connection.idle_ticks > idle_ticks]
        if old:
            self._idle = [each for each in self._idle if each.idle_ticks <= idle_ticks]
            for connection in old:
                connection.close()

    def close(self) -> None:
        for connection in list(self._all):
            connection.close()

    @property
    def open_connections(self) -> int:
        return len(self._all)

    def _close_idle(self) -> None:
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    async def _open(self) -> Connection:
        """Connect on a place that is counted in `_opening` already."""
        try:
            async with asyncio.timeout(_CONNECT_SECONDS):
                connection = await self._connect()
        except OSError as error:  # TimeoutError is one.
            self._give_place()
            raise UpstreamDownError(f"{self.name} does not answer.") from error
        except asyncio.CancelledError:
            self._give_place()
            raise
        finally:
            self._opening -= 1
        self._all.add(connection)
        return connection

    async def _connect(self) -> Connection:
        loop = asyncio.get_running_loop()
        address = self.address

        def make() -> Connection:
            return Connection(loop, self._free, self._lost)

        if address.path:
            return (await loop.create_unix_connection(make, address.path))[1]
        return (await loop.create_connection(make, address.host, address.port))[1]

    async def _wait(self) -> Connection | None:
        """A connection that came free, or None for the place of one."""
        if len(self._waiters) >= self._queue:
            raise UpstreamBusyError(retry_after=1)
        waiter: asyncio.Future[Connection | None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(self._queue_seconds):
                return await waiter
        except (TimeoutError, asyncio.CancelledError) as error:
            self._pass_on(waiter)
            if isinstance(error, TimeoutError):
                raise UpstreamBusyError(retry_after=1) from None
            raise

    def _pass_on(self, waiter: asyncio.Future[Connection | None]) -> None:
        """What was handed to somebody who has just given up goes to the next one."""
        if waiter in self._waiters:
            self._waiters.remove(waiter)
        if not waiter.done() or waiter.cancelled():
            return
        connection = waiter.result()
        if connection is None:
            self._opening -= 1
            self._give_place()
        elif connection.usable:
            self._free(connection)

    def _free(self, connection: Connection) -> None:
        connection.idle_ticks = 0
        waiter = self._next_waiter()
        if waiter is not None:
            waiter.set_result(connection)
        else:
            self._idle.append(connection)

    def _lost(self, connection: Connection) -> None:
        self._all.discard(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        self._give_place()

    def _give_place(self) -> None:
        waiter = self._next_waiter()
        if waiter is not None:
            self._opening += 1
            waiter.set_result(None)

    def _next_waiter(self) -> asyncio.Future[Connection | None] | None:
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                return waiter
        return None
