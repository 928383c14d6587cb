"""The same seed gives the same world; the rules of the network hold at their edges."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from deploy.sandbox.api.context import Sandbox
from deploy.sandbox.app import build_sandbox, fill
from deploy.sandbox.brands import Writing
from deploy.sandbox.model import AccountKind, Item, ItemKind, Person
from deploy.sandbox.refusals import RefusalError
from deploy.sandbox.settings import SandboxSettings
from deploy.sandbox.snapshot import Snapshot

NOW = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def sandbox() -> Sandbox:
    return _standing_still(seed=1)


def _standing_still(seed: int) -> Sandbox:
    built = build_sandbox(SandboxSettings(seed=seed))
    built.world.clock.freeze()
    built.world.clock.set(NOW)
    return built


def _brand(sandbox: Sandbox, kind: AccountKind) -> tuple[str, Person]:
    account = sandbox.world.add_account(kind, "Brand", "brand")
    return account.id, sandbox.world.add_person("Grace Okafor", "grace")


def _refusal(error: pytest.ExceptionInfo[RefusalError]) -> tuple[int, str]:
    return error.value.status, error.value.code


def _comment(sandbox: Sandbox, account_id: str, person: Person) -> Item:
    post = sandbox.brands.publish(account_id, Writing("A post"))
    return sandbox.people.comment(person.id, post.id, "A comment")


def test_one_seed_gives_one_world_to_the_letter() -> None:
    first, second = _standing_still(seed=7), _standing_still(seed=7)
    for built in (first, second):
        fill(built, 7)
        built.traffic.step(30)
    assert first.world.state.model_dump_json() == second.world.state.model_dump_json()


def test_another_seed_gives_other_words_and_other_ids() -> None:
    first, second = _standing_still(seed=7), _standing_still(seed=8)
    for built, seed in ((first, 7), (second, 8)):
        fill(built, seed)
    assert not first.world.state.items.keys() & second.world.state.items.keys()
    assert [i.text for i in first.world.state.items.values()] != [
        i.text for i in second.world.state.items.values()
    ]


def test_demo_has_weeks_of_history_in_four_languages(sandbox: Sandbox) -> None:
    fill(sandbox, 1)
    items = list(sandbox.world.state.items.values())
    times = [item.created_at for item in items]
    assert times == sorted(times)
    assert times[0] == NOW - timedelta(weeks=8)
    assert NOW - timedelta(hours=3) < times[-1] <= NOW
    assert sandbox.world.clock.now() == NOW
    assert {person.language for person in sandbox.world.state.people.values()} == {
        "en",
        "zh",
        "de",
        "es",
    }
    assert {item.kind for item in items} == set(ItemKind)


def test_ids_keep_rising_over_a_snapshot(
    sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("world") / "state.json"
    account_id, person = _brand(sandbox, AccountKind.FULL)
    comment = _comment(sandbox, account_id, person)
    Snapshot(sandbox.world, path, 1).save()
    again = _standing_still(seed=99)
    assert Snapshot(again.world, path, 1).load()
    assert again.world.state.items == sandbox.world.state.items
    reply = again.brands.reply(account_id, comment.id, Writing("Hello"))
    assert reply.id > comment.id
    assert reply.seq > comment.seq


@pytest.mark.parametrize(("age", "allowed"), [(7 * 86400, True), (7 * 86400 + 1, False)])
def test_private_reply_window(sandbox: Sandbox, age: int, allowed: bool) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    comment = _comment(sandbox, account_id, person)
    sandbox.world.clock.advance(timedelta(seconds=age))
    if allowed:
        sent = sandbox.brands.private_reply(account_id, comment.id, Writing("Write to us"))
        assert (sent.kind, sent.private_reply_to) == (ItemKind.DM, comment.id)
        return
    with pytest.raises(RefusalError) as error:
        sandbox.brands.private_reply(account_id, comment.id, Writing("Write to us"))
    assert _refusal(error) == (403, "window_closed")


def test_private_reply_works_once(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    comment = _comment(sandbox, account_id, person)
    sandbox.brands.private_reply(account_id, comment.id, Writing("One"))
    with pytest.raises(RefusalError) as error:
        sandbox.brands.private_reply(account_id, comment.id, Writing("Two"))
    assert _refusal(error) == (409, "already_replied")


@pytest.mark.parametrize(
    ("kind", "seconds", "allowed"),
    [
        (AccountKind.FULL, 86400, True),
        (AccountKind.FULL, 86401, False),
        (AccountKind.MICROBLOG, 86401, True),
    ],
)
def test_message_window_opens_when_the_person_writes(
    sandbox: Sandbox, kind: AccountKind, seconds: int, allowed: bool
) -> None:
    account_id, person = _brand(sandbox, kind)
    asked = sandbox.people.dm(person.id, account_id, "Hello?")
    thread_id = asked.thread_id or ""
    sandbox.world.clock.advance(timedelta(seconds=seconds))
    if not allowed:
        with pytest.raises(RefusalError) as error:
            sandbox.brands.message(account_id, thread_id, Writing("Here we are"))
        assert _refusal(error) == (403, "window_closed")
        sandbox.people.dm(person.id, account_id, "Still there?")
    assert sandbox.brands.message(account_id, thread_id, Writing("Here we are")).kind is ItemKind.DM


def test_answer_to_a_private_reply_opens_the_window(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    comment = _comment(sandbox, account_id, person)
    private = sandbox.brands.private_reply(account_id, comment.id, Writing("Write to us"))
    with pytest.raises(RefusalError) as error:
        sandbox.brands.message(account_id, private.thread_id or "", Writing("And?"))
    assert _refusal(error) == (403, "window_closed")
    answer = sandbox.people.dm(person.id, account_id, "Here I am")
    assert answer.thread_id == private.thread_id


def test_second_answer_to_a_review_edits_the_first(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.REVIEWS)
    review = sandbox.people.review(person.id, account_id, "Poor", 1)
    first = sandbox.brands.reply(account_id, review.id, Writing("Sorry"))
    second = sandbox.brands.reply(account_id, review.id, Writing("Very sorry"))
    assert (second.id, second.text, second.edited_at) == (first.id, "Very sorry", NOW)
    assert len(sandbox.world.state.items) == 2


@pytest.mark.parametrize(
    ("kind", "once"), [(AccountKind.FULL, True), (AccountKind.MICROBLOG, False)]
)
def test_a_key_is_honoured_here_and_ignored_there(
    sandbox: Sandbox, kind: AccountKind, once: bool
) -> None:
    account_id, person = _brand(sandbox, kind)
    comment = _comment(sandbox, account_id, person)
    ids = {
        sandbox.brands.reply(account_id, comment.id, Writing("Hi", key="k1")).id for _ in range(3)
    }
    assert len(ids) == (1 if once else 3)


@pytest.mark.parametrize("kind", [AccountKind.MICROBLOG, AccountKind.REVIEWS])
def test_what_a_kind_lacks_is_refused_and_changes_nothing(
    sandbox: Sandbox, kind: AccountKind
) -> None:
    account_id, person = _brand(sandbox, kind)
    if kind is AccountKind.REVIEWS:
        item = sandbox.people.review(person.id, account_id, "Fine", 4)
    else:
        item = sandbox.people.mention(person.id, account_id, "Hello @brand")
    before = sandbox.world.state.model_dump_json()
    acts: list[Callable[[], Item]] = [
        lambda: sandbox.brands.hide(account_id, item.id, hidden=True),
        lambda: sandbox.brands.delete(account_id, item.id),
        lambda: sandbox.brands.private_reply(account_id, item.id, Writing("Hi")),
    ]
    for act in acts:
        with pytest.raises(RefusalError) as error:
            act()
        assert _refusal(error) == (403, "not_supported")
    assert sandbox.world.state.model_dump_json() == before


def test_a_blocked_person_can_write_again_only_when_unblocked(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    sandbox.brands.block(account_id, person.id, blocked=True)
    with pytest.raises(RefusalError) as error:
        sandbox.people.dm(person.id, account_id, "Let me in")
    assert _refusal(error) == (403, "blocked")
    assert not sandbox.world.state.threads
    sandbox.brands.block(account_id, person.id, blocked=False)
    assert sandbox.people.dm(person.id, account_id, "Thanks").kind is ItemKind.DM


def test_comments_under_an_ad_carry_the_ad(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    post = sandbox.brands.publish(account_id, Writing("Buy"))
    ad = sandbox.world.add_ad(account_id, "Autumn", post.id)
    comment = sandbox.people.comment(person.id, post.id, "How much?")
    reply = sandbox.brands.reply(account_id, comment.id, Writing("Ten"))
    assert (comment.kind, comment.ad_id, reply.ad_id) == (ItemKind.AD_COMMENT, ad.id, ad.id)
    assert reply.thread_id == comment.thread_id


def test_a_deleted_item_leaves_a_place_without_words(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    comment = _comment(sandbox, account_id, person)
    sandbox.people.delete(comment.id)
    _post, shown = sandbox.views.thread(comment.thread_id or "")["items"]
    assert shown["id"] == comment.id
    assert "text" not in shown
    with pytest.raises(RefusalError) as error:
        sandbox.brands.reply(account_id, comment.id, Writing("Wait"))
    assert _refusal(error) == (410, "gone")


def test_the_feed_pages_without_gap_or_repetition(sandbox: Sandbox) -> None:
    account_id, person = _brand(sandbox, AccountKind.FULL)
    for number in range(7):
        sandbox.people.mention(person.id, account_id, f"{number}")
    seen, cursor, more = [], None, True
    while more:
        page = sandbox.views.events(account_id, cursor, 3)
        seen += [event["data"]["item"]["text"] for event in page.data]
        cursor, more = page.cursor, page.has_more
    assert seen == [str(number) for number in range(7)]
    assert sandbox.views.events(account_id, cursor, 3).cursor == cursor


def test_people_go_on_with_what_the_brand_answered(sandbox: Sandbox) -> None:
    account_id, _stranger = _brand(sandbox, AccountKind.FULL)
    script = sandbox.traffic.script
    grace, wang = script.populate()[0], sandbox.world.add_person("王芳", "wf", "zh")
    comment = _comment(sandbox, account_id, grace)
    asked = sandbox.people.dm(wang.id, account_id, "你好")
    script.cast.follow_up = 1
    sandbox.brands.reply(account_id, comment.id, Writing("Which one?"))
    sandbox.brands.message(account_id, asked.thread_id or "", Writing("您好"))
    followed = sandbox.traffic.step(2)
    assert {(item.author_id, item.thread_id) for item in followed} == {
        (grace.id, comment.thread_id),
        (wang.id, asked.thread_id),
    }


def test_an_unreadable_snapshot_is_put_aside(
    sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("world") / "state.json"
    path.write_text('{"seed": 1, "items"')
    assert not Snapshot(sandbox.world, path, 1).load()
    assert not path.exists()
    assert path.with_suffix(".unreadable").read_text() == '{"seed": 1, "items"'
