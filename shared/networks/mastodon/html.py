"""Mastodon's HTML as plain text: paragraphs, whole links, and nothing that only decorates."""

from collections.abc import Sequence
from html.parser import HTMLParser

import regex
from typing_extensions import override

_BLOCKS = frozenset({"p", "blockquote", "pre", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset({"script", "style", "template"})
_VOID = frozenset({"br", "img", "hr", "wbr", "input"})


class _Text(HTMLParser):
    """Collects text. Spans of the class `invisible` hold parts of links, so they are kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self._hidden or tag in _SKIPPED or _falls_away(attrs):
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag in self._hidden:
                del self._hidden[len(self._hidden) - 1 - self._hidden[::-1].index(tag) :]
        elif tag in _BLOCKS:
            self.parts.append("\n\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)


def _falls_away(attrs: Sequence[tuple[str, str | None]]) -> bool:
    # The line that repeats a quoted post's address for servers that do not know quotes.
    return any(name == "class" and "quote-inline" in (value or "").split() for name, value in attrs)


def to_text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = regex.sub(r"[ \t]+\n", "\n", "".join(parser.parts))
    return str(regex.sub(r"\n{3,}", "\n\n", text)).strip()
