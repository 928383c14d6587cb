"""Judging requests: whatever gets through means the same to everybody behind the gateway."""

import posixpath
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gateway.errors import AmbiguousRequestError, RefusedError
from gateway.headers import connection_named, response_headers
from gateway.inbound import Inbound, judge
from gateway.routes import RouteTable

TABLE = RouteTable()
PIECES = ["/", "//", ".", "..", "%2e", "%2F", "%5c", "\\", "internal", "%69nternal", "hooks", "a"]
PIECES += ["%25", "%252e", ";", "?", "#", "%00", "Internal", "%", " ", "\t", "é", "api", "v1"]


def inbound(path: bytes = b"/x", *headers: tuple[bytes, bytes], host: bool = True) -> Inbound:
    given_headers = [*headers, (b"host", b"parley")] if host else list(headers)
    return Inbound(
        method="GET",
        path=path,
        query=b"",
        headers=given_headers,
        named=dict(given_headers),
        request_id=b"1",
        client_ip="127.0.0.1",
        scheme="http",
    )


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
@example("/internal/x")
@example("/a/..;/internal")
def test_no_path_leads_out_of_its_route_or_into_private_parts(rest: str) -> None:
    path = b"/api/v1/inbox" + rest.encode("utf-8")
    try:
        judge(inbound(path), 10_000)
    except RefusedError:
        return
    found = TABLE.find(path)
    if found is None:
        return
    seen = unquote(found[1].decode())
    assert posixpath.normpath(seen).rstrip("/") == seen.rstrip("/")
    assert not seen.casefold().startswith(("/internal/", "/hooks/"))
    assert seen.casefold() not in ("/internal", "/hooks")
    assert "\\" not in seen


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-length", b"1"), (b"content-length", b"1")],
        [(b"content-length", b"1"), (b"transfer-encoding", b"chunked")],
        [(b"transfer-encoding", b"identity")],
        [(b"transfer-encoding", b"chunked, chunked")],
        [(b"content-length", b"1_0")],
        [(b"content-length", b"0x1")],
        [(b"content-length", b"")],
        [(b"host", b"other")],
        [(b"origin", b"a"), (b"origin", b"b")],
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(AmbiguousRequestError):
        judge(inbound(b"/x", *headers), 10_000)


def test_a_request_without_a_host_is_refused() -> None:
    with pytest.raises(AmbiguousRequestError):
        judge(inbound(host=False), 10_000)


def test_cookies_of_several_headers_are_one() -> None:
    request = inbound(b"/x", (b"cookie", b"a=1"), (b"cookie", b"b=2"))
    judge(request, 10_000)
    assert request.named[b"cookie"] == b"a=1; b=2"


def test_a_household_is_counted_as_one() -> None:
    request = inbound()
    for address, network in (
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", "unix:"),
    ):
        request.client_ip = address
        assert request.network == network


def test_an_answer_keeps_only_what_belongs_to_its_client() -> None:
    headers = [
        (b"connection", b"close, X-Hop"),
        (b"x-hop", b"1"),
        (b"transfer-encoding", b"chunked"),
        (b"server", b"uvicorn"),
        (b"set-cookie", b"a=1"),
        (b"set-cookie", b"b=2"),
        (b"content-length", b"5"),
    ]
    assert response_headers(headers, 200) == headers[4:]
    assert response_headers(headers, 304) == headers[4:6]
    assert connection_named(b"keep-alive, Content-Length, X-A") == {b"keep-alive", b"x-a"}
