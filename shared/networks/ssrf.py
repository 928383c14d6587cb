"""Refuses connections to addresses that a stranger's URL must not reach.

The name is resolved, every address is judged, and the connection goes to the judged address: a
name that resolves differently a moment later changes nothing.
"""

import asyncio
import re
import socket
from collections.abc import Collection, Iterable, Sequence
from ipaddress import IPv6Address, ip_address

import httpcore
import httpx
from typing_extensions import override

from shared.networks.errors import InvalidInputError, RemoteTransientError


class ForbiddenAddressError(InvalidInputError):
    code = "network.forbidden_address"
    title = "This address is not on the public internet."


def is_public(address: str) -> bool:
    """Whether an IP address is reachable for everybody, also behind its IPv6 disguises."""
    ip = ip_address(address)
    if isinstance(ip, IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if int(ip) >> 32 == _NAT64:
            return is_public(str(ip_address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


_NAT64 = int(IPv6Address("64:ff9b::")) >> 32


def is_allowed(address: str, *, allow_local: bool) -> bool:
    return is_public(address) or (allow_local and ip_address(address).is_loopback)


async def resolve(host: str, port: int, *, allow_local: bool = False) -> Sequence[str]:
    """The addresses of a host; raises `ForbiddenAddressError` when any of them is not allowed."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise RemoteTransientError(f"There is no server named {host}.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not is_allowed(address, allow_local=allow_local):
            raise ForbiddenAddressError(f"{host} is not on the public internet.", host=host)
    return addresses


def check_url(url: str, *, allow_local: bool = False) -> None:
    """Raise what is wrong with the form of an address that a stranger gave.

    What its name resolves to is judged at each connection, since that may change at any time.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise InvalidInputError("This is not an address.") from error
    if parsed.scheme != "https" and not (allow_local and parsed.scheme == "http"):
        raise InvalidInputError("The address must begin with https://.")
    if parsed.userinfo:
        raise InvalidInputError("The address must not hold a user name or a password.")
    if parsed.fragment:
        raise InvalidInputError("The address must not hold a part after #.")
    if not _is_port_allowed(parsed.port):
        raise ForbiddenAddressError(f"The port {parsed.port} is not one of a web server.")
    _check_host(parsed.raw_host.decode("ascii"), allow_local=allow_local)


def _is_port_allowed(port: int | None) -> bool:
    return port in _WEB_PORTS or (
        port is not None and _FIRST_FREE_PORT <= port <= _LAST_PORT and port not in _OTHER_SERVICES
    )


def _check_host(host: str, *, allow_local: bool) -> None:
    try:
        allowed = is_allowed(host, allow_local=allow_local)
    except ValueError:  # A name, which says where it leads only when somebody goes there.
        allowed = _NAME.fullmatch(host) is not None and (allow_local or "." in host.strip("."))
    if not allowed:
        raise ForbiddenAddressError(f"{host} is not on the public internet.", host=host)


_WEB_PORTS = frozenset({None, 80, 443})
_FIRST_FREE_PORT, _LAST_PORT = 1024, 65535
_NAME = re.compile(r"[a-z0-9_.-]+")
# What listens there takes no webhooks, and some of it takes any line for an order.
_OTHER_SERVICES = frozenset(
    {1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 3306, 3389, 3659, 4045, 4190}
    | {5060, 5061, 5432, 5672, 5900, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697}
    | {9042, 9092, 9200, 9300, 10080, 10250, 11211, 27017}
)


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens TCP connections to judged addresses, and to the hosts that the operator named."""

    def __init__(self, *, allow_local: bool, trusted: Collection[tuple[str, int]] = ()) -> None:
        self._allow_local = allow_local
        self._trusted = trusted
        self._inner = httpcore.AnyIOBackend()

    @override
    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        if (host, port) in self._trusted:
            return await self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in await resolve(host, port, allow_local=self._allow_local):
            try:
                return await self._inner.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    @override
    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx over judged addresses; proxies from the environment are not used."""

    def __init__(
        self,
        *,
        allow_local: bool = False,
        trusted: Collection[tuple[str, int]] = (),
        connections: int = 200,
    ) -> None:
        super().__init__()
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=50,
            keepalive_expiry=30,
            network_backend=GuardedBackend(allow_local=allow_local, trusted=trusted),
        )
