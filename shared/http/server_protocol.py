"""uvicorn's protocol, but for one thing: the head of an answer leaves together with its body.

uvicorn writes them one after the other, which is two system calls and wakes the client twice; on
short answers these cost more than all that Python does for them.
"""

import asyncio
from typing import Any

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class _JoinedWrites(asyncio.Transport):
    """What one answer is written to; its first piece waits for the second, one turn at most."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._head: Any = b""
        self._begun = False

    @override
    def write(self, data: Any) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.writelines((head, data))
        elif self._begun:
            self._transport.write(data)
        else:
            self._begun, self._head = True, data
            self._loop.call_soon(self._flush)

    @override
    def close(self) -> None:
        self._flush()
        self._transport.close()

    @override
    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def _flush(self) -> None:
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)


class ServerProtocol(HttpToolsProtocol):
    """Serves HTTP for every process of the platform."""

    @override
    def on_headers_complete(self) -> None:
        before = self.cycle
        super().on_headers_complete()
        # There is none for a request that was refused or asks for another protocol.
        if self.cycle is not None and self.cycle is not before:
            self.cycle.transport = _JoinedWrites(self.transport, self.loop)
