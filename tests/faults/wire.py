"""A TCP connection that can be cut as a cable is: bytes wait, and neither end is told."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from tests.support.sockets import listening_socket

_CHUNK = 64 * 1024


class Wire:
    """Listens at `port` and passes everything on to the port that `target` names at that time."""

    def __init__(self, target: Callable[[], int]) -> None:
        self._target = target
        self._socket = listening_socket()
        self.port: int = self._socket.getsockname()[1]
        self._whole = asyncio.Event()
        self._whole.set()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._join, sock=self._socket)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    async def _join(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await self._whole.wait()
        try:
            far, forth = await asyncio.open_connection("127.0.0.1", self._target())
        except OSError:
            back.transport.abort()
            return
        ends = (
            asyncio.create_task(self._pass(near, forth)),
            asyncio.create_task(self._pass(far, back)),
        )
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
            for writer in (forth, back):
                writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(_CHUNK):
                await self._whole.wait()
                writer.write(data)
                await writer.drain()
