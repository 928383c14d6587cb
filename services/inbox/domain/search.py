"""How text is cut for searching, the same way when it is stored and when somebody searches.

Words serve the languages that put spaces between them. Chinese, Japanese, Korean, Thai and their
like are found by pairs of neighbouring characters, because no space says where a word ends.
"""

import unicodedata
from dataclasses import dataclass

import regex

# What is longer than this is not searched to its end; a tsvector has a hard limit, too.
_SEARCHED = 20_000
_LONGEST_WORD = 100

_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}々ー"
_RUN = regex.compile(rf"[{_UNSPACED}]+")
_WORD = regex.compile(rf"(?:(?![{_UNSPACED}])[\p{{L}}\p{{M}}\p{{N}}])+")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person looks for: an interaction matches that has all words and all grams."""

    words: tuple[str, ...]
    grams: tuple[str, ...]


def words(*parts: str) -> list[str]:
    """The words of scripts with spaces, in order; to be indexed as one string of words."""
    return [word[:_LONGEST_WORD] for part in parts for word in _WORD.findall(_even(part))]


def grams(*parts: str) -> list[str]:
    """The characters and pairs of characters of scripts without spaces, each once."""
    found: set[str] = set()
    for part in parts:
        for run in _RUN.findall(_even(part)):
            found.update(run)
            found.update(_pairs(run))
    return sorted(found)


def terms(query: str) -> Terms:
    """What to look for when a person typed this; a single character is looked for as it is."""
    wanted: dict[str, None] = {}
    for run in _RUN.findall(_even(query)):
        wanted.update(dict.fromkeys(_pairs(run) or [run]))
    return Terms(words=tuple(dict.fromkeys(words(query))), grams=tuple(wanted))


def runs(query: str) -> list[str]:
    """The stretches without spaces in what a person typed; a match holds each as a whole."""
    return list(dict.fromkeys(_RUN.findall(_even(query))))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _even(text: str) -> str:
    """One spelling for full-width and compatibility forms and for upper and lower case."""
    return unicodedata.normalize("NFKC", text[:_SEARCHED]).casefold()
