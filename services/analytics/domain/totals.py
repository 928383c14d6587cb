"""What measurements add to the totals, at three grains."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.analytics.domain.buckets import bucket_of
from services.analytics.domain.figures import MOMENT, Clock
from services.analytics.domain.measurement import Measurement

Key = tuple[Any, ...]
Changes = dict[Key, list[int]]

BY_DAY = ("measure", "day", "clock", "bucket")
BY_PROFILE = (*BY_DAY, "profile_id")
BY_DETAIL = (*BY_PROFILE, "hour", "kind", "person_id", "team_id")


@dataclass(slots=True)
class Tally:
    """Changes of totals: for each key how many more, and how many seconds more."""

    by_day: Changes = field(default_factory=dict)
    by_profile: Changes = field(default_factory=dict)
    by_detail: Changes = field(default_factory=dict)

    def add(self, measurements: Iterable[Measurement], sign: int) -> None:
        for one in measurements:
            for clock, bucket, seconds in _entries(one):
                key = (one.measure, one.day, clock, bucket)
                wide = (*key, one.profile_id)
                detail = (*wide, one.hour, one.kind, one.person_id, one.team_id)
                for changes, at in (
                    (self.by_day, key),
                    (self.by_profile, wide),
                    (self.by_detail, detail),
                ):
                    entry = changes.setdefault(at, [0, 0])
                    entry[0] += sign
                    entry[1] += sign * seconds

    def tables(self) -> Mapping[str, tuple[tuple[str, ...], Changes]]:
        """For each table its key and what changes there."""
        return {
            "totals_by_day": (BY_DAY, _real(self.by_day)),
            "totals_by_profile": (BY_PROFILE, _real(self.by_profile)),
            "totals_by_detail": (BY_DETAIL, _real(self.by_detail)),
        }


def _entries(one: Measurement) -> Iterable[tuple[str, int, int]]:
    clock = Clock.OFF if one.off else Clock.WALL
    if one.wall is None or one.business is None:
        yield clock.value, MOMENT, 0
        return
    yield clock.value, bucket_of(one.wall), one.wall
    if not one.off:
        yield Clock.BUSINESS.value, bucket_of(one.business), one.business


def _real(changes: Changes) -> Changes:
    return {key: change for key, change in changes.items() if change != [0, 0]}
