import asyncio
import socket

import httpcore
import httpx
import pytest

from shared.clock import SystemClock
from shared.networks.errors import InvalidInputError, RemoteTransientError
from shared.networks.http import Call, NetworkHttp
from shared.networks.ssrf import (
    ForbiddenAddressError,
    GuardedTransport,
    check_url,
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


async def test_a_name_that_moves_inside_after_it_was_judged_is_not_followed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name is asked for once a connection, and the connection goes to what was judged."""
    answers = ["1.1.1.1", "127.0.0.1"]
    asked: list[str] = []
    went: list[str] = []

    async def rebind(
        _loop: object, host: str, port: int, **_more: object
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[len(asked) - 1], port))]

    async def connect(_backend: object, host: str, *_more: object) -> None:
        went.append(host)
        raise httpcore.ConnectError("Nobody is there.")

    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", rebind)
    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", rebind, raising=False)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    async with httpx.AsyncClient(transport=GuardedTransport(allow_local=False)) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get("https://moving.example/")
        assert (asked, went) == (["moving.example"], ["1.1.1.1"])
        with pytest.raises(ForbiddenAddressError):
            await client.get("https://moving.example/")
    assert (len(asked), went) == (2, ["1.1.1.1"])


async def test_one_forbidden_address_among_several_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def both(
        _loop: object, _host: str, port: int, **_more: object
    ) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))
            for address in ("1.1.1.1", "169.254.169.254")
        ]

    monkeypatch.setattr(type(asyncio.get_running_loop()), "getaddrinfo", both, raising=False)
    with pytest.raises(ForbiddenAddressError):
        await resolve("both.example", 443)


@pytest.mark.parametrize(
    "url",
    [
        "https://crm.example.com/hook?token=a",
        "https://crm.example.com:8443/",
        "https://1.1.1.1/",
        "https://[2606:4700:4700::1111]/",
        "https://bücher.example/",
    ],
)
def test_an_address_of_a_web_server_is_admitted(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "crm.example.com",
        "http://crm.example.com/",
        "file:///etc/passwd",
        "gopher://crm.example.com/",
        "https://",
        "https:///path",
        "https://user@crm.example.com/",
        "https://user:secret@crm.example.com/",
        "https://crm.example.com/#fragment",
        "https://crm.example.com:0/",
        "https://crm.example.com:25/",
        "https://crm.example.com:6379/",
        "https://crm.example.com:99999/",
        "https://localhost/",
        "https://localhost./",
        "https://metadata/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://169.254.169.254/latest/meta-data/",
        "https://crm.example.com\\@127.0.0.1/",
        "https://crm example.com/",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(InvalidInputError):
        check_url(url)


def test_this_machine_is_admitted_only_when_asked_for() -> None:
    for url in ("http://127.0.0.1:8080/hook", "http://localhost:8080/", "http://[::1]:8080/"):
        check_url(url, allow_local=True)
    for url in ("http://10.0.0.1/", "http://169.254.169.254/", "ftp://127.0.0.1/"):
        with pytest.raises(InvalidInputError):
            check_url(url, allow_local=True)


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
