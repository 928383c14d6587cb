"""The definitions of what networks count."""

from services.analytics.domain.network_definitions import POST_DEFINITIONS, PROFILE_DEFINITIONS
from services.analytics.schemas.network_measures import DefinitionView, MeasuredThing


def list_definitions() -> list[DefinitionView]:
    found = [
        (MeasuredThing.PROFILE, metric.value, about)
        for metric, about in PROFILE_DEFINITIONS.items()
    ] + [(MeasuredThing.POST, metric.value, about) for metric, about in POST_DEFINITIONS.items()]
    return [
        DefinitionView(
            of=thing,
            metric=metric,
            unit=about.unit,
            additive=about.additive,
            name=about.name,
            text=about.text,
        )
        for thing, metric, about in found
    ]
