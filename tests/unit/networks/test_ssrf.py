import asyncio
import socket

import httpx
import pytest

from shared.clock import SystemClock
from shared.networks.errors import InvalidInputError, RemoteTransientError
from shared.networks.http import Call, NetworkHttp
from shared.networks.ssrf import (
    ForbiddenAddressError,
    GuardedTransport,
    is_allowed,
    is_public,
    resolve,
)


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "193.0.6.139", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"],
)
def test_lets_the_internet_through(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- an address to refuse, nothing listens.
        "255.255.255.255",
        "224.0.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "2002:0a00:0001::1",
        "2001:db8::1",
    ],
)
def test_refuses_what_is_inside(address: str) -> None:
    assert not is_public(address)


def test_this_machine_is_allowed_only_when_asked_for() -> None:
    assert is_allowed("127.0.0.1", allow_local=True)
    assert is_allowed("::1", allow_local=True)
    assert not is_allowed("127.0.0.1", allow_local=False)
    assert not is_allowed("10.0.0.1", allow_local=True)
    assert not is_allowed("169.254.169.254", allow_local=True)


async def test_judges_what_a_name_resolves_to() -> None:
    with pytest.raises(ForbiddenAddressError):
        await resolve("localhost", 80)
    assert "127.0.0.1" in await resolve("localhost", 80, allow_local=True)
    for disguise in ("2130706433", "0x7f000001", "127.1"):
        with pytest.raises(ForbiddenAddressError):
            await resolve(disguise, 80)


async def test_an_unknown_name_is_said_to_be_unknown() -> None:
    with pytest.raises(RemoteTransientError, match=r"no server named nobody\.invalid"):
        await resolve("nobody.invalid", 443)


async def test_no_connection_is_opened_to_a_forbidden_address() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        async with httpx.AsyncClient(transport=GuardedTransport()) as client:
            with pytest.raises(ForbiddenAddressError):
                await client.get(f"http://127.0.0.1:{port}/")
        listening.setblocking(False)
        with pytest.raises(BlockingIOError):
            listening.accept()


async def test_a_forbidden_address_is_a_refusal_like_any_other() -> None:
    http = NetworkHttp(SystemClock())
    with pytest.raises(ForbiddenAddressError) as caught:
        await http.send(Call(method="POST", url="https://127.0.0.1/", writes=True))
    assert isinstance(caught.value, InvalidInputError)
    await http.close()


async def test_plain_http_is_for_this_machine_only() -> None:
    http = NetworkHttp(SystemClock())
    with pytest.raises(InvalidInputError):
        await http.send(Call(method="GET", url="http://example.com/"))
    await http.close()


async def test_a_redirect_is_an_answer_and_not_an_order() -> None:
    asked: list[bytes] = []

    async def redirect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(
            b"HTTP/1.1 302 Found\r\nlocation: http://10.0.0.1/\r\ncontent-length: 0\r\n\r\n"
        )
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(redirect, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    http = NetworkHttp(SystemClock(), allow_local=True)
    answer = await http.send(Call(method="GET", url=f"http://127.0.0.1:{port}/"))
    assert answer.status == 302
    assert len(asked) == 1
    assert b"user-agent: Parley/" in asked[0]
    await http.close()
    server.close()
    await server.wait_closed()
    with pytest.raises(RemoteTransientError):
        await NetworkHttp(SystemClock(), allow_local=True).send(
            Call(method="POST", url=f"http://127.0.0.1:{port}/", writes=True)
        )
