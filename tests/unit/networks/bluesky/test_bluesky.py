import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.ids import new_id
from shared.networks.bluesky.ids import AtUri, moment_of, tid
from shared.networks.bluesky.normalize import normalize
from shared.networks.bluesky.read import Cursor
from shared.networks.bluesky.richtext import facets
from shared.networks.bluesky.xrpc import refusal
from shared.networks.errors import (
    AmbiguousError,
    AuthExpiredError,
    AuthRevokedError,
    GoneError,
    InvalidInputError,
    NetworkError,
    RateLimitedError,
    RemoteTransientError,
    ScopeMissingError,
    UnsupportedError,
)
from shared.networks.http import Answer, Call
from shared.networks.types import Account, RawDelivery
from tests.unit.networks.golden import as_json, cases

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_BRAND = Account(
    external_id="did:plc:brandbrandbrandbrand1234",
    handle="brand.example",
    base_url="https://pds.example",
)


@pytest.mark.parametrize(("name", "case"), cases("bluesky"))
def test_a_delivery_means_what_the_golden_file_says(name: str, case: dict[str, Any]) -> None:
    delivery = RawDelivery(**case["delivery"])
    assert [as_json(change) for change in normalize(delivery, _BRAND)] == case["changes"], name


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("post", {}),
        ("post", {"uri": "nonsense", "cid": "c", "record": None, "author": {}, "indexedAt": ""}),
        ("message", {"convo": "c", "members": [], "message": {"id": "1"}}),
        ("removed", {"id": "x", "at": "yesterday"}),
        ("unheard-of", {}),
    ],
)
def test_nonsense_is_refused_and_not_guessed(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unreadable|unknown|Invalid isoformat"):
        normalize(RawDelivery(external_id="x", kind=kind, body=body), _BRAND)


def test_a_record_key_is_always_the_same_for_one_command() -> None:
    key = UUID("019ab1c2-d3e4-7f50-8123-456789abcdef")
    assert tid(key) == tid(key) == "3m6cspnlc2gvr"
    assert len(tid(key)) == 13
    assert moment_of(key) == datetime(2025, 11, 23, 17, 28, 46, 820000, tzinfo=UTC)


def test_a_burst_of_commands_gets_a_record_key_each() -> None:
    keys = [new_id() for _ in range(20_000)]
    assert len({tid(key) for key in keys}) == len(keys)


def test_a_record_key_tells_roughly_when_its_command_was_made() -> None:
    key = new_id()
    number = 0
    for letter in tid(key):
        number = number << 5 | "234567abcdefghijklmnopqrstuvwxyz".index(letter)
    told = datetime.fromtimestamp((number >> 10) / 1_000_000, UTC)
    assert timedelta(0) < moment_of(key) - told < timedelta(minutes=36)


@given(st.uuids(version=4))
def test_a_record_key_has_the_form_the_protocol_demands(key: UUID) -> None:
    assert set(tid(key)) <= set("234567abcdefghijklmnopqrstuvwxyz")
    assert len(tid(key)) == 13
    assert tid(key)[0] in "234567abcdefghij"


@pytest.mark.parametrize(
    "uri", ["", "at://", "at://did:plc:x/app.bsky.feed.post", "https://a/b/c", "at://a/b/c/d"]
)
def test_an_address_that_is_none_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="not an at:// address"):
        AtUri.parse(uri)


def test_an_address_survives_being_read_and_written() -> None:
    uri = "at://did:plc:x/app.bsky.feed.post/3abc"
    assert str(AtUri.parse(uri)) == uri


