"""An answer leaves in one piece where it can, and never waits for a body that is slow."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any, cast

import uvicorn
from typing_extensions import override

from shared.http.server_protocol import ServerProtocol
from tests.support.sockets import listening_socket

START = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]}


@asynccontextmanager
async def connected(
    app: Any, protocol: type[ServerProtocol] = ServerProtocol
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    listening = listening_socket()
    config = uvicorn.Config(app, http=protocol, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve([listening]))
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.should_exit = True
        await task


def asked(path: str, *, method: str = "GET", close: bool = False) -> bytes:
    ending = "connection: close\r\n" if close else ""
    return f"{method} {path} HTTP/1.1\r\nhost: here\r\n{ending}\r\n".encode()


async def short(scope: Any, _receive: Any, send: Any) -> None:
    await send(START)
    await send({"type": "http.response.body", "body": scope["path"].encode()})


async def test_head_and_body_are_one_piece() -> None:
    pieces: list[bytes] = []

    class Spied(ServerProtocol):
        @override
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # As in uvicorn.
            super().connection_made(transport)
            self.transport = cast("asyncio.Transport", Spy(transport, pieces))

    async with connected(short, Spied) as (reader, writer):
        writer.write(asked("/one"))
        assert (await reader.readuntil(b"/one")).startswith(b"HTTP/1.1 200")
    assert len(pieces) == 1


class Spy:
    """Notes what goes to the system together."""

    def __init__(self, transport: asyncio.Transport, pieces: list[bytes]) -> None:
        self._transport = transport
        self._pieces = pieces

    def write(self, data: bytes) -> None:
        self._pieces.append(data)
        self._transport.write(data)

    def writelines(self, some: Iterable[bytes]) -> None:
        self.write(b"".join(some))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


async def test_head_does_not_wait_for_a_slow_body() -> None:
    go_on = asyncio.Event()

    async def slow(_scope: Any, _receive: Any, send: Any) -> None:
        await send(START)
        await go_on.wait()
        await send({"type": "http.response.body", "body": b"te", "more_body": True})
        await send({"type": "http.response.body", "body": b"xt"})

    async with connected(slow) as (reader, writer):
        writer.write(asked("/"))
        async with asyncio.timeout(10):
            assert b"200 OK" in await reader.readuntil(b"\r\n\r\n")
            go_on.set()
            assert await reader.readexactly(4) == b"text"


async def test_answers_stay_in_order_when_requests_do_not_wait() -> None:
    async with connected(short) as (reader, writer):
        writer.write(asked("/one") + asked("/two") + asked("/six", close=True))
        async with asyncio.timeout(10):
            said = await reader.read()
    assert [said.index(path) for path in (b"/one", b"/two", b"/six")] == sorted(
        said.index(path) for path in (b"/one", b"/two", b"/six")
    )
    assert said.endswith(b"/six")


async def test_an_answer_without_a_body_is_whole_before_the_end() -> None:
    async with connected(short) as (reader, writer):
        writer.write(asked("/one", method="HEAD", close=True))
        async with asyncio.timeout(10):
            said = await reader.read()
    assert said.startswith(b"HTTP/1.1 200 OK\r\n")
    assert said.endswith(b"\r\n\r\n")
