"""Cutting text for searching, in languages with and without spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inbox.domain.search import grams, terms, words


@pytest.mark.parametrize(
    ("case", "text", "expected"),
    [
        ("plain words", "Where is my order?", ["where", "is", "my", "order"]),
        ("full width and case", "\uff2f\uff32\uff24\uff25\uff32 N\u00ba", ["order", "no"]),
        (
            "addresses fall apart",
            "see foo_bar.example/x-1",
            ["see", "foo", "bar", "example", "x", "1"],
        ),
        ("marks stay with their letters", "हिन्दी में", ["हिन्दी", "में"]),
        ("unspaced scripts are no words", "iPhone手机 ok", ["iphone", "ok"]),
    ],
)
def test_words(case: str, text: str, expected: list[str]) -> None:
    assert words(text) == expected, case


def test_grams_are_characters_and_their_pairs() -> None:
    assert grams("退款 now") == sorted(["退", "款", "退款"])
    assert grams("no such script") == []


def test_a_query_asks_for_pairs_and_for_a_lone_character_as_it_is() -> None:
    assert terms("退款单 Order order") == terms("退款单 order")
    assert terms("退款单 order").grams == ("退款", "款单")
    assert terms("茶").grams == ("茶",)


@given(st.text(max_size=60), st.data())
def test_whatever_part_of_a_text_is_looked_for_its_grams_are_indexed(
    text: str, data: st.DataObject
) -> None:
    characters = [c for c in text if grams(c)]
    run = "".join(characters)
    start = data.draw(st.integers(0, len(run)))
    stop = data.draw(st.integers(start, len(run)))
    assert set(terms(run[start:stop]).grams) <= set(grams(run))
