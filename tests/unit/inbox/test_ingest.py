"""What deliveries mean, decided without a database."""

from datetime import datetime

import pytest

from services.inbox.domain.ingest import (
    against,
    awaited,
    belongs_in_inbox,
    excerpt,
    gather,
    origin,
    turn,
)
from shared.ids import new_id
from shared.networks.types import Change, Item, ItemKind, RawDelivery, Upsert
from tests.support.inbound import US, at, normalize, removed, written


def changes(*deliveries: RawDelivery) -> list[Change]:
    return [change for delivery in deliveries for change in normalize(delivery)]


def item(delivery: RawDelivery) -> Item:
    (change,) = normalize(delivery)
    assert isinstance(change, Upsert)
    return change.item


def test_states_are_ordered_and_kept_once() -> None:
    news = gather(
        changes(
            written("b", minute=2),
            written("a", text="new", version=2),
            removed("a", minute=9),
            written("a", text="old"),
            written("a", text="other words for the same version"),
            removed("a", minute=7),
            removed("unseen"),
        )
    )
    assert list(news) == ["a", "b", "unseen"]
    assert [state.text for state in news["a"].states] == ["old", "new"]
    assert news["a"].removed_at == at(7)
    assert news["unseen"].newest is None


@pytest.mark.parametrize(
    ("case", "versions", "held", "now", "before"),
    [
        ("new to us", [1, 2, 3], None, 3, [1, 2]),
        ("newer", [2, 4], 3, 4, [2]),
        ("older", [1, 2], 3, None, [1, 2]),
        ("the same", [3], 3, None, []),
        ("around ours", [2, 3, 4], 3, 4, [2]),
        ("nothing said", [], 3, None, []),
    ],
)
def test_the_newest_state_wins(
    case: str, versions: list[int], held: int | None, now: int | None, before: list[int]
) -> None:
    stand = against([item(written("a", version=version)) for version in versions], held)
    assert (stand.now.version if stand.now else None) == now, case
    assert [state.version for state in stand.before] == before, case


def test_who_wrote_it() -> None:
    theirs, ours = item(written("a")), item(written("b", US))
    assert origin(theirs, None) == "customer"
    assert origin(ours, None) == "native"
    assert origin(ours, new_id()) == "parley"


def test_what_our_own_writing_waits_for() -> None:
    assert awaited(item(written("b", US, parent="a"))) == "item/a"
    assert awaited(item(written("b", US, kind=ItemKind.DM, thread="t"))) == "thread/t"


def test_posts_stay_out() -> None:
    assert not belongs_in_inbox(item(written("p", US, kind=ItemKind.POST)))
    assert belongs_in_inbox(item(written("c")))


@pytest.mark.parametrize(
    ("case", "text", "media", "expected"),
    [
        ("one line", "  Hello,\n\n there ", [], "Hello, there"),
        ("words before pictures", "Look", ["image"], "Look"),
        ("pictures only", "", ["image", "video", "hologram"], "🖼🎬📎"),
        ("nothing", "", [], ""),
        ("cut", "x" * 300, [], "x" * 199 + "…"),
    ],
)
def test_excerpt(case: str, text: str, media: list[str], expected: str) -> None:
    assert excerpt(text, media) == expected, case


@pytest.mark.parametrize(
    ("state", "handled_at", "settled", "reopens", "until"),
    [
        ("open", None, at(1), False, at(1)),
        ("handled", at(5), at(1), True, at(5)),
        ("snoozed", None, at(1), True, at(1)),
    ],
)
def test_turn(
    state: str,
    handled_at: datetime | None,
    settled: datetime | None,
    reopens: bool,
    until: datetime | None,
) -> None:
    decided = turn(state, handled_at, settled)
    assert (decided.reopens, decided.settled_until) == (reopens, until)