_DIDS = {"grace.example": "did:plc:grace"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing here", []),
        ("see https://a.nl/x.", [("https://a.nl/x", "https://a.nl/x")]),
        ("(https://a.nl/x)", [("https://a.nl/x", "https://a.nl/x")]),
        ("https://a.nl/x_(y)", [("https://a.nl/x_(y)", "https://a.nl/x_(y)")]),
        ("看 https://a.nl/包?q=裹!", [("https://a.nl/包?q=裹", "https://a.nl/包?q=裹")]),
        ("🙈 @grace.example 你好", [("@grace.example", "did:plc:grace")]),
        ("@Grace.Example", [("@Grace.Example", "did:plc:grace")]),
        ("@nobody.example", []),
        ("grace@grace.example", []),
        ("#help #包裹 # #1 #a-b!", [("#help", "help"), ("#包裹", "包裹"), ("#a-b", "a-b")]),
        ("#" + "x" * 65, []),
        ("https://a.nl/#anchor", [("https://a.nl/#anchor", "https://a.nl/#anchor")]),
    ],
)
def test_facets_point_at_bytes(text: str, expected: list[tuple[str, str]]) -> None:
    found = []
    for facet in facets(text, _DIDS):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        (feature,) = facet["features"]
        value = feature.get("uri") or feature.get("did") or feature.get("tag")
        found.append((text.encode()[start:end].decode(), value))
    assert found == expected


@given(st.text())
def test_facets_never_cut_a_character(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    for facet in facets(text, _DIDS):
        index = facet["index"]
        assert text.encode()[index["byteStart"] : index["byteEnd"]].decode()


_READ = Call(method="GET", url="https://pds.example/xrpc/x")
_WRITE = Call(method="POST", url="https://pds.example/xrpc/x", writes=True)


@pytest.mark.parametrize(
    ("call", "status", "name", "message", "expected"),
    [
        (_READ, 400, "ExpiredToken", "Token has expired", AuthExpiredError),
        (_READ, 400, "InvalidToken", "Token could not be verified", AuthExpiredError),
        (_READ, 400, "InvalidToken", "Bad token scope", ScopeMissingError),
        (_READ, 400, "InvalidToken", "Bad token method", ScopeMissingError),
        (_READ, 401, "AuthenticationRequired", "Invalid password", AuthRevokedError),
        (_READ, 401, "AccountTakedown", "", AuthRevokedError),
        (_READ, 400, "RecordNotFound", "", GoneError),
        (_READ, 400, "NotFound", "Post not found", GoneError),
        (_READ, 400, "InvalidRequest", "Error: text too long", InvalidInputError),
        (_WRITE, 400, "InvalidSwap", "", RemoteTransientError),
        (_WRITE, 429, "RateLimitExceeded", "Rate Limit Exceeded", RateLimitedError),
        (_READ, 502, "UpstreamFailure", "Upstream server is down", RemoteTransientError),
        (_WRITE, 500, "InternalServerError", "", AmbiguousError),
        (_READ, 501, "MethodNotImplemented", "", UnsupportedError),
    ],
)
def test_an_error_is_classed_by_its_name(
    call: Call, status: int, name: str, message: str, expected: type[NetworkError]
) -> None:
    body = json.dumps({"error": name, "message": message}).encode()
    error = refusal(call, Answer(status=status, headers={}, body=body, at=_NOW))
    assert type(error) is expected


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'"x"'])
def test_an_error_without_a_name_is_classed_by_its_status(body: bytes) -> None:
    error = refusal(_READ, Answer(status=502, headers={}, body=body, at=_NOW))
    assert type(error) is RemoteTransientError


def test_a_cursor_walks_back_to_what_was_seen_and_starts_again() -> None:
    start = Cursor.parse(None, _NOW)
    assert start.floor == _NOW - timedelta(days=14)
    deeper = start.after([_NOW, _NOW - timedelta(hours=1)], "page-2")
    assert deeper == Cursor(floor=start.floor, top=_NOW, page="page-2")
    assert Cursor.parse(deeper.text(), _NOW) == deeper
    bottom = deeper.after([_NOW - timedelta(days=15)], "page-3")
    assert bottom == Cursor(floor=_NOW, top=_NOW)
    assert deeper.after([], "page-3") == bottom
    assert deeper.after([_NOW - timedelta(days=1)], None) == bottom
