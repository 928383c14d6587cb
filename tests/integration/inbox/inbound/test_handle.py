"""What stored deliveries become: contacts, conversations, interactions, events."""

from datetime import timedelta
from typing import Any

import pytest

from services.inbox.commands.receive import Source, recognise
from services.inbox.models import Contact, ContactIdentity, Delivery
from shared.clock import ManualClock
from shared.events.inbox import (
    ConversationOpened,
    ConversationStateChanged,
    InteractionChanged,
    InteractionReceived,
    ProfileHealthChanged,
)
from shared.ids import new_id
from shared.networks.types import ItemKind, RawDelivery
from tests.integration.inbox.inbound.conftest import Inbound
from tests.support.inbound import US, at, removed, written

GRACE = "post\u241fgrace"


async def names(inbound: Inbound) -> list[str]:
    return [type(event).__name__ for event in await inbound.events()]


async def test_a_comment_opens_a_conversation_with_its_author(inbound: Inbound) -> None:
    await inbound.take(written("a", text="Where is\n my order?"))
    conversation = (await inbound.conversations())[GRACE]
    interaction = (await inbound.interactions())["a"]
    (contact,) = await inbound.all(Contact)
    (identity,) = await inbound.all(ContactIdentity)
    assert (contact.name, identity.contact_id, identity.handle) == ("Grace", contact.id, "grace")
    assert interaction.conversation_id == conversation.id
    assert (interaction.direction, interaction.origin) == ("inbound", "customer")
    assert (conversation.state, conversation.kind, conversation.version) == ("open", "comment", 1)
    assert conversation.contact_id == contact.id
    assert conversation.excerpt == "Where is my order?"
    assert conversation.waiting_since == conversation.last_inbound_at == at(0)
    opened, received = await inbound.events()
    assert isinstance(opened, ConversationOpened)
    assert isinstance(received, InteractionReceived)
    assert (received.interaction_id, received.excerpt) == (
        interaction.id,
        "Where is\n my order?".replace("\n ", " "),
    )
    ledger = await inbound.ledger()
    assert (ledger.received, ledger.stored, ledger.handled, ledger.failed) == (1, 1, 1, 0)


async def test_each_customer_below_a_post_has_a_conversation_and_a_dm_thread_is_one(
    inbound: Inbound,
) -> None:
    await inbound.take(
        written("a", "grace"),
        written("b", "omar", minute=1),
        written("c", "grace", minute=2, parent="b"),
        written("d", "grace", minute=3, kind=ItemKind.DM, thread="dm"),
        written("e", US, minute=4, kind=ItemKind.DM, thread="dm"),
    )
    found = await inbound.interactions()
    groups: dict[Any, set[str]] = {}
    for external_id, row in found.items():
        groups.setdefault(row.conversation_id, set()).add(external_id)
    assert sorted(map(sorted, groups.values())) == [["a", "c"], ["b"], ["d", "e"]]
    assert len(await inbound.all(Contact)) == 2


async def test_an_edit_keeps_what_was_said_before(inbound: Inbound) -> None:
    await inbound.take(written("a", text="one"))
    await inbound.forget_events()
    await inbound.take(written("a", text="three", version=3))
    await inbound.take(written("a", text="two", version=2))
    interaction = (await inbound.interactions())["a"]
    assert (interaction.text, interaction.item_version) == ("three", 3)
    assert interaction.edited_at == at(3)
    assert [(v, said) for _, v, said in await inbound.versions()] == [(1, "one"), (2, "two")]
    assert (await inbound.conversations())[GRACE].excerpt == "three"
    assert await names(inbound) == ["InteractionChanged"]


async def test_what_was_removed_is_not_brought_back(inbound: Inbound) -> None:
    await inbound.take(written("a"), removed("a", minute=5))
    await inbound.take(written("a", text="late", version=2))
    await inbound.take(removed("b", minute=5))
    await inbound.take(written("b", "omar"))
    found = await inbound.interactions()
    assert {key: row.removed_at for key, row in found.items()} == {"a": at(5), "b": at(5)}
    assert [row.waiting_since for row in (await inbound.conversations()).values()] == [None, None]


