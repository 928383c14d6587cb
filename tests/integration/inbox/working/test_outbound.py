"""From a reply to what stands on the network: the ledger through every kind of answer."""

from datetime import timedelta

import pytest

from services.inbox.models import (
    Action,
    Conversation,
    Interaction,
    RateBudget,
)
from shared.clock import ManualClock
from shared.events.inbox import ActionChanged, ActionState, InteractionReceived
from shared.networks.errors import (
    AmbiguousError,
    AuthExpiredError,
    AuthRevokedError,
    DuplicateError,
    PolicyRejectedError,
    RateLimitedError,
    RemoteTransientError,
)
from shared.networks.types import Unsettled
from tests.integration.inbox.working.steps import QUIET, replied, send, states
from tests.support.fake_network import After, Before, FakeConnector, FakeOutside
from tests.support.inbox_desk import InboxDesk


async def test_a_reply_waits_to_be_taken_back_and_then_stands_on_the_network(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    await send(desk, clock, timedelta(seconds=4))
    assert network.commands == []

    await send(desk, clock, timedelta(seconds=1))

    (command,) = network.commands
    assert (command.key, command.text) == (action_id, "It left today.")
    action = await desk.row(Action, action_id)
    assert (action.state, action.settled_at, action.attempts) == ("sent", clock.now(), 1)
    row = await desk.row(Conversation, conversation_id)
    assert (row.waiting_since, row.last_outbound_at, row.version) == (None, clock.now(), 2)
    _, made = sorted(
        await desk.rows(Interaction, conversation_id=conversation_id),
        key=lambda item: item.received_at,
    )
    assert (made.origin, made.direction, made.action_id, made.external_id, made.text) == (
        "parley",
        "outbound",
        action_id,
        f"sent-{action_id}",
        "It left today.",
    )
    assert await states(desk) == [("pending", None), ("sending", None), ("sent", None)]
    received = [event for event in await desk.events() if isinstance(event, InteractionReceived)]
    assert [event.interaction_id for event in received] == [made.id]
    assert [kind for kind, _ in await desk.history(conversation_id)] == ["replied"]


async def test_who_replied_may_mark_as_handled_without_looking_again(
    desk: InboxDesk, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    await replied(desk, conversation_id)
    await send(desk, clock)
    answer = await desk.call(
        "PUT",
        f"/conversations/{conversation_id}/state",
        json={"expected_version": 1, "state": "handled"},
    )
    assert answer.status_code == 200, answer.text


async def test_a_reply_that_was_taken_back_never_leaves(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    answer = await desk.call("POST", f"/actions/{action_id}/cancel")
    assert answer.json()["state"] == "cancelled"
    await send(desk, clock, timedelta(hours=1))
    assert network.commands == []
    assert await states(desk) == [("pending", None), ("cancelled", None)]

    again = await desk.call("POST", f"/actions/{action_id}/cancel")
    assert (again.status_code, again.json()["data"]) == (409, {"state": "cancelled"})


async def test_the_echo_may_come_before_the_answer(desk: InboxDesk, clock: ManualClock) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    echo = await desk.write(
        conversation_id,
        "It left today.",
        external_id=f"sent-{action_id}",
        direction="outbound",
        origin="native",
    )
    await send(desk, clock)
    made = await desk.row(Interaction, echo)
    assert (made.origin, made.action_id) == ("parley", action_id)
    assert len(await desk.rows(Interaction, conversation_id=conversation_id)) == 2
    (sent,) = [
        event
        for event in await desk.events()
        if isinstance(event, ActionChanged) and event.state is ActionState.SENT
    ]
    assert (sent.requested_by, sent.automated, sent.result_id) == (desk.me, False, echo)
    assert not [event for event in await desk.events() if isinstance(event, InteractionReceived)]


@pytest.mark.parametrize(
    ("case", "error", "then"),
    [
        ("not reached", RemoteTransientError(), timedelta(seconds=2)),
        ("throttled", RateLimitedError(wait=90), timedelta(seconds=90)),
    ],
)
async def test_what_was_not_sent_is_sent_later(
    desk: InboxDesk,
    network: FakeConnector,
    clock: ManualClock,
    case: str,
    error: Exception,
    then: timedelta,
) -> None:
    action_id = await replied(desk, await desk.conversation())
    network.script = [Before(error)]
    await send(desk, clock)
    assert (await desk.row(Action, action_id)).state == "pending", case

    await send(desk, clock, then - timedelta(seconds=1))
    assert len(network.commands) == 1
    await send(desk, clock, timedelta(seconds=1))
    assert (await desk.row(Action, action_id)).state == "sent"
    assert network.effects == {action_id: 1}


async def test_a_throttled_profile_sends_nothing_until_the_network_lets_it(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    await replied(desk, await desk.conversation())
    network.script = [Before(RateLimitedError(wait=90))]
    await send(desk, clock)
    (budget,) = await desk.rows(RateBudget)
    assert (budget.remaining, budget.reset_at) == (0, clock.now() + timedelta(seconds=90))

    second = await replied(desk, await desk.conversation())
    await send(desk, clock)
    assert len(network.commands) == 1
    await send(desk, clock, timedelta(seconds=90))
    assert (await desk.row(Action, second)).state == "sent"


async def test_an_expired_token_is_renewed_once(
    desk: InboxDesk, network: FakeConnector, outside: FakeOutside, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    network.script = [Before(AuthExpiredError())]
    await send(desk, clock)
    assert (await desk.row(Action, action_id)).state == "sent"
    assert (network.tokens, outside.reports) == (["token-0", "token-1"], [])


@pytest.mark.parametrize(
    ("error", "code", "reported"),
    [
        (AuthRevokedError(), "network.auth_revoked", True),
        (PolicyRejectedError("No links."), "network.policy_rejected", False),
        (DuplicateError(), "network.duplicate", False),
    ],
)
async def test_what_is_refused_fails_with_its_reason_and_may_be_tried_again(  # noqa: PLR0913, PLR0917 -- the table's columns.
    desk: InboxDesk,
    network: FakeConnector,
    outside: FakeOutside,
    clock: ManualClock,
    error: Exception,
    code: str,
    reported: bool,
) -> None:
    action_id = await replied(desk, await desk.conversation())
    network.script = [Before(error)]
    await send(desk, clock)
    action = await desk.row(Action, action_id)
    assert (action.state, action.error_code) == ("failed", code)
    assert outside.reports == ([(desk.profile_id, code)] if reported else [])
    shown = await desk.call("GET", "/actions", params={"state": ["failed", "unknown"]})
    assert [item["id"] for item in shown.json()["items"]] == [str(action_id)]

    answer = await desk.call("POST", f"/actions/{action_id}/retry")
    assert answer.json()["state"] == "pending"
    await send(desk, clock)
    assert (await desk.row(Action, action_id)).state == "sent"


async def test_a_silence_is_settled_by_reading_back(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    network.script = [After(AmbiguousError())]
    await send(desk, clock)
    assert (await desk.row(Action, action_id)).state == "unknown"

    await send(desk, clock, timedelta(seconds=2))
    assert (await desk.row(Action, action_id)).state == "sent"
    assert network.effects == {action_id: 1}
    assert [state for state, _ in await states(desk)] == ["pending", "sending", "unknown", "sent"]


async def test_absence_is_believed_only_after_a_time_of_quiet(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    network.script = [Before(AmbiguousError())]
    await send(desk, clock)
    await send(desk, clock, timedelta(seconds=2))
    assert (await desk.row(Action, action_id)).state == "unknown"
    assert len(network.commands) == 1

    await send(desk, clock, QUIET)
    await send(desk, clock, timedelta(seconds=2))
    assert (await desk.row(Action, action_id)).state == "sent"
    assert (len(network.commands), network.effects) == (2, {action_id: 1})


async def test_what_nobody_can_tell_is_left_to_a_person_in_the_end(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    network.script = [After(AmbiguousError())]
    network.findings = [Unsettled(), RemoteTransientError(), RateLimitedError(wait=60)]
    for _ in range(3):
        await send(desk, clock, timedelta(minutes=1))
    network.findings = [Unsettled()] * 100
    await send(desk, clock, timedelta(hours=24))
    action = await desk.row(Action, action_id)
    assert (action.state, action.error_code) == ("unknown", "inbox.unsettled")
    assert (len(network.commands), len(await states(desk))) == (1, 4)

    answer = await desk.call("POST", f"/actions/{action_id}/decision", json={"decision": "sent"})
    assert answer.json()["state"] == "sent", answer.text
    await send(desk, clock, timedelta(hours=1))
    assert len(network.commands) == 1


async def test_too_late_is_not_sent_any_more(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    await send(desk, clock, timedelta(hours=25))
    action = await desk.row(Action, action_id)
    assert (action.state, action.error_code) == ("failed", "inbox.too_late")
    assert network.commands == []
