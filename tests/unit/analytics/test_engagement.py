"""What is calculated from counts, and what is not because something is unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.analytics.domain.definitions.networks import (
    NETWORK_WORDINGS,
    is_additive,
    unit_of,
)
from services.analytics.domain.definitions.wording import Language, Unit
from services.analytics.domain.engagement import (
    ADDITIVE,
    RATES,
    PostMetric,
    ProfileMetric,
    derived,
    gained,
)
from shared.networks.measures import Metric

_COUNTS = st.dictionaries(st.sampled_from(ADDITIVE), st.integers(0, 10**9))


def test_every_kind_of_engagement_is_added_up_and_set_against_what_is_known() -> None:
    counts = {
        PostMetric.LIKES: 30,
        PostMetric.REPOSTS: 5,
        PostMetric.REPLIES: 4,
        PostMetric.QUOTES: 1,
        PostMetric.VIEWS: 1000,
        PostMetric.REACH: 800,
    }
    assert derived(counts, followers=2000) == {
        PostMetric.ENGAGEMENTS: 40,
        PostMetric.RATE_BY_FOLLOWERS: 0.02,
        PostMetric.RATE_BY_REACH: 0.05,
        PostMetric.RATE_BY_VIEWS: 0.04,
    }


@pytest.mark.parametrize("followers", [None, 0])
def test_what_is_unknown_or_nothing_is_no_base_for_a_rate(followers: int | None) -> None:
    found = derived({PostMetric.LIKES: 3, PostMetric.REACH: 0}, followers)
    assert found == {PostMetric.ENGAGEMENTS: 3}


def test_without_a_kind_of_engagement_there_is_no_number_at_all() -> None:
    assert derived({PostMetric.VIEWS: 10}, followers=5) == {}


@given(_COUNTS, st.integers(0, 10**9))
def test_reach_never_adds_to_what_was_gained(now: dict[PostMetric, int], reach: int) -> None:
    assert gained({}, {**now, PostMetric.REACH: reach}) == {k: v for k, v in now.items() if v}


@given(st.lists(_COUNTS, max_size=5))
def test_gains_add_up_to_the_last_counts(answers: list[dict[PostMetric, int]]) -> None:
    known: dict[PostMetric, int] = {}
    total = dict.fromkeys(ADDITIVE, 0)
    for counts in answers:
        for metric, change in gained(known, counts).items():
            total[metric] += change
        known |= counts
    assert total == {metric: known.get(metric, 0) for metric in ADDITIVE}


@pytest.mark.parametrize("language", Language)
def test_every_measure_is_defined_in_both_languages(language: Language) -> None:
    words = NETWORK_WORDINGS[language]
    assert set(words.post) == set(PostMetric)
    assert set(words.profile) == set(ProfileMetric)
    assert all(all(wording) for wording in (*words.post.values(), *words.profile.values()))


def test_every_count_of_networks_is_shown_somewhere() -> None:
    shown = {one.value for one in PostMetric} | {one.value for one in ProfileMetric}
    assert {metric.value for metric in Metric} <= shown


def test_shares_and_people_are_not_added_up() -> None:
    single = {metric for metric in PostMetric if not is_additive(metric)}
    assert single == RATES | {PostMetric.REACH}
    assert not any(is_additive(metric) for metric in ProfileMetric)
    assert {metric for metric in PostMetric if unit_of(metric) is Unit.SHARE} == RATES
