"""Identifiers: UUIDv7, so that keys sort by creation and indexes stay dense."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from asyncpg.pgproto.pgproto import UUID as DriverUUID  # noqa: N811 - the same class, written in C
from uuid_utils.compat import uuid7

Ids = Callable[[], UUID]


def new_id() -> UUID:
    return uuid7()


def parse_id(text: str) -> UUID:
    """The id in a text, as the driver would read it: a tenth of the time of `UUID(text)`."""
    return cast("UUID", DriverUUID(text))
