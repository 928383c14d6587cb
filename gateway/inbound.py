"""What the gateway reads from a request before anything else, and the forms that it refuses.

A request that two parsers could read differently is refused, not repaired.
"""

import re
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from itertools import chain
from typing import Any

from uuid_utils import uuid7  # Not the standard class: only its text is needed, at once.

from gateway.errors import (
    AmbiguousRequestError,
    BadPathError,
    HeadersTooLargeError,
    MethodRefusedError,
    UpgradeRefusedError,
)

Headers = list[tuple[bytes, bytes]]
Networks = tuple[IPv4Network | IPv6Network, ...]

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}
# What must not be said twice, because who reads the first and who reads the last would disagree.
_ONCE = frozenset(
    {
        b"authorization",
        b"content-length",
        b"content-type",
        b"host",
        b"idempotency-key",
        b"origin",
        b"transfer-encoding",
        b"x-parley-workspace",
    }
)
_BAD_PATH = re.compile(
    rb"//|/\.{1,2}(?:/|\Z)|%(?:2[eEfF]|5[cC]|00|(?![0-9A-Fa-f]{2}))|[^!-~]|[\\<>\"^`{|}]"
)
_REQUEST_ID = re.compile(rb"[A-Za-z0-9-]{1,64}")


@dataclass(slots=True)
class Inbound:
    """One request as it came in."""

    method: str
    path: bytes
    query: bytes
    headers: Headers
    named: dict[bytes, bytes]
    request_id: bytes
    client_ip: str
    scheme: str
    version: str = "1.1"
    answer_headers: Headers = field(default_factory=list)

    @property
    def safe(self) -> bool:
        return self.method in SAFE_METHODS

    @property
    def content_length(self) -> int | None:
        value = self.named.get(b"content-length")
        return None if value is None else int(value)

    @property
    def chunked(self) -> bool:
        return b"transfer-encoding" in self.named

    @property
    def has_body(self) -> bool:
        return self.chunked or self.named.get(b"content-length", b"0") != b"0"

    @property
    def network(self) -> str:
        """What an address is counted under: one household has a whole /64 of IPv6."""
        if ":" not in self.client_ip or not _is_address(self.client_ip):
            return self.client_ip
        return str(ip_network(f"{self.client_ip.partition('%')[0]}/64", strict=False))

    def text(self, name: bytes) -> str | None:
        value = self.named.get(name)
        return None if value is None else value.decode("latin-1")


def read_inbound(scope: Any, trusted: Networks) -> Inbound:
    """The head of a request; nothing is judged yet, so that a refusal can name the request."""
    headers: Headers = scope["headers"]
    named = dict(headers)
    given = named.get(b"x-request-id", b"")
    inbound = Inbound(
        method=scope["method"],
        path=scope["raw_path"],
        query=scope["query_string"],
        headers=headers,
        named=named,
        request_id=given if _REQUEST_ID.fullmatch(given) else str(uuid7()).encode(),
        client_ip=scope["client"][0] if scope["client"] else "",
        scheme=scope["scheme"],
        version=scope["http_version"],
    )
    if trusted:
        _believe_proxy(inbound, trusted)
    return inbound


def judge(inbound: Inbound, header_limit: int) -> None:
    """Raise a `RefusedError` for a head that is too large, ambiguous or out of place."""
    named = inbound.named
    if inbound.method not in _METHODS:
        raise MethodRefusedError
    if _BAD_PATH.search(inbound.path) or not inbound.path.startswith(b"/"):
        raise BadPathError
    if b"upgrade" in named:
        raise UpgradeRefusedError
    if len(named) != len(inbound.headers):
        _judge_repeated(inbound)
    size = sum(map(len, chain.from_iterable(inbound.headers)))
    if size + len(inbound.path) + len(inbound.query) > header_limit:
        raise HeadersTooLargeError
    _judge_framing(named, inbound.version)


def _judge_framing(named: dict[bytes, bytes], version: str) -> None:
    if b"host" not in named:
        raise AmbiguousRequestError("The header host is missing.")
    if b"transfer-encoding" in named:
        coding = named[b"transfer-encoding"].lower()
        # Before 1.1 there were no codings, so that another server would not look for one.
        if b"content-length" in named or coding != b"chunked" or version == "1.0":
            raise AmbiguousRequestError
    elif b"content-length" in named and not named[b"content-length"].isdigit():
        raise AmbiguousRequestError


def _judge_repeated(inbound: Inbound) -> None:
    seen: set[bytes] = set()
    cookies = []
    for name, value in inbound.headers:
        if name in seen and name in _ONCE:
            raise AmbiguousRequestError(f"The header {name.decode('latin-1')} stands twice.")
        seen.add(name)
        if name == b"cookie":
            cookies.append(value)
    if cookies:
        inbound.named[b"cookie"] = b"; ".join(cookies)


def _believe_proxy(inbound: Inbound, trusted: Networks) -> None:
    """Take client and scheme from a proxy's headers, as far as the chain of proxies is trusted."""
    if not _is_within(inbound.client_ip, trusted):
        return
    inbound.scheme = "https" if inbound.named.get(b"x-forwarded-proto") == b"https" else "http"
    chain = b",".join(value for name, value in inbound.headers if name == b"x-forwarded-for")
    for hop in reversed(chain.decode("latin-1").split(",")):
        address = hop.strip()
        if not _is_address(address):
            return
        inbound.client_ip = address
        if not _is_within(address, trusted):
            return


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _is_within(address: str, networks: Networks) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in networks)
