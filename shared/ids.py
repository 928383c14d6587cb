"""Identifiers: UUIDv7, so that keys sort by creation and indexes stay dense."""

from collections.abc import Callable
from uuid import UUID

from uuid_utils.compat import uuid7

Ids = Callable[[], UUID]


def new_id() -> UUID:
    return uuid7()
