"""What is counted: a measurement for each time that something happened."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.analytics.domain.hours import Hours

NOBODY = UUID(int=0)
"""Stands for no person and no team, because keys hold no nulls."""


class Measure(StrEnum):
    """What happened; `domain/metrics.py` makes the numbers of it that people see."""

    RECEIVED = "received"
    CONVERSATION = "conversation"
    ANSWERED = "answered"
    REPLY = "reply"
    AUTOMATED_REPLY = "automated_reply"
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    OPENED = "opened"
    HANDLED = "handled"
    REOPENED = "reopened"
    RESOLUTION = "resolution"
    PLANNED = "planned"
    PUBLISHED = "published"
    ON_TIME = "on_time"
    FAILED = "failed"
    UNKNOWN = "unknown"
    PUBLICATION_DELAY = "publication_delay"
    FIRST_RESPONSE_MET = "sla_first_response_met"
    FIRST_RESPONSE_MISSED = "sla_first_response_missed"
    NEXT_RESPONSE_MET = "sla_next_response_met"
    NEXT_RESPONSE_MISSED = "sla_next_response_missed"
    RESOLUTION_MET = "sla_resolution_met"
    RESOLUTION_MISSED = "sla_resolution_missed"


class Who(NamedTuple):
    """By what a measurement is asked for; `kind` is the kind of interaction, `post` or `ticket`."""

    profile_id: UUID
    kind: str
    person_id: UUID
    team_id: UUID


class Measurement(NamedTuple):
    """One occurrence; `item_id` tells those of one subject and measure apart.

    A duration has whole seconds by the wall clock and of business time. `off` says that a moment
    lies outside business hours, or that no part of a duration lies inside them.
    """

    measure: str
    item_id: UUID
    at: datetime
    day: date
    hour: int
    profile_id: UUID
    kind: str
    person_id: UUID
    team_id: UUID
    off: bool
    wall: int | None
    business: int | None


def moment(measure: Measure, item_id: UUID, at: datetime, who: Who, hours: Hours) -> Measurement:
    """Something that happened at a moment."""
    off = not hours.is_open(who.profile_id, at)
    day, hour = hours.local(at)
    return Measurement(measure.value, item_id, at, day, hour, *who[:4], off, None, None)


def duration(
    measure: Measure, item_id: UUID, start: datetime, end: datetime, who: Who, hours: Hours
) -> Measurement:
    """Something that took time, and counts when it ended; no less than 0 where clocks disagree."""
    wall = max(0, int((end - start).total_seconds()))
    business = min(wall, hours.business(who.profile_id, start, end, by=end))
    off = business == 0 and not hours.is_open(who.profile_id, end)
    day, hour = hours.local(end)
    return Measurement(measure.value, item_id, end, day, hour, *who[:4], off, wall, business)
