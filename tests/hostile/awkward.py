"""Requests that are right but for one value, which some layer below may stumble over."""

import gzip
import json
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

from typing_extensions import override

from tests.isolation.document import WORDS, Json, Operation

Place = tuple[str | int, ...]
# NUL, halves of a pair, what is no character, what turns the line round or makes it endless.
_WORDS: Sequence[str] = (
    "\x00",
    "a\ud800b",
    "\udc00\ud800",
    "\uffff\ufdd0\U0010ffff",
    "\u202e\u2066\ufeff",
    "e" + "\u0301" * 3_000,
    "\U0001f468\u200d" * 700,
    "%s %n {0} {{7*7}} ${7*7} ' \" ; -- \\",
    "\r\nset-cookie: a=b\r\n\r\n",
    "<script>alert(1)</script>",
    "\u00a0\u3000\u200b",
    "",
    "x" * 300_000,
    "-1",
    "\uff11\uff12",
    "null",
)
# All three as JSON texts, because not every one of them is something that Python would write.
# No parser may make an infinity or a bill of memory of them.
NUMBERS: Sequence[str] = (
    "-1",
    "0",
    "2147483648",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "1e400",
    "1e-400",
    "1.5",
    "NaN",
    "-Infinity",
    "9" * 400,
    "9" * 5_000,
    "[]",
)
_TIMES: Sequence[str] = (
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59.999999-23:59",
    "2030-02-30T00:00:00Z",
    "2030-01-01T24:00:00Z",
    "2030-06-30T23:59:60Z",
    "2030-01-01",
    "99999999999999999999",
    "-62135596801",
    "0000-00-00T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "2030-03-31T02:30:00",
)
STRINGS = [json.dumps(word) for word in _WORDS]
TIMES = [json.dumps(word) for word in _TIMES]
_DEEP = 100_000
BODIES: Sequence[bytes] = (
    b"[" * _DEEP,
    b'{"a":' * _DEEP + b"1" + b"}" * _DEEP,
    b"[" * 1_000 + b"]" * 1_000,
    b"null",
    b"",
    b'"\\ud800"',
    b"{\xff}",
    b"\xef\xbb\xbf{}",
    '{"name": "x"}'.encode("utf-16"),
    b'{"name": NaN}',
    b'{"version": ' + b"9" * 1_000_000 + b"}",
    gzip.compress(b"0" * 10_000_000),
    b'{"' + b"a" * 1_000_000 + b'": 1}',
    b"{" + b",".join(b'"k%d": %d' % (n, n) for n in range(50_000)) + b"}",
    b'[{"id": 1}' + b',{"id": 1}' * 100_000 + b"]",
)


class FullOperation(Operation):
    """An operation whose requests say everything that they may say."""

    @override
    def _objects(self, schema: Json) -> list[Any]:
        fields = schema.get("properties", {})
        return [{name: self._templates(about, name)[0] for name, about in fields.items()}]

    @override
    def _arrays(self, schema: Json, name: str) -> list[Any]:
        if isinstance(WORDS.get(name), list) or "items" not in schema:
            return super()._arrays(schema, name)
        return [[it] for it in self._templates(schema["items"], name)]

    @override
    def _parameters(self) -> tuple[Json, Json, list[Json]]:
        path, query, _ = super()._parameters()
        for it in self._about.get("parameters", []):
            if it.get("in") == "query":
                query[it["name"]] = self._templates(it["schema"], it["name"])[0]
        return path, query, []


def places(node: Any, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Every plain value in a query or a body, and where it stands."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from places(value, (*at, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from places(value, (*at, index))
    elif isinstance(node, str | bool | int | float):
        yield at, node


_MARK = "a place for something odd"


def marked(node: Any, place: Place) -> Any:
    """The same with a mark in one place."""
    if not place:
        return _MARK
    step, *rest = place
    if isinstance(node, dict):
        return {**node, step: marked(node[step], tuple(rest))}
    return [marked(it, tuple(rest)) if n == step else it for n, it in enumerate(node)]


def body_with(body: Any, place: Place, oddity: str) -> bytes:
    """The body with a JSON text in one place, which no library would write there."""
    return json.dumps(marked(body, place)).replace(json.dumps(_MARK), oddity).encode()


def query_with(query: Json, place: Place, oddity: str) -> str:
    """The query with an odd word in one place; what is no text at all is escaped all the same."""
    # A header of the length that is refused anyway need not be longer.
    word = str(json.loads(oddity))[:20_000]
    words = [(at[0], word if it == _MARK else it) for at, it in places(marked(query, place))]
    return "&".join(
        f"{name}={quote(str(it).encode('utf-8', 'surrogatepass'))}" for name, it in words
    )
