import pytest

from shared.networks.text import TextRule, TextUnit, count_text

_FAMILY = "👨‍👩‍👧‍👦"  # One grapheme, seven code points, eleven UTF-16 units, 25 bytes.
_MASTODON = TextRule(unit=TextUnit.GRAPHEMES, url_length=23, mention_without_domain=True)


@pytest.mark.parametrize(
    ("unit", "text", "length"),
    [
        (TextUnit.GRAPHEMES, "", 0),
        (TextUnit.GRAPHEMES, "abc", 3),
        (TextUnit.GRAPHEMES, _FAMILY, 1),
        (TextUnit.GRAPHEMES, "e\u0301", 1),
        (TextUnit.GRAPHEMES, "包裹坏了", 4),
        (TextUnit.GRAPHEMES, "🇳🇱🇩🇪", 2),
        (TextUnit.CODE_POINTS, _FAMILY, 7),
        (TextUnit.UTF16, _FAMILY, 11),
        (TextUnit.UTF16, "包", 1),
        (TextUnit.BYTES, _FAMILY, 25),
        (TextUnit.BYTES, "包", 3),
        (TextUnit.BYTES, "é", 2),
        (TextUnit.WEIGHTED, "abc", 3),
        (TextUnit.WEIGHTED, "包裹", 4),
        (TextUnit.WEIGHTED, _FAMILY, 2),
        (TextUnit.WEIGHTED, "café", 4),
    ],
)
def test_each_unit_counts_in_its_own_way(unit: TextUnit, text: str, length: int) -> None:
    assert count_text(TextRule(unit=unit), text) == length


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("see https://example.com/a/very/long/path?with=a&query=string#and-a-fragment", 4 + 23),
        ("http://a.nl https://b.nl", 23 + 1 + 23),
        ("@grace@example.social hello", 6 + 6),
        ("write to grace@example.com", 26),
        ("no links", 8),
    ],
)
def test_links_and_mentions_count_with_a_fixed_length(text: str, length: int) -> None:
    assert count_text(_MASTODON, text) == length
