"""When a post is measured: often while it is new, seldom later, and at last no more.

The turns of a post lie on a grid that begins when it was published, so that a late one does not
shift those after it, and one that was missed is not made up for.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Stage:
    """Until this age a post is measured this often."""

    until: timedelta
    every: timedelta


STAGES = (
    Stage(timedelta(hours=2), timedelta(minutes=15)),
    Stage(timedelta(hours=24), timedelta(hours=1)),
    Stage(timedelta(days=7), timedelta(hours=6)),
    Stage(timedelta(days=30), timedelta(days=1)),
    Stage(timedelta(days=90), timedelta(days=7)),
)
# What was counted so long after a post appeared still tells of its beginning.
SOON_AFTER = timedelta(days=1)
# So much of its interval a turn may come early, to share a call with other posts of its profile.
_SLACK = 0.25


@dataclass(frozen=True, slots=True)
class Turn:
    """When a post is due; from `early_at` on it may go along with one that is."""

    due_at: datetime
    early_at: datetime


def next_turn(published_at: datetime, after: datetime) -> Turn | None:
    """The first turn of a post later than `after`; None when it is measured no more."""
    age = max(after - published_at, timedelta(0))
    begin = timedelta(0)
    for stage in STAGES:
        if age < stage.until:
            steps = (age - begin) // stage.every + 1
            due_at = published_at + min(begin + steps * stage.every, stage.until)
            return Turn(due_at, due_at - stage.every * _SLACK)
        begin = stage.until
    return None
