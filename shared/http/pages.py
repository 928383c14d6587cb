"""Keyset pages: a cursor names the last row that was seen, so inserts never shift a page."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel

from shared.errors import InvalidError

T = TypeVar("T")

PageLimit = Annotated[int, Query(ge=1, le=200, description="Items on a page.")]
PageCursor = Annotated[
    str | None, Query(max_length=512, description="`next_cursor` of the page before.")
]
DEFAULT_LIMIT = 50


class CursorError(InvalidError):
    code = "pages.cursor"
    title = "The cursor is not one that this list gave out."


class Page(BaseModel, Generic[T]):
    """Some items and the cursor of the page after them; None at the end."""

    items: list[T]
    next_cursor: str | None = None


def encode_cursor(*key: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(key, default=str)).decode().rstrip("=")


def decode_cursor(cursor: str, length: int) -> list[Any]:
    """The key inside a cursor; raises `CursorError` unless it has `length` parts."""
    try:
        key = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError) as error:
        raise CursorError from error
    if not isinstance(key, list) or len(key) != length:
        raise CursorError
    return key


def cursor_id(part: Any) -> UUID:
    """An id inside a cursor; raises `CursorError` when it is none."""
    try:
        return UUID(part)
    except (ValueError, TypeError, AttributeError) as error:
        raise CursorError from error


def cursor_moment(part: Any) -> datetime:
    """A moment inside a cursor; raises `CursorError` when it is none."""
    try:
        at = datetime.fromisoformat(part)
    except (TypeError, ValueError) as error:
        raise CursorError from error
    if at.tzinfo is None:
        raise CursorError
    return at
