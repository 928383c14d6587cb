"""Making what a network sent fit to be stored: Postgres keeps no NUL, no half characters, no NaN.

What cannot be written as it came is replaced by the mark for unreadable characters, so that one
strange message never stops the others that share its transaction.
"""

import hashlib
import json
import math
from typing import Any

import orjson

from shared.networks.types import RawDelivery

UNPARSED = "webhook_body"
"""The kind of a signed webhook whose body nobody could take apart."""

_UNREADABLE = "\ufffd"
_LONGEST_ID = 500


def encode(body: Any) -> str:
    """A delivery's body as JSON that Postgres takes."""
    try:
        encoded = orjson.dumps(body).decode()
    except TypeError:
        return json.dumps(_readable(body), allow_nan=False)
    return encoded if "\\u0000" not in encoded else orjson.dumps(_readable(body)).decode()


def fit_id(external_id: str) -> str:
    """An external id that fits into an index; a longer one keeps its beginning and a digest."""
    clean = _text(external_id)
    if len(clean) <= _LONGEST_ID:
        return clean
    digest = hashlib.sha256(clean.encode()).hexdigest()
    return f"{clean[: _LONGEST_ID - len(digest)]}{digest}"


def _readable(value: Any) -> Any:
    match value:
        case str():
            return _text(value)
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {_text(str(name)): _readable(one) for name, one in value.items()}
        case list() | tuple():
            return [_readable(one) for one in value]
    return value


def _text(value: str) -> str:
    # Encoding replaces lone surrogates, which JSON can spell and UTF-8 cannot.
    return value.replace("\0", _UNREADABLE).encode("utf-8", "replace").decode()


def unparsed(body: bytes) -> RawDelivery:
    """A whole webhook body as one delivery, so that it is seen and can be tried again."""
    digest = hashlib.sha256(body).hexdigest()
    text = body.decode("utf-8", "replace")
    return RawDelivery(external_id=f"body:{digest}", kind=UNPARSED, body={"text": text})
