"""Cursors that name a moment and an id, or an id alone."""

from datetime import datetime
from uuid import UUID

from shared.http.pages import CursorError, cursor_id, cursor_moment, decode_cursor


def moment_and_id(cursor: str) -> tuple[datetime, UUID]:
    moment, id_ = decode_cursor(cursor, 2)
    return cursor_moment(moment), cursor_id(id_)


def number_of(cursor: str) -> int:
    (number,) = decode_cursor(cursor, 1)
    if not isinstance(number, int) or not 0 <= number < 1 << 31:
        raise CursorError
    return number
