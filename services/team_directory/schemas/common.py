"""Forms that many bodies share: texts, addresses, time zones, what a write answers."""

from datetime import datetime
from functools import cache
from typing import Annotated
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, StringConstraints

_FIRST_YEAR, _LAST_YEAR = 1970, 9998

_zones = cache(available_timezones)  # Walks through the folders of the system.


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("This is not a time zone such as Europe/Berlin or Asia/Shanghai.")
    return name


def _storable(moment: datetime) -> datetime:
    """The ends of the calendar overflow once they are moved to UTC."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(f"The year lies outside of {_FIRST_YEAR} to {_LAST_YEAR}.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_storable)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        to_lower=True,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+$",
    ),
]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=40)]
Locale = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
TimeZone = Annotated[str, AfterValidator(_zone)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class Body(BaseModel):
    """A request body; what it does not know is a mistake and not silently dropped."""

    model_config = ConfigDict(extra="forbid")


class Saved(BaseModel):
    """What was written, and the version that the next write must name."""

    id: UUID
    version: int


class Text(BaseModel):
    """A text in the languages of the product."""

    model_config = ConfigDict(from_attributes=True)

    en: str
    zh: str
