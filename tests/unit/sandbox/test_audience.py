"""The crowd: it grows with virtual time only, and the same seed makes the same one."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from deploy.sandbox.api.context import Sandbox
from deploy.sandbox.app import build_sandbox
from deploy.sandbox.brands import Writing
from deploy.sandbox.model import Account, AccountKind, Item
from deploy.sandbox.settings import SandboxSettings

_NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
_HOUR = timedelta(hours=1)


def _world(seed: int = 1, kind: AccountKind = AccountKind.FULL) -> tuple[Sandbox, Account, Item]:
    sandbox = build_sandbox(SandboxSettings(seed=seed, demo=False, per_minute=0))
    sandbox.world.clock.freeze()
    sandbox.world.clock.set(_NOW)
    account = sandbox.world.add_account(kind, "Brand", "brand")
    account.followers, account.opened_at = 20_000, _NOW
    return sandbox, account, sandbox.brands.publish(account.id, Writing("Our new lamp"))


def test_a_post_begins_unseen_and_never_loses_what_it_gathered() -> None:
    sandbox, _, post = _world()
    told = [sandbox.audience.of_post(post)]
    assert set(told[0].values()) == {0}
    for _ in range(72):
        sandbox.world.clock.advance(_HOUR)
        told.append(sandbox.audience.of_post(post))
    for earlier, later in pairwise(told):
        assert all(later[name] >= value for name, value in earlier.items())
    last = told[-1]
    assert (
        last["view_count"] > last["reached_people"] > last["like_count"] > last["share_count"] > 0
    )


def test_the_same_seed_counts_the_same_and_another_does_not() -> None:
    def lived(seed: int) -> tuple[dict[str, int], dict[str, int]]:
        sandbox, account, post = _world(seed)
        sandbox.world.clock.advance(30 * _HOUR)
        return sandbox.audience.of_post(post), sandbox.audience.of_account(account)

    assert lived(1) == lived(1)
    assert lived(1) != lived(2)


def test_what_people_do_by_name_is_counted_beside_the_crowd() -> None:
    sandbox, account, post = _world()
    account.followers = 0
    person = sandbox.world.add_person("Grace", "grace")
    comment = sandbox.people.comment(person.id, post.id, "Lovely")
    for _ in range(2):
        sandbox.people.like(person.id, post.id)
        sandbox.people.share(person.id, post.id)
    told = sandbox.audience.of_post(post)
    assert (told["like_count"], told["share_count"], told["comment_count"]) == (1, 1, 1)
    sandbox.people.delete(comment.id)
    assert sandbox.audience.of_post(post)["comment_count"] == 0


def test_followers_come_and_some_leave_again() -> None:
    sandbox, account, _ = _world()
    days = []
    for _ in range(60):
        days.append(sandbox.audience.followers(account))
        sandbox.world.clock.advance(24 * _HOUR)
    assert days[0] == 20_000
    assert days[-1] > days[0]
    assert any(later < earlier for earlier, later in pairwise(days))


def test_an_account_without_a_beginning_stays_as_it_is() -> None:
    sandbox, account, _ = _world()
    account.opened_at = None
    sandbox.world.clock.advance(500 * _HOUR)
    assert sandbox.audience.followers(account) == 20_000


@pytest.mark.parametrize(
    ("kind", "absent"),
    [
        (AccountKind.FULL, {"quote_count"}),
        (AccountKind.MICROBLOG, {"view_count", "reached_people"}),
    ],
)
def test_what_a_kind_does_not_count_is_absent(kind: AccountKind, absent: set[str]) -> None:
    sandbox, _, post = _world(kind=kind)
    every = {"like_count", "share_count", "comment_count", "quote_count", "view_count"}
    assert set(sandbox.audience.of_post(post)) == (every | {"reached_people"}) - absent
