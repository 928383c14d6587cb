"""Which day and hour a moment falls on for a workspace, and how much of a span is business time.

A policy of ticketing says which calendar holds for a profile. A calendar that was changed holds
from then on, so that what was counted by the old one stays; the first holds for all before it.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from shared.business_time import ALWAYS, Calendar, calendar_of, open_spans

_CHUNK = timedelta(hours=6)
_KEPT = 50_000
_ZERO = timedelta(0)
_WORKSPACE = "team_directory.workspace_saved"

Span = tuple[datetime, datetime]


class Named(NamedTuple):
    """A calendar with its id and name; neither where a workspace has none, and is always open."""

    id: UUID | None
    name: str | None
    calendar: Calendar


NO_CALENDAR = Named(None, None, ALWAYS)


@dataclass(frozen=True, slots=True)
class Regime:
    """What holds from a moment on: calendars in the order in which they were made, and policies."""

    since: datetime
    calendars: Mapping[UUID, Named]
    by_profile: Mapping[UUID, UUID]
    default: UUID | None

    def calendar(self, profile_id: UUID) -> Named:
        """The one of the profile's policy, of the policy for all others, or the first there is."""
        chosen = self.by_profile.get(profile_id, self.default)
        if chosen is not None and chosen in self.calendars:
            return self.calendars[chosen]
        return next(iter(self.calendars.values()), NO_CALENDAR)


@dataclass(slots=True)
class Hours:
    """The zone of a workspace and the regimes of its calendars, oldest first."""

    zone: ZoneInfo
    regimes: tuple[Regime, ...] = ()
    _since: tuple[datetime, ...] = ()
    _chunks: dict[tuple[int, UUID | None, datetime], tuple[Span, ...]] = field(default_factory=dict)

    def local(self, at: datetime) -> tuple[date, int]:
        """The day and the hour that the workspace's clocks show."""
        there = at.astimezone(self.zone)
        return there.date(), there.hour

    def regime(self, at: datetime) -> Regime | None:
        """What holds at a moment; None where there was never a calendar."""
        return self._regime(at)[1] if self.regimes else None

    def is_open(self, profile_id: UUID, at: datetime) -> bool:
        if not self.regimes:
            return True
        number, regime = self._regime(at)
        spans = self._spans(number, regime.calendar(profile_id), _chunk_of(at))
        return any(since <= at < until for since, until in spans)

    def business(self, profile_id: UUID, start: datetime, end: datetime, *, by: datetime) -> int:
        """The whole seconds of a span in which the calendar that holds at `by` is open."""
        if not self.regimes:
            return max(0, int((end - start).total_seconds()))
        number, regime = self._regime(by)
        named = regime.calendar(profile_id)
        total = _ZERO
        chunk = _chunk_of(start)
        while chunk < end:
            for since, until in self._spans(number, named, chunk):
                total += max(_ZERO, min(until, end) - max(since, start))
            chunk += _CHUNK
        return int(total.total_seconds())

    def _regime(self, at: datetime) -> tuple[int, Regime]:
        number = max(0, bisect_right(self._since, at) - 1)
        return number, self.regimes[number]

    def _spans(self, number: int, named: Named, chunk: datetime) -> tuple[Span, ...]:
        key = (number, named.id, chunk)
        found = self._chunks.get(key)
        if found is None:
            if len(self._chunks) >= _KEPT:
                self._chunks.clear()
            found = tuple(open_spans(named.calendar, chunk, chunk + _CHUNK))
            self._chunks[key] = found
        return found


def _chunk_of(at: datetime) -> datetime:
    """The beginning of the six hours of UTC that hold a moment."""
    there = at.astimezone(UTC)
    return datetime(there.year, there.month, there.day, there.hour - there.hour % 6, tzinfo=UTC)


@lru_cache(maxsize=256)
def hours_in(document: str) -> Hours:
    """The hours in a document in JSON; the same for the same, with what it has looked up before."""
    return hours_of(json.loads(document))


def hours_of(document: Mapping[str, Any]) -> Hours:
    """The hours in a stored document, as `settings_of` makes it."""
    regimes = tuple(map(_regime_of, document["regimes"]))
    return Hours(ZoneInfo(document["zone"]), regimes, tuple(one.since for one in regimes))


def _regime_of(body: Mapping[str, Any]) -> Regime:
    return Regime(
        since=datetime.fromisoformat(body["since"]),
        calendars={
            UUID(one["calendar_id"]): Named(UUID(one["calendar_id"]), one["name"], calendar_of(one))
            for one in body["calendars"]
        },
        by_profile={
            UUID(profile_id): UUID(policy["calendar_id"])
            for policy in body["policies"]
            for profile_id in policy["profile_ids"]
        },
        default=next(
            (UUID(one["calendar_id"]) for one in body["policies"] if not one["profile_ids"]), None
        ),
    )


class Setting(NamedTuple):
    """Something that the hours depend on, as an event told it."""

    at: datetime
    event_id: UUID
    type: str
    body: Mapping[str, Any]


@dataclass(slots=True)
class _Promises:
    """The calendars and the policies that stand after what was told so far."""

    calendars: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    policies: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def hear(self, one: Setting) -> None:
        match one.type:
            case "ticketing.calendar_saved":
                self.calendars[one.body["calendar_id"]] = _hours_in(one.body)
            case "ticketing.calendar_removed":
                self.calendars.pop(one.body["calendar_id"], None)
            case "ticketing.policy_saved":
                self.policies[one.body["policy_id"]] = _choice_in(one.body)
            case "ticketing.policy_removed":
                self.policies.pop(one.body["policy_id"], None)

    def told(self) -> dict[str, Any]:
        return {
            "calendars": list(self.calendars.values()),
            "policies": list(self.policies.values()),
        }


def settings_of(told: Iterable[Setting]) -> dict[str, Any]:
    """The document that holds the zone and every regime, whatever order the events came in.

    What is told in one moment is one change.
    """
    ordered = sorted(told, key=lambda setting: (setting.at, setting.event_id))
    promises = _Promises()
    before = promises.told()
    regimes: list[dict[str, Any]] = []
    for at, together in groupby(ordered, key=lambda setting: setting.at):
        for one in together:
            promises.hear(one)
        now = promises.told()
        if now != before:
            regimes.append({"since": at.isoformat(), **now})
            before = now
    zones = [one.body["time_zone"] for one in ordered if one.type == _WORKSPACE]
    return {"zone": zones[-1] if zones else "UTC", "regimes": regimes}


def _choice_in(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"calendar_id": body["calendar_id"], "profile_ids": body.get("profile_ids", [])}


def _hours_in(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: body[name] for name in ("calendar_id", "name", "zone", "week")},
        "holidays": body.get("holidays", []),
    }
