"""The rules of time for publishing, and the networks that posts go to."""

from dataclasses import dataclass
from datetime import timedelta

from shared.profiles.access import Networks


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How late a post may still appear, and how long it is looked for when nobody answered.

    `quiet` is how long a request may still be under way before "it is not there" is believed;
    `patience` is how long one call to a network may take; a profile is looked at `ahead` of the
    time, and again every `recheck`.
    """

    networks: Networks
    late: timedelta = timedelta(hours=2)
    settle: timedelta = timedelta(hours=24)
    quiet: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(seconds=120)
    ahead: timedelta = timedelta(hours=6)
    recheck: timedelta = timedelta(hours=1)
