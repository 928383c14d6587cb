"""Pages that can be turned both ways: a cursor names a row and a direction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from shared.http.pages import CursorError, decode_cursor, encode_cursor

T = TypeVar("T")
Key = tuple[datetime, UUID]


class Direction(StrEnum):
    ON = "on"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Place:
    """Between which rows a page starts; `at` None is the beginning."""

    direction: Direction = Direction.ON
    at: datetime | None = None
    id: UUID | None = None

    @classmethod
    def parse(cls, cursor: str | None) -> "Place":
        if cursor is None:
            return cls()
        direction, at, id_ = decode_cursor(cursor, 3)
        try:
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise CursorError
            return cls(Direction(direction), moment, UUID(id_))
        except (TypeError, ValueError, AttributeError) as error:
            raise CursorError from error


def page_of(
    found: list[T], limit: int, place: Place, key_of: Callable[[T], Key]
) -> tuple[list[T], str | None, str | None]:
    """The items in the order of the list, the cursor after them and the one before them.

    `found` was read in the direction of the place and holds one more than fits if there are more.
    """
    more = len(found) > limit
    items = found[:limit]
    if place.direction is Direction.BACK:
        items.reverse()
    if not items:
        return [], None, None
    back = place.direction is Direction.BACK
    has_next = more if not back else True
    following = encode_cursor(Direction.ON, *key_of(items[-1])) if has_next else None
    # There is always a way back: what arrives later stands above the first item.
    previous = encode_cursor(Direction.BACK, *key_of(items[0]))
    return items, following, previous
