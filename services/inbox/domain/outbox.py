"""The rules of time for outbound actions, and the networks that they go to."""

from dataclasses import dataclass
from datetime import timedelta

from shared.profiles.access import Networks


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    """How long actions wait, for what, and when they are given up.

    `undo` is how long a person may take an action back before it leaves; after `deadline` giving
    up is better than being late; `quiet` is how long a request may still be under way before "it
    is not there" is believed; `patience` is how long one call to a network may take.
    """

    networks: Networks
    undo: timedelta = timedelta(seconds=5)
    deadline: timedelta = timedelta(hours=24)
    quiet: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(seconds=45)
