"""Workers that die at any point: a reply stands on the network once, and never not at all."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.inbox.commands.send import conclude, prepare
from services.inbox.models import Action, Interaction
from services.inbox.repository import deliveries
from shared.clock import ManualClock
from shared.db.transaction import LeaseLostError, Tx
from shared.db.work import Worker
from shared.networks.errors import AmbiguousError, RateLimitedError, RemoteTransientError
from shared.networks.types import ActionResult
from tests.integration.inbox.working.conftest import open_desk
from tests.integration.inbox.working.steps import UNDO, replied, send
from tests.support.dying import dying
from tests.support.fake_network import (
    After,
    Before,
    FakeConnector,
    FakeOutside,
    Hang,
    Late,
    Manner,
)
from tests.support.inbox_desk import InboxDesk
from tests.support.postgres import Urls

KIND = "inbox.send_action"
LEASE = timedelta(seconds=90)


def worker_of(desk: InboxDesk) -> Worker:
    return next(worker for worker in desk.hand.service.workers if worker.name == KIND)


async def work(desk: InboxDesk, network: FakeConnector) -> None:
    """Let the worker go on; when its call hangs, it dies there, and nothing after that runs."""
    network.hanging.clear()
    draining = asyncio.create_task(desk.hand.drain(KIND))
    hanging = asyncio.create_task(network.hanging.wait())
    await asyncio.wait({draining, hanging}, return_when=asyncio.FIRST_COMPLETED)
    if not draining.done():
        draining.cancel()
    hanging.cancel()
    await asyncio.gather(draining, hanging, return_exceptions=True)


async def settled(desk: InboxDesk, network: FakeConnector, clock: ManualClock, id_: UUID) -> str:
    """The state in which an action ends when workers come and go for long enough."""
    for _ in range(300):
        clock.advance(timedelta(seconds=10))
        await work(desk, network)
        state: str = (await desk.row(Action, id_)).state
        if state in ("sent", "failed"):
            return state
    return state


async def test_a_worker_that_dies_before_it_begins_is_replaced(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    clock.advance(timedelta(seconds=5))
    assert len(await worker_of(desk).claim()) == 1

    assert await settled(desk, network, clock, action_id) == "sent"
    assert network.effects == {action_id: 1}


@pytest.mark.parametrize("with_effect", [False, True])
async def test_a_worker_that_dies_while_it_calls_is_replaced_by_one_that_reads_back(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock, with_effect: bool
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    network.script = [Hang(with_effect)]
    clock.advance(timedelta(seconds=5))
    await work(desk, network)
    assert (await desk.row(Action, action_id)).state == "sending"

    clock.advance(LEASE)
    await work(desk, network)
    # It looks before anything else, and sends again only what is certainly not there.
    assert len(network.commands) == (1 if with_effect else 2)
    assert (await desk.row(Action, action_id)).state == "sent"
    assert network.effects == {action_id: 1}
    own = await desk.rows(Interaction, conversation_id=conversation_id, direction="outbound")
    assert len(own) == 1


async def test_a_worker_that_wakes_up_after_its_lease_changes_nothing(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    clock.advance(timedelta(seconds=5))
    (slow,) = await worker_of(desk).claim()
    await send(desk, clock, LEASE)
    assert (await desk.row(Action, action_id)).state == "sent"
    before = await desk.events()

    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await prepare(tx, slow, desk.hand.service.app.state.outbox)
    late = ActionResult(external_id="another", at=clock.now())
    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await conclude(tx, slow, late)

    assert await desk.events() == before
    own = await desk.rows(Interaction, conversation_id=conversation_id, direction="outbound")
    assert [item.external_id for item in own] == [f"sent-{action_id}"]
    assert network.effects == {action_id: 1}


async def test_a_worker_that_wakes_up_does_not_disturb_the_one_that_is_sending(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    action_id = await replied(desk, await desk.conversation())
    clock.advance(timedelta(seconds=5))
    (slow,) = await worker_of(desk).claim()
    clock.advance(LEASE)
    network.script = [Hang(with_effect=False)]
    await work(desk, network)
    assert (await desk.row(Action, action_id)).state == "sending"

    with pytest.raises(LeaseLostError):
        async with desk.database.begin(desk.workspace_id) as tx:
            await prepare(tx, slow, desk.hand.service.app.state.outbox)
    assert (await desk.row(Action, action_id)).state == "sending"


async def test_a_process_that_was_halted_before_its_call_sends_nothing_late(
    database_urls: Urls, network: FakeConnector, outside: FakeOutside, clock: ManualClock
) -> None:
    async with open_desk(database_urls, clock, outside, patience_seconds=0.3) as desk:
        action_id = await replied(desk, await desk.conversation())
        commits = itertools.count(1)

        def halt(_tx: Tx) -> None:
            """As SIGSTOP does, after the ledger says "sending", the second commit of a turn."""
            if next(commits) == 2:
                time.sleep(0.4)

        desk.database.on_commit(halt)
        await send(desk, clock)
        assert network.commands == []
        assert (await desk.row(Action, action_id)).state == "pending"
        assert await settled(desk, network, clock, action_id) == "sent"
        assert network.effects == {action_id: 1}


async def test_an_echo_that_is_being_handled_is_waited_for(
    desk: InboxDesk, network: FakeConnector, clock: ManualClock
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    clock.advance(timedelta(seconds=5))

    async with desk.database.begin(desk.workspace_id) as handling:
        await deliveries.lock(handling, desk.profile_id)
        sending = asyncio.create_task(desk.hand.drain(KIND))
        await blocked(desk)
        echo = await desk.write(
            conversation_id,
            "It left today.",
            external_id=f"sent-{action_id}",
            direction="outbound",
            origin="native",
        )
    await sending

    (own,) = await desk.rows(Interaction, conversation_id=conversation_id, direction="outbound")
    assert (own.id, own.origin, own.action_id) == (echo, "parley", action_id)
    assert network.effects == {action_id: 1}


async def blocked(desk: InboxDesk) -> None:
    """Somebody waits for an advisory lock."""
    waiting = text(
        "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
        " WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()"
    )
    async with asyncio.timeout(10):
        while True:
            async with desk.database.read() as read:
                row = await read.first(waiting)
                if row is not None and row[0]:
                    return


MANNERS: Sequence[Manner] = (
    Before(RemoteTransientError()),
    Before(RateLimitedError(wait=120)),
    Before(AmbiguousError()),
    After(AmbiguousError()),
    Before(ZeroDivisionError()),
    After(ZeroDivisionError()),
    Late(timedelta(seconds=20)),
    Hang(with_effect=False),
    Hang(with_effect=True),
)


@settings(
    max_examples=25,
    deadline=None,
    # The desk stays the same; each example has a conversation of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    script=st.lists(st.sampled_from(MANNERS), max_size=6),
    deaths=st.lists(st.integers(1, 8), max_size=4),
)
async def test_whatever_happens_a_reply_is_sent_once(
    desk: InboxDesk,
    network: FakeConnector,
    clock: ManualClock,
    script: list[Manner],
    deaths: list[int],
) -> None:
    conversation_id = await desk.conversation()
    action_id = await replied(desk, conversation_id)
    network.script = list(script)

    clock.advance(UNDO)
    for last in deaths:
        with dying(desk.database, last):
            await work(desk, network)
        clock.advance(timedelta(seconds=15))
    assert await settled(desk, network, clock, action_id) == "sent"

    assert network.effects[action_id] == 1
    own = await desk.rows(Interaction, conversation_id=conversation_id, direction="outbound")
    assert [(item.origin, item.action_id) for item in own] == [("parley", action_id)]
