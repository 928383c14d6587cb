"""What networks count in words, in both languages of the product."""

from collections.abc import Mapping
from typing import NamedTuple

from services.analytics.domain.definitions import network_chinese, network_english
from services.analytics.domain.definitions.wording import Language, Unit, Wording
from services.analytics.domain.engagement import ADDITIVE, RATES, PostMetric, ProfileMetric


class NetworkWordings(NamedTuple):
    profile: Mapping[ProfileMetric, Wording]
    post: Mapping[PostMetric, Wording]


NETWORK_WORDINGS: Mapping[Language, NetworkWordings] = {
    Language.ENGLISH: NetworkWordings(
        network_english.PROFILE_WORDINGS, network_english.POST_WORDINGS
    ),
    Language.CHINESE: NetworkWordings(
        network_chinese.PROFILE_WORDINGS, network_chinese.POST_WORDINGS
    ),
}


def unit_of(metric: PostMetric | ProfileMetric) -> Unit:
    return Unit.SHARE if metric in RATES else Unit.COUNT


def is_additive(metric: PostMetric | ProfileMetric) -> bool:
    """Whether values may be added up over posts, days and profiles."""
    return metric in ADDITIVE or metric is PostMetric.ENGAGEMENTS
