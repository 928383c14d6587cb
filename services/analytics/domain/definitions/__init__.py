"""Every number in words, in both languages of the product."""

from collections.abc import Mapping, Sequence

from services.analytics.domain.definitions import chinese, english
from services.analytics.domain.definitions.wording import Common, Language, Unit, Wording
from services.analytics.domain.metrics import RECIPES, Metric, Shape

__all__ = ["COMMON", "WORDINGS", "Common", "Language", "Unit", "Wording", "source_of", "unit_of"]

WORDINGS: Mapping[Language, Mapping[Metric, Wording]] = {
    Language.ENGLISH: english.WORDINGS,
    Language.CHINESE: chinese.WORDINGS,
}
COMMON: Mapping[Language, Common] = {
    Language.ENGLISH: english.COMMON,
    Language.CHINESE: chinese.COMMON,
}
_UNITS = {
    Shape.COUNT: Unit.COUNT,
    Shape.BALANCE: Unit.COUNT,
    Shape.SHARE: Unit.SHARE,
    Shape.DURATION: Unit.SECONDS,
}
_CARE = (
    "inbox.interaction_received",
    "inbox.interaction_changed",
    "inbox.conversation_state_changed",
    "inbox.action_changed",
)
_PLANS = ("scheduler.publication_changed",)
_PROMISES = ("ticketing.sla_met", "ticketing.sla_missed")
_PLANNED = frozenset(
    {
        Metric.PLANNED_PUBLICATIONS,
        Metric.PUBLISHED,
        Metric.FAILED_PUBLICATIONS,
        Metric.UNKNOWN_PUBLICATIONS,
        Metric.PUNCTUALITY,
        Metric.PUBLICATION_DELAY,
    }
)


def unit_of(metric: Metric) -> Unit:
    return _UNITS[RECIPES[metric].shape]


def source_of(metric: Metric) -> Sequence[str]:
    """The events from which a number is counted."""
    if metric in _PLANNED:
        return _PLANS
    return _PROMISES if metric.value.startswith("sla_") else _CARE
