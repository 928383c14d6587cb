"""What is promised: times for each target and priority, in business time or by the wall clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from services.ticketing.domain.ticket import Priority
from shared.business_time import ALWAYS, Calendar, calendar_of
from shared.events.ticketing import SlaTarget


class Measure(StrEnum):
    """In which time a goal is counted."""

    BUSINESS = "business"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class Goal:
    within: timedelta
    measure: Measure = Measure.BUSINESS


@dataclass(frozen=True, slots=True)
class Terms:
    """The promise as it stood when a ticket was opened; what is changed later holds for others."""

    calendar: Calendar = ALWAYS
    goals: Mapping[Priority, Mapping[SlaTarget, Goal]] | None = None

    def goal(self, priority: Priority, target: SlaTarget) -> Goal | None:
        return (self.goals or {}).get(priority, {}).get(target)


def goals_of(body: Mapping[str, Any]) -> Mapping[Priority, Mapping[SlaTarget, Goal]]:
    """The goals in a stored document: `{priority: {target: {seconds, measure}}}`."""
    return {
        Priority(priority): {
            SlaTarget(target): Goal(timedelta(seconds=goal["seconds"]), Measure(goal["measure"]))
            for target, goal in targets.items()
        }
        for priority, targets in body.items()
    }


def terms_of(body: Mapping[str, Any] | None) -> Terms:
    """The terms in a stored document; without one nothing is promised."""
    if body is None:
        return Terms()
    return Terms(calendar_of(body["calendar"]), goals_of(body["goals"]))
