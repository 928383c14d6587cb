"""Facets: which bytes of a Bluesky post are a link, a mention or a tag."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import regex

_INVISIBLE = "\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2"
_LINK = regex.compile(r"(?:^|(?<=[\s(]))https?://\S+", regex.IGNORECASE)
_MENTION = regex.compile(r"(?:^|(?<=[\s(]))@([a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+)\b")
_TAG = regex.compile(
    rf"(?:^|(?<=\s))[#\uff03]((?!\ufe0f)[^\s{_INVISIBLE}]*[^\d\s\p{{P}}{_INVISIBLE}]+[^\s{_INVISIBLE}]*)"
)
_MAX_TAG = 64


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, in characters, and what it stands for (a link, a handle, a tag)."""

    start: int
    end: int
    feature: str
    value: str


def spans(text: str) -> list[Span]:
    """Links, mentions and tags, in order and without overlap."""
    found = [_link(match.start(), match.group()) for match in _LINK.finditer(text)]
    found += [
        Span(m.start(), m.end(), "mention", m.group(1).lower()) for m in _MENTION.finditer(text)
    ]
    for match in _TAG.finditer(text):
        tag = regex.sub(r"\p{P}+$", "", match.group(1))
        if tag and len(tag) <= _MAX_TAG:
            found.append(Span(match.start(), match.start() + 1 + len(tag), "tag", tag))
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _link(start: int, url: str) -> Span:
    # A sentence's punctuation follows a link more often than it belongs to it.
    url = regex.sub(r"[.,;:!?'\"]+$", "", url)
    if url.endswith(")") and "(" not in url:
        url = url[:-1]
    return Span(start, start + len(url), "link", url)


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of a post; mentions of handles that are not in `dids` stay plain text."""
    return [
        {
            "index": {
                "byteStart": len(text[: span.start].encode()),
                "byteEnd": len(text[: span.end].encode()),
            },
            "features": [feature],
        }
        for span in spans(text)
        if (feature := _feature(span, dids)) is not None
    ]


def _feature(span: Span, dids: Mapping[str, str]) -> dict[str, str] | None:
    kind = f"app.bsky.richtext.facet#{span.feature}"
    match span.feature:
        case "link":
            return {"$type": kind, "uri": span.value}
        case "tag":
            return {"$type": kind, "tag": span.value}
        case _:
            did = dids.get(span.value)
            return {"$type": kind, "did": did} if did else None
