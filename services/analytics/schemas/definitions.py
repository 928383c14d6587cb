"""Bodies of definitions: what each number means, in words."""

from pydantic import BaseModel

from services.analytics.domain.definitions import Language, Unit
from services.analytics.domain.measurement import Measure
from services.analytics.domain.metrics import Metric, Shape


class DefinitionView(BaseModel):
    """One number in words.

    `measures` is what it is made of, and what its items can be asked by; `source` names the events.
    """

    metric: Metric
    name: str
    shape: Shape
    unit: Unit
    meaning: str
    formula: str
    excluded: str
    source: list[str]
    measures: list[Measure]


class DefinitionsView(BaseModel):
    """`hours` says what the three modes of hours mean, `spread` how exact durations are."""

    language: Language
    hours: str
    spread: str
    comparison: str
    metrics: list[DefinitionView]
