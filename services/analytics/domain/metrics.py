"""The numbers that people see, and the measurements that each is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.analytics.domain.measurement import Measure


class Shape(StrEnum):
    """How a number is made: counted, a share, spread over durations, or carried forward."""

    COUNT = "count"
    SHARE = "share"
    DURATION = "duration"
    BALANCE = "balance"


class Metric(StrEnum):
    RECEIVED = "received"
    CONVERSATIONS = "conversations"
    REPLIES = "replies"
    AUTOMATED_REPLIES = "automated_replies"
    HANDLED = "handled"
    REOPENED = "reopened"
    BACKLOG = "backlog"
    RESPONSE_RATE = "response_rate"
    REOPEN_RATE = "reopen_rate"
    AUTOMATION_SHARE = "automation_share"
    FIRST_RESPONSE_TIME = "first_response_time"
    NEXT_RESPONSE_TIME = "next_response_time"
    RESOLUTION_TIME = "resolution_time"
    SLA_FIRST_RESPONSE = "sla_first_response"
    SLA_NEXT_RESPONSE = "sla_next_response"
    SLA_RESOLUTION = "sla_resolution"
    PLANNED_PUBLICATIONS = "planned_publications"
    PUBLISHED = "published"
    FAILED_PUBLICATIONS = "failed_publications"
    UNKNOWN_PUBLICATIONS = "unknown_publications"
    PUNCTUALITY = "punctuality"
    PUBLICATION_DELAY = "publication_delay"


@dataclass(frozen=True, slots=True)
class Recipe:
    """`parts` are what is counted; a share is of these and the `rest`, a balance these less it."""

    shape: Shape
    parts: tuple[Measure, ...]
    rest: tuple[Measure, ...] = ()
    whole: tuple[Measure, ...] = ()

    @property
    def measures(self) -> frozenset[Measure]:
        return frozenset((*self.parts, *self.rest, *self.whole))


def _count(*parts: Measure) -> Recipe:
    return Recipe(Shape.COUNT, parts)


def _time(part: Measure) -> Recipe:
    return Recipe(Shape.DURATION, (part,))


def _share(part: Measure, *, rest: Measure | None = None, of: tuple[Measure, ...] = ()) -> Recipe:
    return Recipe(Shape.SHARE, (part,), () if rest is None else (rest,), of)


RECIPES: Mapping[Metric, Recipe] = {
    Metric.RECEIVED: _count(Measure.RECEIVED),
    Metric.CONVERSATIONS: _count(Measure.CONVERSATION),
    Metric.REPLIES: _count(Measure.REPLY),
    Metric.AUTOMATED_REPLIES: _count(Measure.AUTOMATED_REPLY),
    Metric.HANDLED: _count(Measure.HANDLED),
    Metric.REOPENED: _count(Measure.REOPENED),
    Metric.BACKLOG: Recipe(Shape.BALANCE, (Measure.OPENED,), (Measure.HANDLED,)),
    Metric.RESPONSE_RATE: _share(Measure.ANSWERED, of=(Measure.CONVERSATION,)),
    Metric.REOPEN_RATE: _share(Measure.REOPENED, of=(Measure.HANDLED,)),
    Metric.AUTOMATION_SHARE: _share(Measure.AUTOMATED_REPLY, rest=Measure.REPLY),
    Metric.FIRST_RESPONSE_TIME: _time(Measure.FIRST_RESPONSE),
    Metric.NEXT_RESPONSE_TIME: _time(Measure.NEXT_RESPONSE),
    Metric.RESOLUTION_TIME: _time(Measure.RESOLUTION),
    Metric.SLA_FIRST_RESPONSE: _share(
        Measure.FIRST_RESPONSE_MET, rest=Measure.FIRST_RESPONSE_MISSED
    ),
    Metric.SLA_NEXT_RESPONSE: _share(Measure.NEXT_RESPONSE_MET, rest=Measure.NEXT_RESPONSE_MISSED),
    Metric.SLA_RESOLUTION: _share(Measure.RESOLUTION_MET, rest=Measure.RESOLUTION_MISSED),
    Metric.PLANNED_PUBLICATIONS: _count(Measure.PLANNED),
    Metric.PUBLISHED: _count(Measure.PUBLISHED),
    Metric.FAILED_PUBLICATIONS: _count(Measure.FAILED),
    Metric.UNKNOWN_PUBLICATIONS: _count(Measure.UNKNOWN),
    Metric.PUNCTUALITY: _share(
        Measure.ON_TIME, of=(Measure.PUBLISHED, Measure.FAILED, Measure.UNKNOWN)
    ),
    Metric.PUBLICATION_DELAY: _time(Measure.PUBLICATION_DELAY),
}


def measures_of(metrics: Iterable[Metric]) -> frozenset[Measure]:
    """Everything that these numbers are made of."""
    return frozenset(measure for metric in metrics for measure in RECIPES[metric].measures)
