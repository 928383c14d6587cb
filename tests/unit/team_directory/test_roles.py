"""The roles that come with Parley, and the words about them."""

import pytest

from services.team_directory.domain.explanations import LEVELS, MODULES, RIGHTS, SIGHTS
from services.team_directory.domain.role_texts import ROLE_TEXTS
from services.team_directory.domain.templates import ADMINISTRATOR, OWNER, TEMPLATES
from shared.permissions import Level, Module, Right, Sight

THIRTEEN = {
    "social_media_manager",
    "head_of_social",
    "content_creator",
    "community_manager",
    "social_analyst",
    "paid_social_specialist",
    "copywriter",
    "graphic_designer",
    "video_editor",
    "influencer_manager",
    "brand_manager",
    "product_manager",
    "customer_service_representative",
}


def test_the_thirteen_roles_of_a_team_and_two_to_run_the_desk() -> None:
    assert set(TEMPLATES) == THIRTEEN | {OWNER, ADMINISTRATOR}
    assert len(THIRTEEN) == 13


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_each_role_speaks_of_every_module_and_in_both_languages(key: str) -> None:
    assert set(TEMPLATES[key].access.levels) == set(Module)
    text = ROLE_TEXTS[key]
    words = (text.name.en, text.name.zh, text.duties.en, text.duties.zh)
    assert all(words)
    assert not text.name.zh.isascii()
    assert not text.duties.zh.isascii()


def test_only_those_who_run_the_desk_and_the_head_administer_people() -> None:
    administer = {
        key
        for key, template in TEMPLATES.items()
        if template.access.levels[Module.DIRECTORY] is Level.ADMINISTER
    }
    assert administer == {OWNER, ADMINISTRATOR, "head_of_social"}


def test_a_community_manager_moderates_and_a_copywriter_does_not_see_the_inbox() -> None:
    community = TEMPLATES["community_manager"].access
    assert community.rights == frozenset(Right) - {Right.EXPORT}
    assert TEMPLATES["copywriter"].access.levels[Module.INBOX] is Level.NONE
    assert TEMPLATES["copywriter"].access.rights == frozenset()


def test_customer_service_sees_its_teams_and_a_product_manager_what_is_assigned() -> None:
    assert TEMPLATES["customer_service_representative"].access.sight is Sight.TEAM
    assert TEMPLATES["product_manager"].access.sight is Sight.ASSIGNED


def test_every_word_of_the_vocabulary_is_explained() -> None:
    assert set(MODULES) == set(Module)
    assert set(LEVELS) == set(Level)
    assert set(RIGHTS) == set(Right)
    assert set(SIGHTS) == set(Sight)
