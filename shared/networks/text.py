"""How long a text is in the eyes of a network: each counts something else."""

from enum import StrEnum

import regex
from pydantic import BaseModel, ConfigDict

_GRAPHEME = regex.compile(r"\X")
_URL = regex.compile(r"https?://[^\s<>\"]+", regex.IGNORECASE)
_REMOTE_MENTION = regex.compile(r"(?<![\w/])(@[\w.-]+)@[\w.-]+\w")
# Ranges whose characters weigh one in X's counting; all others weigh two.
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))


class TextUnit(StrEnum):
    GRAPHEMES = "graphemes"  # What a reader takes for one character.
    CODE_POINTS = "code_points"
    UTF16 = "utf16"
    BYTES = "bytes"  # UTF-8
    WEIGHTED = "weighted"  # X: a Chinese character or an emoji counts two.


class TextRule(BaseModel):
    """A unit, and the parts of a text that a network counts with a fixed length instead."""

    model_config = ConfigDict(frozen=True)

    unit: TextUnit
    url_length: int | None = None
    mention_without_domain: bool = False


class TextLimit(BaseModel):
    model_config = ConfigDict(frozen=True)

    rule: TextRule
    maximum: int


def count_text(rule: TextRule, text: str) -> int:
    fixed = 0
    if rule.url_length is not None:
        text, urls = _URL.subn("", text)
        fixed = urls * rule.url_length
    if rule.mention_without_domain:
        text = _REMOTE_MENTION.sub(r"\1", text)
    return fixed + _count(rule.unit, text)


def _count(unit: TextUnit, text: str) -> int:
    match unit:
        case TextUnit.GRAPHEMES:
            return len(_GRAPHEME.findall(text))
        case TextUnit.CODE_POINTS:
            return len(text)
        case TextUnit.UTF16:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        case TextUnit.BYTES:
            return len(text.encode("utf-8", "surrogatepass"))
        case TextUnit.WEIGHTED:
            return sum(_weight(cluster) for cluster in _GRAPHEME.findall(text))


def _weight(cluster: str) -> int:
    if regex.fullmatch(r"\p{Extended_Pictographic}.*", cluster, regex.DOTALL):
        return 2
    return sum(1 if any(low <= ord(c) <= high for low, high in _LIGHT) else 2 for c in cluster)
