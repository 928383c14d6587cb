"""What measurements add to the totals, by everything that can be asked for."""

from collections.abc import Iterable
from typing import Any

from services.analytics.domain.buckets import bucket_of
from services.analytics.domain.figures import MOMENT, Clock
from services.analytics.domain.measurement import Measurement

Key = tuple[Any, ...]
Changes = dict[Key, list[int]]
"""For each key how many more, and how many seconds more."""

BY_DAY = ("measure", "day", "clock", "bucket")
BY_PROFILE = (*BY_DAY, "profile_id")
BY_DETAIL = (*BY_PROFILE, "hour", "kind", "person_id", "team_id")


def changes_of(gone: Iterable[Measurement], new: Iterable[Measurement]) -> Changes:
    """What changes in the totals by detail; the coarser ones follow from these."""
    changes: Changes = {}
    for some, sign in ((gone, -1), (new, +1)):
        for one in some:
            for clock, bucket, seconds in _entries(one):
                key = (
                    *(one.measure, one.day, clock, bucket, one.profile_id),
                    *(one.hour, one.kind, one.person_id, one.team_id),
                )
                entry = changes.setdefault(key, [0, 0])
                entry[0] += sign
                entry[1] += sign * seconds
    return {key: change for key, change in changes.items() if change != [0, 0]}


def _entries(one: Measurement) -> Iterable[tuple[str, int, int]]:
    clock = Clock.OFF if one.off else Clock.WALL
    if one.wall is None or one.business is None:
        yield clock.value, MOMENT, 0
        return
    yield clock.value, bucket_of(one.wall), one.wall
    if not one.off:
        yield Clock.BUSINESS.value, bucket_of(one.business), one.business