async def test_removing_tells_and_nobody_waits_any_longer(inbound: Inbound) -> None:
    await inbound.take(written("a"))
    await inbound.forget_events()
    await inbound.take(removed("a"))
    (changed,) = await inbound.events()
    assert isinstance(changed, InteractionChanged)
    assert changed.change == "removed"
    conversation = (await inbound.conversations())[GRACE]
    assert (conversation.waiting_since, conversation.excerpt) == (None, "")


async def test_our_own_answer_ends_the_waiting(inbound: Inbound) -> None:
    await inbound.take(written("a"), written("r", US, "Yes", minute=2, parent="a"))
    conversation = (await inbound.conversations())[GRACE]
    answer = (await inbound.interactions())["r"]
    assert (answer.direction, answer.origin) == ("outbound", "native")
    assert (conversation.waiting_since, conversation.last_outbound_at) == (None, at(2))
    await inbound.take(written("b", minute=3, parent="r"))
    assert (await inbound.conversations())[GRACE].waiting_since == at(3)


async def test_our_answer_waits_for_what_it_answers(inbound: Inbound) -> None:
    await inbound.take(written("r2", US, minute=3, parent="r1"))
    await inbound.take(written("r1", US, minute=2, parent="a"))
    assert await inbound.interactions() == {}
    ledger = await inbound.ledger()
    assert (ledger.stored, ledger.handled) == (2, 2)
    await inbound.take(written("a"))
    found = await inbound.interactions()
    assert set(found) == {"a", "r1", "r2"}
    assert len({row.conversation_id for row in found.values()}) == 1
    ledger = await inbound.ledger()
    assert (ledger.stored, ledger.handled) == (3, 3)


async def test_a_post_of_ours_is_no_conversation(inbound: Inbound) -> None:
    await inbound.take(written("post", US, kind=ItemKind.POST))
    assert await inbound.conversations() == {}


async def act(inbound: Inbound, conversation_id: Any, external_id: str | None) -> Any:
    id_ = new_id()
    await inbound.execute(
        "INSERT INTO actions (workspace_id, id, profile_id, conversation_id, kind, text, state,"
        " priority, requested_at, deadline, attempts, external_id, version) VALUES"
        " (:workspace, :id, :profile, :conversation, 'reply', 'Yes', 'sent', 0, now(), now(), 1,"
        " :external_id, 1)",
        workspace=inbound.workspace_id,
        id=id_,
        profile=inbound.profile_id,
        conversation=conversation_id,
        external_id=external_id,
    )
    return id_


async def test_the_echo_of_our_action_is_recognised_and_moves_nothing(inbound: Inbound) -> None:
    await inbound.take(written("a"))
    conversation = (await inbound.conversations())[GRACE]
    action_id = await act(inbound, conversation.id, "r")
    await inbound.take(written("r", US, minute=1, parent="unknown"))
    echo = (await inbound.interactions())["r"]
    assert (echo.origin, echo.action_id) == ("parley", action_id)
    assert echo.conversation_id == conversation.id
    assert (await inbound.conversations())[GRACE].version == conversation.version


async def test_an_echo_too_early_to_be_placed_is_placed_when_its_action_is_known(
    inbound: Inbound,
) -> None:
    await inbound.take(written("a"))
    conversation = (await inbound.conversations())[GRACE]
    await inbound.take(written("pr", US, kind=ItemKind.DM, thread="new", minute=1))
    assert set(await inbound.interactions()) == {"a"}
    action_id = await act(inbound, conversation.id, "pr")
    async with inbound.database.begin(inbound.workspace_id) as tx:
        await recognise(tx, inbound.profile_id, "pr")
    await inbound.handle()
    echo = (await inbound.interactions())["pr"]
    assert (echo.origin, echo.action_id) == ("parley", action_id)
    assert echo.conversation_id == conversation.id
    ledger = await inbound.ledger()
    assert (ledger.stored, ledger.handled) == (2, 2)


