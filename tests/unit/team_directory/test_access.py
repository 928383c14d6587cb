"""The algebra of access."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.team_directory.domain.access import (
    Access,
    combined,
    read_levels,
    read_rights,
    write_levels,
)
from shared.permissions import Level, Module, Right, Sight

ONE, TWO = UUID(int=1), UUID(int=2)

ANSWERS = Access(
    {Module.INBOX: Level.EDIT, Module.TICKETS: Level.VIEW},
    frozenset({Right.REPLY_PUBLIC}),
    Sight.TEAM,
)
MEASURES = Access(
    {Module.INBOX: Level.VIEW, Module.ANALYTICS: Level.ADMINISTER},
    frozenset({Right.EXPORT}),
    Sight.ASSIGNED,
)


def test_several_roles_allow_the_most_of_each() -> None:
    assert combined([ANSWERS, MEASURES]) == Access(
        {
            Module.INBOX: Level.EDIT,
            Module.TICKETS: Level.VIEW,
            Module.ANALYTICS: Level.ADMINISTER,
        },
        frozenset({Right.REPLY_PUBLIC, Right.EXPORT}),
        Sight.TEAM,
    )


def _accesses() -> st.SearchStrategy[Access]:
    return st.builds(
        Access,
        levels=st.dictionaries(st.sampled_from(Module), st.sampled_from(Level)),
        rights=st.frozensets(st.sampled_from(Right)),
        sight=st.sampled_from(Sight),
        profile_ids=st.none() | st.frozensets(st.sampled_from([ONE, TWO, UUID(int=3)])),
    )


@given(_accesses(), _accesses())
def test_whatever_is_combined_covers_its_parts(one: Access, other: Access) -> None:
    both = combined([one, other])
    assert both.covers_beyond_profiles(one)
    assert both.covers_beyond_profiles(other)


@given(_accesses(), _accesses())
def test_whatever_is_limited_is_covered_by_both(one: Access, other: Access) -> None:
    limited = one.limited_to(other)
    assert one.covers(limited)
    assert other.covers(limited)


@given(_accesses(), _accesses(), _accesses())
def test_who_covers_somebody_covers_all_whom_they_cover(
    one: Access, two: Access, three: Access
) -> None:
    least = three.limited_to(two).limited_to(one)
    middle = two.limited_to(one)
    assert one.covers(middle)
    assert middle.covers(least)
    assert one.covers(least)


def test_no_role_allows_nothing() -> None:
    assert combined([]) == Access({}, frozenset(), Sight.ASSIGNED)


def test_a_combination_covers_its_parts_and_no_part_covers_it() -> None:
    both = combined([ANSWERS, MEASURES])
    assert both.covers(ANSWERS)
    assert both.covers(MEASURES)
    assert not ANSWERS.covers(both)
    assert not MEASURES.covers(both)


@pytest.mark.parametrize(
    ("wanted", "allowed"),
    [
        (Access({Module.INBOX: Level.EDIT}, sight=Sight.TEAM), True),
        (Access({Module.INBOX: Level.APPROVE}), False),
        (Access({Module.ADS: Level.VIEW}), False),
        (Access({Module.ADS: Level.NONE}), True),
        (Access(rights=frozenset({Right.DELETE})), False),
        (Access(sight=Sight.ALL), False),
    ],
    ids=["the same", "a higher level", "another module", "nothing", "a right", "wider sight"],
)
def test_nobody_gives_more_than_they_have(wanted: Access, allowed: bool) -> None:
    assert ANSWERS.covers(wanted) is allowed


@pytest.mark.parametrize(
    ("own", "wanted", "allowed"),
    [
        (None, None, True),
        (None, frozenset({ONE}), True),
        (frozenset({ONE}), frozenset({ONE}), True),
        (frozenset({ONE}), frozenset({ONE, TWO}), False),
        (frozenset({ONE}), None, False),
    ],
)
def test_profiles_are_given_within_ones_own(
    own: frozenset[UUID] | None, wanted: frozenset[UUID] | None, allowed: bool
) -> None:
    assert Access(profile_ids=own).covers_profiles(wanted) is allowed


def test_a_limit_leaves_what_both_allow() -> None:
    key = Access(
        {Module.INBOX: Level.ADMINISTER, Module.ADS: Level.VIEW},
        frozenset(Right),
        Sight.ALL,
        frozenset({ONE, TWO}),
    )
    limited = key.limited_to(
        Access(ANSWERS.levels, ANSWERS.rights, ANSWERS.sight, frozenset({TWO}))
    )
    assert limited == Access(
        {Module.INBOX: Level.EDIT, Module.ADS: Level.NONE},
        frozenset({Right.REPLY_PUBLIC}),
        Sight.TEAM,
        frozenset({TWO}),
    )
    assert key.covers(limited)


def test_what_a_later_version_has_stored_is_left_out() -> None:
    assert read_levels({"inbox": 2, "telepathy": 4}) == {Module.INBOX: Level.EDIT}
    assert read_rights(["like", "teleport"]) == {Right.LIKE}


def test_levels_are_stored_without_the_empty_ones() -> None:
    assert write_levels({Module.INBOX: Level.EDIT, Module.ADS: Level.NONE}) == {"inbox": 2}
