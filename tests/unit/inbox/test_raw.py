"""Whatever a network sends can be stored."""

import json
from typing import Any

import pytest

from services.inbox.domain.raw import encode, fit_id


@pytest.mark.parametrize(
    ("case", "body", "stored"),
    [
        ("plain", {"text": "hej 你好", "n": 1}, {"text": "hej 你好", "n": 1}),
        ("NUL", {"a\0": ["x\0y"]}, {"a\ufffd": ["x\ufffdy"]}),
        ("an escaped backslash is no NUL", {"t": "\\u0000"}, {"t": "\\u0000"}),
        ("half a character", {"t": "\ud83d!"}, {"t": "?!"}),
        (
            "not a number",
            {"n": [float("nan"), 1.5], "big": 2**70},
            {"n": [None, 1.5], "big": 2**70},
        ),
    ],
)
def test_encode(case: str, body: Any, stored: Any) -> None:
    assert json.loads(encode(body)) == stored, case


def test_a_long_id_keeps_its_beginning_and_stays_unique() -> None:
    one, other = "x" * 3000, "x" * 2999 + "y"
    assert len(fit_id(one)) == 500
    assert fit_id(one)[:100] == one[:100]
    assert fit_id(one) != fit_id(other)
    assert fit_id("short") == "short"
