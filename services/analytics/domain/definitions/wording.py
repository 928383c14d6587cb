"""What a definition is made of."""

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh"


class Unit(StrEnum):
    """A share goes from 0 to 1."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"


class Wording(NamedTuple):
    """A number in words: its name, what it means, how it is made and what does not count."""

    name: str
    meaning: str
    formula: str
    excluded: str


class Common(NamedTuple):
    """What holds for all numbers."""

    hours: str
    spread: str
    comparison: str
