"""When two changes of a conversation collide, and what each leaves behind."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.inbox.domain.conversation import (
    Assign,
    Change,
    Facts,
    Handle,
    Prioritise,
    Reopen,
    Retag,
    Snooze,
    decide,
    guards,
    moved,
)
from services.inbox.errors import SnoozeInPastError
from shared.ids import new_id

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ME, BEN, TAG, OTHER = new_id(), new_id(), new_id(), new_id()
OPEN = Facts(
    state="open", assignee_id=None, team_id=None, priority=0, tag_ids=(), snoozed_until=None
)


@pytest.mark.parametrize(
    ("case", "seen", "now", "lines", "fields"),
    [
        ("nothing happened", 3, 3, [], set()),
        ("one change", 3, 4, [(4, ["priority"])], {"priority"}),
        ("a message", 3, 4, [], {"messages"}),
        ("a change and a message", 3, 5, [(4, ["state"])], {"state", "messages"}),
        ("two lines of one version", 3, 4, [(4, ["state"]), (4, ["note"])], {"state", "note"}),
        ("seen more than there is", 5, 4, [], set()),
    ],
)
def test_what_moved(
    case: str, seen: int, now: int, lines: list[tuple[int, list[str]]], fields: set[str]
) -> None:
    assert moved(seen, now, lines) == fields, case


@pytest.mark.parametrize(
    ("change", "stopped_by"),
    [
        (Assign(assignee_id=ME, team_id=None), {"assignee_id", "team_id"}),
        (Handle(), {"state", "messages", "snoozed_until"}),
        (Snooze(until=NOW), {"state", "messages", "snoozed_until"}),
        (Reopen(), {"state", "snoozed_until"}),
        (Prioritise(priority=1), {"priority"}),
        (Retag(add=frozenset({TAG})), set()),
    ],
)
def test_what_stops_a_change(change: Change, stopped_by: Collection[str]) -> None:
    assert guards(change) == stopped_by


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (Assign(assignee_id=BEN, team_id=None), {"assignee_id": BEN, "team_id": None}),
        (Prioritise(priority=2), {"priority": 2}),
        (Retag(add=frozenset({TAG})), {"tag_ids": (TAG,)}),
        (
            Handle(),
            {
                "state": "handled",
                "snoozed_until": None,
                "handled_at": NOW,
                "handled_by": ME,
                "waiting_since": None,
                "settled_until": NOW,
            },
        ),
        (
            Snooze(until=NOW + timedelta(hours=1)),
            {
                "state": "snoozed",
                "snoozed_until": NOW + timedelta(hours=1),
                "handled_at": None,
                "handled_by": None,
            },
        ),
    ],
)
def test_what_a_change_leaves_behind(change: Change, expected: dict[str, Any]) -> None:
    assert decide(change, OPEN, ME, NOW) == expected


@pytest.mark.parametrize(
    "change",
    [
        Assign(assignee_id=None, team_id=None),
        Prioritise(priority=0),
        Reopen(),
        Retag(remove=frozenset({TAG})),
    ],
)
def test_what_is_so_already_changes_nothing(change: Change) -> None:
    assert decide(change, OPEN, ME, NOW) == {}


def test_tags_keep_their_order_and_are_never_there_twice() -> None:
    facts = Facts(
        state="open",
        assignee_id=None,
        team_id=None,
        priority=0,
        tag_ids=(TAG, OTHER),
        snoozed_until=None,
    )
    assert decide(Retag(add=frozenset({TAG})), facts, ME, NOW) == {}
    change = Retag(add=frozenset({BEN}), remove=frozenset({TAG}))
    assert decide(change, facts, ME, NOW) == {"tag_ids": (OTHER, BEN)}


def test_nobody_sleeps_into_the_past() -> None:
    with pytest.raises(SnoozeInPastError):
        decide(Snooze(until=NOW), OPEN, ME, NOW)
