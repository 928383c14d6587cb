"""What each measure of a network means."""

from services.analytics.domain.definitions.networks import NETWORK_WORDINGS, is_additive, unit_of
from services.analytics.domain.definitions.wording import Language, Wording
from services.analytics.domain.engagement import PostMetric, ProfileMetric
from services.analytics.schemas.network_measures import (
    MeasuredThing,
    NetworkMeasuresView,
    NetworkMeasureView,
)


def network_measures(language: Language) -> NetworkMeasuresView:
    words = NETWORK_WORDINGS[language]
    return NetworkMeasuresView(
        language=language,
        measures=[
            *(_view(MeasuredThing.PROFILE, *about) for about in words.profile.items()),
            *(_view(MeasuredThing.POST, *about) for about in words.post.items()),
        ],
    )


def _view(
    thing: MeasuredThing, metric: ProfileMetric | PostMetric, wording: Wording
) -> NetworkMeasureView:
    return NetworkMeasureView(
        of=thing,
        metric=metric.value,
        unit=unit_of(metric),
        additive=is_additive(metric),
        **wording._asdict(),
    )
