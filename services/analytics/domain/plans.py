"""What publications and promises add up to, each a pure function of its events."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from services.analytics.domain.hours import Hours
from services.analytics.domain.kept import Kept
from services.analytics.domain.measurement import (
    NOBODY,
    Measure,
    Measurement,
    Who,
    duration,
    moment,
)

PUBLICATION = "scheduler.publication_changed"
MET = "ticketing.sla_met"
MISSED = "ticketing.sla_missed"

ON_TIME = timedelta(minutes=5)
_OUTCOMES = {"failed": Measure.FAILED, "unknown": Measure.UNKNOWN}
_NOT_PLANNED = frozenset({"draft", "cancelled"})


def measure_publication(
    _subject_id: UUID, events: Sequence[Kept], hours: Hours
) -> list[Measurement]:
    """Counted at the time for which it was planned, as it stands by the newest that is known."""
    newest = max(events, key=lambda event: (event.body["post_version"], event.at, event.event_id))
    state, post_id, due_at = newest.body["state"], newest.id("post_id"), newest.moment("due_at")
    if state in _NOT_PLANNED:
        return []
    who = Who(newest.id("profile_id"), "post", _planner(events), NOBODY)
    found = [moment(Measure.PLANNED, post_id, due_at, who, hours)]
    if state in _OUTCOMES:
        found.append(moment(_OUTCOMES[state], post_id, due_at, who, hours))
    if state == "published":
        found.append(moment(Measure.PUBLISHED, post_id, due_at, who, hours))
        published_at = newest.moment("published_at") if "published_at" in newest.body else newest.at
        late = duration(Measure.PUBLICATION_DELAY, post_id, due_at, published_at, who, hours)
        day, hour = hours.local(due_at)
        found.append(late._replace(at=due_at, day=day, hour=hour))
        if published_at - due_at <= ON_TIME:
            found.append(moment(Measure.ON_TIME, post_id, due_at, who, hours))
    return found


def _planner(events: Sequence[Kept]) -> UUID:
    """The person who planned it last."""
    planned = [event for event in events if event.body["state"] == "pending" and "by" in event.body]
    if not planned:
        return NOBODY
    newest = max(planned, key=lambda event: (event.body["post_version"], event.at, event.event_id))
    return newest.id("by")


def measure_promises(_subject_id: UUID, events: Sequence[Kept], hours: Hours) -> list[Measurement]:
    """Each target of a ticket, each time that it was set: kept, or missed.

    A promise that was kept counts as kept, even where it looked missed before that was known.
    """
    runs: dict[tuple[str, int], Kept] = {}
    for event in sorted(events, key=lambda one: (one.type == MISSED, one.at, one.event_id)):
        runs.setdefault((event.body["target"], event.body["run"]), event)
    found = []
    for (target, _), event in runs.items():
        met = event.type == MET
        measure = Measure(f"sla_{target}_{'met' if met else 'missed'}")
        who = Who(event.id("profile_id"), "ticket", event.id("assignee_id"), event.id("team_id"))
        at = event.moment("at" if met else "due_at")
        found.append(moment(measure, event.event_id, at, who, hours))
    return found
