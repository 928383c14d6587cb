"""What may happen to a ticket, and who may do it."""

from dataclasses import replace
from typing import Any

import pytest

from services.ticketing.domain.ticket import (
    MOST_TAGS,
    TRANSITIONS,
    Assign,
    Change,
    Facts,
    Move,
    Prioritise,
    Priority,
    Rename,
    Retag,
    State,
    decide,
    demand,
    guards,
)
from services.ticketing.errors import StateImpossibleError, TooManyTagsError
from shared.identity import PermissionMissingError
from shared.ids import new_id
from shared.permissions import Right
from tests.support.service import member_identity

ADA, BEN, TEAM = new_id(), new_id(), new_id()
FACTS = Facts(
    state=State.OPEN,
    priority=Priority.NORMAL,
    subject="Parcel",
    assignee_id=ADA,
    team_id=None,
    tags=("parcel",),
)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("wanted", State)
def test_states_follow_one_another_as_the_table_says(state: State, wanted: State) -> None:
    facts = replace(FACTS, state=state)
    if wanted == state:
        assert decide(Move(state=wanted), facts) == {}
    elif wanted in TRANSITIONS[state]:
        assert decide(Move(state=wanted), facts) == {"state": wanted}
    else:
        with pytest.raises(StateImpossibleError):
            decide(Move(state=wanted), facts)


def test_nothing_leads_out_of_closed_and_everything_else_leads_there() -> None:
    assert TRANSITIONS[State.CLOSED] == frozenset()
    others = set(State) - {State.CLOSED}
    assert all(State.CLOSED in TRANSITIONS[state] for state in others)


@pytest.mark.parametrize(
    ("change", "values"),
    [
        (Assign(assignee_id=BEN, team_id=TEAM), {"assignee_id": BEN, "team_id": TEAM}),
        (Assign(assignee_id=ADA, team_id=None), {}),
        (Prioritise(priority=Priority.URGENT), {"priority": Priority.URGENT}),
        (Prioritise(priority=Priority.NORMAL), {}),
        (Rename(subject="Refund"), {"subject": "Refund"}),
        (Retag(add=frozenset({"b", "a", "parcel"})), {"tags": ("parcel", "a", "b")}),
        (Retag(remove=frozenset({"parcel", "other"})), {"tags": ()}),
        (Retag(remove=frozenset({"other"})), {}),
    ],
)
def test_a_change_gives_the_fields_that_move(change: Change, values: dict[str, Any]) -> None:
    assert decide(change, FACTS) == values


def test_tags_have_an_end() -> None:
    many = frozenset(str(number) for number in range(MOST_TAGS))
    with pytest.raises(TooManyTagsError):
        decide(Retag(add=many), FACTS)


@pytest.mark.parametrize(
    ("assignee", "rights", "allowed"),
    [
        (None, {Right.ASSIGN}, True),
        (ADA, {Right.ASSIGN}, True),
        (BEN, {Right.ASSIGN}, False),
        (BEN, {Right.ASSIGN, Right.TAKE_OVER}, True),
        (None, set[Right](), False),
    ],
    ids=["nobody's", "one's own", "somebody else's", "taken over", "without the right"],
)
def test_assigning_asks_for_rights(assignee: Any, rights: set[Right], *, allowed: bool) -> None:
    identity = member_identity(new_id(), ADA, rights=frozenset(rights))
    facts = replace(FACTS, assignee_id=assignee)
    change = Assign(assignee_id=ADA, team_id=None)
    if allowed:
        demand(change, facts, identity)
    else:
        with pytest.raises(PermissionMissingError):
            demand(change, facts, identity)


def test_only_who_finishes_must_have_read_everything() -> None:
    read = {state for state in State if "messages" in guards(Move(state=state))}
    assert read == {State.RESOLVED, State.CLOSED}
    assert guards(Retag()) == frozenset()