async def test_the_network_confirms_what_we_wrote_down_ourselves(inbound: Inbound) -> None:
    await inbound.take(written("a"), written("r", US, "Yes", minute=1, parent="a"))
    await inbound.execute(
        "UPDATE interactions SET item_version = 0, origin = 'parley', text = 'Yes!'"
        " WHERE external_id = 'r'"
    )
    await inbound.execute("UPDATE deliveries SET state = 'stored' WHERE external_id = 'r@1'")
    before = (await inbound.conversations())[GRACE]
    await inbound.forget_events()
    await inbound.handle()
    confirmed = (await inbound.interactions())["r"]
    assert (confirmed.text, confirmed.item_version, confirmed.origin) == ("Yes", 1, "parley")
    assert (await inbound.conversations())[GRACE].version == before.version
    assert await inbound.versions() == []
    assert await inbound.events() == []


@pytest.mark.parametrize("state", ["handled", "snoozed"])
async def test_new_writing_reopens(inbound: Inbound, clock: ManualClock, state: str) -> None:
    await inbound.take(written("a"))
    clock.advance(timedelta(minutes=1))
    await inbound.execute(
        "UPDATE conversations SET state = :state, handled_at = :at, snoozed_until = :at",
        state=state,
        at=clock.now() if state == "handled" else None,
    )
    await inbound.forget_events()
    clock.advance(timedelta(minutes=1))
    await inbound.take(written("b", minute=1))
    conversation = (await inbound.conversations())[GRACE]
    assert (conversation.state, conversation.handled_at) == ("open", None)
    # What was marked as handled needs no answer; what was put off still does.
    assert conversation.waiting_since == (at(1) if state == "handled" else at(0))
    changed = (await inbound.events())[0]
    assert isinstance(changed, ConversationStateChanged)
    assert (changed.previous, changed.reason, changed.by) == (state, "reply", None)


async def test_the_far_past_disturbs_nobody(inbound: Inbound) -> None:
    await inbound.take(written("a", minute=5))
    await inbound.execute("UPDATE conversations SET state = 'handled'")
    await inbound.forget_events()
    await inbound.take(written("old"), source=Source.BACK_FILL)
    assert (await inbound.conversations())[GRACE].state == "handled"
    (received,) = await inbound.events()
    assert isinstance(received, InteractionReceived)
    assert received.back_filled


async def test_what_is_written_while_the_past_is_read_is_no_history(
    inbound: Inbound, clock: ManualClock
) -> None:
    """Whoever writes right after connecting wants an answer, whichever way we hear of it."""
    clock.advance(timedelta(minutes=10))
    await inbound.connect()
    await inbound.take(written("old"), written("new", minute=10), source=Source.BACK_FILL)
    await inbound.take(written("older than it looks", minute=9), source=Source.THREAD)
    await inbound.take(written("newest", minute=11))
    told = [one for one in await inbound.events() if isinstance(one, InteractionReceived)]
    assert [one.back_filled for one in told] == [True, False, True, False]


async def test_what_cannot_be_read_is_set_aside_and_the_rest_goes_on(inbound: Inbound) -> None:
    profile = {"id": inbound.profile_id, "workspace": inbound.workspace_id}
    await inbound.execute(
        "INSERT INTO profiles (workspace_id, id, network, external_id, handle, display_name,"
        " state, scopes) VALUES (:workspace, :id, 'plain', 'us', 'us', 'Us', 'connected', '{}')",
        **profile,
    )
    bad = RawDelivery(external_id="bad", kind="item", body={"id": "bad"})
    await inbound.take(written("a"), bad, written("b", minute=1))
    assert set(await inbound.interactions()) == {"a", "b"}
    rows = {row.external_id: row for row in await inbound.all(Delivery)}
    assert rows["bad"].state == "failed"
    assert rows["bad"].error_code == "inbox.delivery_unreadable"
    assert "KeyError" in rows["bad"].error_detail
    ledger = await inbound.ledger()
    assert (ledger.handled, ledger.failed, ledger.health) == (2, 1, "attention")
    told = [e for e in await inbound.events() if isinstance(e, ProfileHealthChanged)]
    assert [(event.state, event.reason) for event in told] == [
        ("attention", "inbox.deliveries_failed")
    ]
