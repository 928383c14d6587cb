"""Cursors that name a moment and an id, or an id alone."""

from datetime import datetime
from uuid import UUID

from shared.http.pages import CursorError, cursor_id, decode_cursor


def moment_and_id(cursor: str) -> tuple[datetime, UUID]:
    moment, id_ = decode_cursor(cursor, 2)
    try:
        at = datetime.fromisoformat(moment)
    except (TypeError, ValueError) as error:
        raise CursorError from error
    if at.tzinfo is None:
        raise CursorError
    return at, cursor_id(id_)


def number_of(cursor: str) -> int:
    (number,) = decode_cursor(cursor, 1)
    if not isinstance(number, int) or not 0 <= number < 1 << 31:
        raise CursorError
    return number
