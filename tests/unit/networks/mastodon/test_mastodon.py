import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.networks.capabilities import Reason, Refused
from shared.networks.errors import (
    AmbiguousError,
    AuthRevokedError,
    GoneError,
    InvalidInputError,
    NetworkError,
    PolicyRejectedError,
    RateLimitedError,
    ScopeMissingError,
)
from shared.networks.http import Answer, Call
from shared.networks.mastodon.act import addressed, plain
from shared.networks.mastodon.api import refusal
from shared.networks.mastodon.auth import challenge, instance_url
from shared.networks.mastodon.html import to_text
from shared.networks.mastodon.instance import capabilities, instance_facts
from shared.networks.mastodon.normalize import normalize
from shared.networks.types import Account, Action, RawDelivery
from tests.unit.networks.golden import as_json, cases

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_BRAND = Account(
    external_id="109", handle="brand@social.example", base_url="https://social.example"
)


@pytest.mark.parametrize(("name", "case"), cases("mastodon"))
def test_a_delivery_means_what_the_golden_file_says(name: str, case: dict[str, Any]) -> None:
    delivery = RawDelivery(**case["delivery"])
    assert [as_json(change) for change in normalize(delivery, _BRAND)] == case["changes"], name


@pytest.mark.parametrize(
    ("kind", "body"),
    [("status", {}), ("status", {"status": {"id": "1"}, "root": {}}), ("unheard-of", {})],
)
def test_nonsense_is_refused_and_not_guessed(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unreadable|unknown"):
        normalize(RawDelivery(external_id="x", kind=kind, body=body), _BRAND)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<p>a<br>b<br/>c<br />d</p>", "a\nb\nc\nd"),
        ("<p>5 &lt; 6 &amp;&amp; 7 &gt; 6 &#128584;</p>", "5 < 6 && 7 > 6 🙈"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("<blockquote><p>said</p></blockquote><p>answer</p>", "said\n\nanswer"),
        ("<p>x</p><script>alert(1)</script><style>p{}</style>", "x"),
        ('<p class="quote-inline">RE: <a href="x">x<br></a></p><p>look</p>', "look"),
        ("plain text of a bridge", "plain text of a bridge"),
        ("<p>never closed", "never closed"),
        ("</p></p>stray", "stray"),
    ],
)
def test_html_becomes_text(html: str, text: str) -> None:
    assert to_text(html) == text


@given(st.text())
def test_whatever_comes_as_html_becomes_some_text(html: str) -> None:
    assert to_text(html) == to_text(html).strip()


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("mastodon.social", "https://mastodon.social"),
        (" https://Mastodon.Social/ ", "https://mastodon.social"),
        ("https://mastodon.social/@grace", "https://mastodon.social"),
        ("@grace@mastodon.social", "https://mastodon.social"),
        ("grace@mastodon.social", "https://mastodon.social"),
        ("http://127.0.0.1:3300", "http://127.0.0.1:3300"),
        ("social.example:8443", "https://social.example:8443"),
    ],
)
def test_an_instance_is_found_in_what_people_type(typed: str, url: str) -> None:
    assert instance_url(typed) == url


@pytest.mark.parametrize("typed", ["", "https://", "ftp://a.nl", "file:///etc/passwd", "a.nl:x"])
def test_what_is_no_instance_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInputError):
        instance_url(typed)


def test_the_challenge_is_that_of_the_standard() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


_READ = Call(method="GET", url="https://social.example/x")
_WRITE = Call(method="POST", url="https://social.example/x", writes=True)


@pytest.mark.parametrize(
    ("call", "status", "body", "expected"),
    [
        (_READ, 401, {"error": "The access token is invalid"}, AuthRevokedError),
        (_WRITE, 400, {"error": "invalid_grant", "error_description": "no"}, AuthRevokedError),
        (
            _READ,
            403,
            {"error": "This action is outside the authorized scopes"},
            ScopeMissingError,
        ),
        (_READ, 403, {"error": "This action is not allowed"}, PolicyRejectedError),
        (_READ, 404, {"error": "Record not found"}, GoneError),
        (_WRITE, 422, {"error": "Validation failed: Text is too long"}, InvalidInputError),
        (_WRITE, 429, {"error": "Too many requests"}, RateLimitedError),
        (_WRITE, 503, {"error": "Remote data could not be fetched"}, AmbiguousError),
        (_WRITE, 500, [], AmbiguousError),
    ],
)
def test_a_refusal_is_classed(
    call: Call, status: int, body: object, expected: type[NetworkError]
) -> None:
    answer = Answer(status=status, headers={}, body=json.dumps(body).encode(), at=_NOW)
    assert type(refusal(call, answer)) is expected


def _handle(visibility: str, account: str = "201", mentions: tuple[str, ...] = ()) -> Any:
    return {
        "visibility": visibility,
        "account": account,
        "acct": "grace@far.example" if account == "201" else "brand",
        "mentions": list(mentions),
    }


@pytest.mark.parametrize(
    ("text", "handle", "sent"),
    [
        ("Sorry!", _handle("public"), "@grace@far.example Sorry!"),
        ("Sorry!", _handle("public", mentions=("joe",)), "@grace@far.example Sorry!"),
        ("psst", _handle("direct", mentions=("joe",)), "@grace@far.example @joe psst"),
        ("@Grace@far.example hi", _handle("public"), "@Grace@far.example hi"),
        ("and more", _handle("public", "109", ("joe",)), "@joe and more"),
        ("alone", _handle("public", "109"), "alone"),
    ],
)
def test_an_answer_names_whom_it_must_reach(text: str, handle: Any, sent: str) -> None:
    assert addressed(text, handle, "109") == sent


def test_our_words_are_known_again_after_the_way_through_a_server() -> None:
    sent = "@grace@far.example See https://a.nl/x\n\nand  more"
    stored = (
        '<p><span class="h-card"><a href="https://far.example/@grace">@<span>grace</span></a></span>'
        ' See <a href="https://a.nl/x"><span class="invisible">https://</span>'
        '<span class="">a.nl/x</span></a></p><p>and  more</p>'
    )
    assert plain(sent) == plain(to_text(stored))


def test_limits_are_those_of_the_instance() -> None:
    document = {
        "domain": "social.example",
        "configuration": {
            "statuses": {"max_characters": 5000, "characters_reserved_per_url": 25},
            "urls": {"streaming": "wss://stream.social.example"},
        },
    }
    account = Account(
        external_id="1", handle="a@b", base_url="https://b", facts=instance_facts(document)
    )
    known = capabilities(account, frozenset())
    (limit,) = known.actions[Action.REPLY].text
    assert (limit.maximum, limit.rule.url_length) == (4968, 25)
    (default,) = capabilities(_BRAND, frozenset()).actions[Action.REPLY].text
    assert (default.maximum, default.rule.url_length) == (468, 23)
    verdict = capabilities(_BRAND, frozenset()).check_text(Action.REPLY, "x" * 469)
    assert verdict == Refused(
        code=Reason.TOO_LONG, text="469 graphemes are too many; 468 are allowed."
    )
