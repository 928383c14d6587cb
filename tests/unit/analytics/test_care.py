"""What a conversation adds up to, where the definition has to decide."""

from collections.abc import Sequence
from datetime import UTC, datetime

import orjson
import pytest

from services.analytics.domain.care import measure_conversation
from services.analytics.domain.definitions import COMMON, WORDINGS
from services.analytics.domain.hours import hours_of, settings_of
from services.analytics.domain.kept import Kept
from services.analytics.domain.measurement import Measure, Measurement
from services.analytics.domain.metrics import RECIPES, Metric
from shared.ids import new_id
from tests.support.analytics_desk import Story

_DAY = 24 * 60


@pytest.fixture
def story() -> Story:
    return Story(begin=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))


def measured(story: Story) -> Sequence[Measurement]:
    events = [
        Kept(one.occurred_at, one.id, one.event.type, orjson.loads(one.body()))
        for one in story.envelopes
    ]
    return measure_conversation(new_id(), events, hours_of(settings_of([])))


def times(story: Story, measure: Measure) -> list[float | None]:
    found = [one for one in measured(story) if one.measure == measure]
    return [None if one.wall is None else one.wall / 60 for one in found]


def test_the_last_closing_counts_and_a_reopened_case_goes_on(story: Story) -> None:
    here = new_id()
    story.customer(here, 0)
    story.handled(here, 10)
    story.customer(here, 5 * _DAY)
    story.reopened(here, 5 * _DAY)
    story.handled(here, 6 * _DAY)
    assert times(story, Measure.RESOLUTION) == [6 * _DAY]
    assert len(times(story, Measure.REOPENED)) == 1
    story.reopened(here, 7 * _DAY)
    assert times(story, Measure.RESOLUTION) == []


def test_who_writes_again_after_a_week_begins_a_new_case(story: Story) -> None:
    here = new_id()
    story.customer(here, 0)
    story.reply(here, 5)
    story.handled(here, 10)
    story.customer(here, 8 * _DAY)
    story.reopened(here, 8 * _DAY)
    story.reply(here, 8 * _DAY + 20)
    story.handled(here, 8 * _DAY + 30)
    assert times(story, Measure.FIRST_RESPONSE) == [5, 20]
    assert times(story, Measure.RESOLUTION) == [10, 30]
    assert len(times(story, Measure.CONVERSATION)) == len(times(story, Measure.ANSWERED)) == 2
    assert times(story, Measure.REOPENED) == []
    assert len(times(story, Measure.OPENED)) == len(times(story, Measure.HANDLED)) == 2


def test_what_was_deleted_before_the_answer_awaited_none(story: Story) -> None:
    here = new_id()
    gone = story.customer(here, 0)
    story.customer(here, 10)
    story.removed(here, 5, gone)
    story.reply(here, 30)
    assert times(story, Measure.FIRST_RESPONSE) == [20]
    assert len(times(story, Measure.RECEIVED)) == 2


def test_what_is_marked_as_handled_awaits_no_answer(story: Story) -> None:
    here = new_id()
    story.customer(here, 0)
    story.handled(here, 10)
    story.reply(here, 30)
    assert times(story, Measure.FIRST_RESPONSE) == []
    assert len(times(story, Measure.REPLY)) == 1


def test_what_arrives_after_the_closing_still_awaits_an_answer(story: Story) -> None:
    here = new_id()
    story.customer(here, 0)
    story.handled(here, 10)
    story.customer(here, 12, written_at=story.at(9))
    story.reopened(here, 12)
    story.reply(here, 30)
    assert times(story, Measure.FIRST_RESPONSE) == [21]


def test_history_from_before_a_profile_was_connected_moves_nothing(story: Story) -> None:
    here = new_id()
    story.customer(here, 0, back_filled=True)
    story.seen(here, 1, back_filled=True)
    assert measured(story) == []


def test_an_answer_on_the_network_itself_is_a_persons(story: Story) -> None:
    here = new_id()
    story.customer(here, 0)
    story.seen(here, 7)
    assert times(story, Measure.FIRST_RESPONSE) == [7]


def test_every_number_has_a_recipe_and_words_in_each_language() -> None:
    assert set(RECIPES) == set(Metric)
    used = {measure for recipe in RECIPES.values() for measure in recipe.measures}
    assert used == set(Measure)
    for language, wordings in WORDINGS.items():
        assert list(wordings) == list(Metric), language
        assert all(all(wording) for wording in wordings.values())
        assert all(COMMON[language])
