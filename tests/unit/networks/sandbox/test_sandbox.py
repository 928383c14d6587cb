"""The pure half of the sandbox connector: what deliveries mean, and who signed them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.networks.connector import WebhookRequest
from shared.networks.sandbox.normalize import event_delivery, normalize
from shared.networks.sandbox.webhook import parse, verify
from shared.networks.types import Account, RawDelivery
from tests.unit.networks.golden import as_json, cases

_BRAND = Account(
    external_id="acc_10001000000000097", handle="alderfinch", base_url="http://sandbox.test"
)
_BODY = b'{"events":[]}'
_SECRET = "a-secret-of-the-test"
# Computed with openssl over "1700000000." and the body.
_MAC = "8cc60545d844ea6509500b9e837068e2d37a9d6633aa43311f17606253322c5c"

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@pytest.mark.parametrize(("name", "case"), cases("sandbox"))
def test_a_delivery_means_what_the_golden_file_says(name: str, case: dict[str, Any]) -> None:
    delivery = RawDelivery(**case["delivery"])
    assert [as_json(change) for change in normalize(delivery, _BRAND)] == case["changes"], name


@pytest.mark.parametrize(
    ("kind", "body"),
    [("item", {}), ("item", {"kind": "comment"}), ("removed", {"id": "1"}), ("unheard-of", {})],
)
def test_nonsense_is_refused_and_not_guessed(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"unreadable|unknown"):
        normalize(RawDelivery(external_id="x", kind=kind, body=body), _BRAND)


@given(st.sampled_from(["item", "removed"]), st.dictionaries(st.text(), _JSON))
def test_whatever_comes_is_read_or_refused(kind: str, body: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        normalize(RawDelivery(external_id="x", kind=kind, body=body), _BRAND)


@given(_JSON)
def test_a_strange_event_is_refused(event: Any) -> None:
    with pytest.raises((KeyError, TypeError, AttributeError)):
        event_delivery(event)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{}", b'{"events":[1]}', b"\xff"])
def test_a_strange_webhook_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- json has words of its own.
        parse(body)


@pytest.mark.parametrize(
    ("signature", "secrets", "genuine"),
    [
        (f"t=1700000000,v1={_MAC}", [_SECRET], True),
        (f"t=1700000000, v1={_MAC}", ["old", _SECRET], True),
        (f"v1={_MAC},t=1700000000", [_SECRET], True),
        (f"t=1700000001,v1={_MAC}", [_SECRET], False),
        (f"t=1700000000,v1={_MAC[:-1]}", [_SECRET], False),
        (f"t=1700000000,v0={_MAC}", [_SECRET], False),
        (_MAC, [_SECRET], False),
        ("", [_SECRET], False),
        (f"t=1700000000,v1={_MAC}", [], False),
    ],
)
def test_signature(signature: str, secrets: list[str], genuine: bool) -> None:
    request = WebhookRequest(headers={"x-sandbox-signature": signature}, body=_BODY)
    assert verify(request, secrets) is genuine
