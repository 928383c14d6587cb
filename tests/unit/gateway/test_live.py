"""The ring, the hub and the presence board, without a network."""

import asyncio
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest

from deploy.catalogue.events import load_contracts
from gateway.errors import TooManyStreamsError
from gateway.live.audience import SHOWN, TOPICS, UNSHOWN, Audience, audience_of
from gateway.live.hub import Hub, Subscriber, frame
from gateway.live.presence import PresenceBoard
from gateway.live.ring import Ring
from shared.events.gateway import PresenceChanged
from shared.events.inbox import ConversationAssigned
from shared.events.team_directory import (
    NotificationAdded,
    NotificationsRead,
    ProfileSaved,
    ProfileState,
)
from shared.identity import ActorKind, Identity
from shared.ids import new_id
from shared.permissions import Level, Module, Sight

WORKSPACE, PROFILE = new_id(), new_id()
INBOX = Audience(WORKSPACE, Module.INBOX)


def person(**changes: object) -> Identity:
    identity = Identity(
        actor_id=new_id(),
        kind=ActorKind.PERSON,
        workspace_id=WORKSPACE,
        levels={Module.INBOX: Level.VIEW},
    )
    return replace(identity, **changes)  # type: ignore[arg-type]  # Each test knows its field.


def new_hub(*, ring: int = 10, queue: int = 3, streams: int = 5, a_person: int = 2) -> Hub:
    return Hub(ring=ring, queue=queue, streams=streams, streams_a_person=a_person)


async def begin(hub: Hub, identity: Identity, last_id: str | None = None) -> Subscriber:
    subscriber = hub.subscribe(identity, until=1e9)
    hub.greet(subscriber, last_id)
    return subscriber


def last_id_in(data: bytes) -> str:
    return [line[4:] for line in data.decode().split("\n") if line.startswith("id: ")][-1]


def test_every_event_has_a_rule_about_who_sees_it() -> None:
    for event in load_contracts():
        if not event.__module__.startswith("shared.events."):
            continue  # Made up by another test.
        decided = issubclass(event, (*UNSHOWN, *SHOWN))
        assert decided, f"Say in gateway/live/audience.py who sees {event.type}."
        assert event.topic in TOPICS


def test_what_no_rule_knows_is_shown_to_nobody() -> None:
    event = PresenceChanged(
        workspace_id=WORKSPACE,
        conversation_id=new_id(),
        profile_id=PROFILE,
        person_id=new_id(),
        state="typing",
    )
    assert audience_of(event) is None


def test_what_is_told_once_more_for_new_readers_is_no_news() -> None:
    event = ProfileSaved(
        workspace_id=WORKSPACE,
        profile_id=PROFILE,
        network="sandbox",
        external_id="acc_1",
        handle="ada",
        display_name="Ada",
        state=ProfileState.CONNECTED,
    )
    assert audience_of(event) is not None
    assert audience_of(event.model_copy(update={"restated": True})) is None


def test_a_notification_is_for_one_person_who_still_sees_what_it_is_about() -> None:
    ada = person(sight=Sight.ASSIGNED)
    event = NotificationAdded(
        workspace_id=WORKSPACE,
        person_id=ada.actor_id,
        notification_id=new_id(),
        kind="mentioned",
        subject_type="conversation",
        subject_id=new_id(),
        module=Module.INBOX,
        profile_id=PROFILE,
        assignee_id=ada.actor_id,
    )
    audience = audience_of(event)
    assert audience is not None
    assert audience.admits(ada)
    for stranger in (
        person(),
        replace(ada, workspace_id=new_id()),
        replace(ada, levels={Module.TICKETS: Level.ADMINISTER}),
        replace(ada, profile_ids=frozenset({new_id()})),
    ):
        assert not audience.admits(stranger)
    taken = audience_of(event.model_copy(update={"assignee_id": new_id()}))
    assert taken is not None
    assert not taken.admits(ada)
    read = audience_of(
        NotificationsRead(workspace_id=WORKSPACE, person_id=ada.actor_id, notification_ids=())
    )
    assert read is not None
    assert read.admits(ada)
    assert not read.admits(person())


def test_a_ring_remembers_so_much_and_says_when_that_is_too_little() -> None:
    ring = Ring(2)
    for word in (b"1", b"2", b"3"):
        ring.append(word, INBOX)
    remembered = {
        since: None if (found := ring.since(since)) is None else [data for _, data, _ in found]
        for since in range(5)
    }
    assert remembered == {0: None, 1: [b"2", b"3"], 2: [b"3"], 3: [], 4: None}
    ring.clear()
    assert ring.since(2) is None
    assert ring.since(3) is not None


async def test_a_slow_reader_starts_anew_and_costs_no_more_memory() -> None:
    hub = new_hub(queue=3)
    hub.snapshot = lambda _identity: b"snapshot\n\n"
    slow, quick = await begin(hub, person()), await begin(hub, person())
    await quick.take()
    for number in range(6):
        hub.publish(frame("e", b"%d" % number), INBOX)
        if number == 2:
            assert (await quick.take()).count(b"event: e") == 3
    waiting = await slow.take()
    assert waiting.count(b"event: reset") == 1
    assert b"snapshot" in waiting
    assert waiting.count(b"event: e\n") <= 3
    assert last_id_in(waiting).endswith("-6")
    assert (await quick.take()).count(b"event: e") == 3


async def test_after_lost_events_nobody_goes_on_from_before() -> None:
    hub = new_hub()
    before = last_id_in(await (await begin(hub, person())).take())
    assert b"reset" not in await (await begin(hub, person(), before)).take()
    hub.lost_events()
    assert b'{"reason":"unknown"}' in await (await begin(hub, person(), before)).take()


async def test_an_outage_makes_everybody_sign_in_again() -> None:
    hub = new_hub()
    subscriber = await begin(hub, person())
    await subscriber.take()
    hub.lost_events()
    hub.publish(frame("e", b"1"), INBOX)
    last = await subscriber.take()
    assert b'{"reason":"outage"}' in last
    assert b"event: e" not in last
    assert await subscriber.take() == b""


async def test_who_never_reads_is_given_up() -> None:
    hub = new_hub()
    reading, stuck = await begin(hub, person()), await begin(hub, person())
    given_up: list[str] = []
    gone = asyncio.Event()

    def give_up() -> None:
        given_up.append("stuck")
        gone.set()

    reading.abort = partial(given_up.append, "reading")
    stuck.abort = give_up

    async def read() -> None:
        while await reading.take():
            pass

    tasks = [asyncio.create_task(read()), asyncio.create_task(hub.beat(0.01))]
    async with asyncio.timeout(5):
        await gone.wait()
    for task in tasks:
        task.cancel()
    assert set(given_up) == {"stuck"}


async def test_who_lost_access_is_shown_nothing_more() -> None:
    hub = new_hub()
    actor = person()
    subscriber = await begin(hub, actor)
    await subscriber.take()
    hub.publish(frame("e", b"1"), INBOX)
    hub.dismiss(actor.actor_id)
    hub.publish(frame("e", b"2"), INBOX)
    assert b"event: e" not in await subscriber.take()
    assert await subscriber.take() == b""


async def test_places_are_limited_and_given_back() -> None:
    hub = new_hub(streams=3, a_person=2)
    ada, bo = person(), person()
    first = hub.subscribe(ada, 0)
    hub.subscribe(ada, 0)
    with pytest.raises(TooManyStreamsError):
        hub.subscribe(ada, 0)
    hub.subscribe(bo, 0)
    with pytest.raises(TooManyStreamsError):
        hub.subscribe(bo, 0)
    hub.leave(first)
    hub.subscribe(bo, 0)
    assert len(hub) == 3


def presence(state: str, person_id: UUID, conversation_id: UUID) -> PresenceChanged:
    return PresenceChanged(
        workspace_id=WORKSPACE,
        conversation_id=conversation_id,
        profile_id=PROFILE,
        person_id=person_id,
        state=state,
    )


async def test_presence_follows_the_conversation_to_its_new_holder() -> None:
    now = 0.0
    hub = new_hub()
    board = PresenceBoard(hub, 30, now=lambda: now)
    holder = person(sight=Sight.ASSIGNED)
    conversation_id, typist = new_id(), new_id()
    board.hear(presence("typing", typist, conversation_id))
    assert b"typing" not in board.snapshot(holder)
    board.follow(
        ConversationAssigned(
            workspace_id=WORKSPACE,
            conversation_id=conversation_id,
            profile_id=PROFILE,
            assignee_id=holder.actor_id,
            conversation_version=2,
            by=None,
        )
    )
    assert b"typing" in board.snapshot(holder)
    assert b"typing" not in board.snapshot(replace(holder, workspace_id=new_id()))

    subscriber = await begin(hub, holder)
    await subscriber.take()
    now = 29.0
    board.sweep()
    again = presence("typing", typist, conversation_id)  # Nothing new to show.
    board.hear(again.model_copy(update={"assignee_id": holder.actor_id}))
    now = 58.0
    board.sweep()
    assert b"typing" in board.snapshot(holder)
    now = 60.0
    board.sweep()
    assert b'"state":"left"' in await subscriber.take()
    assert board.snapshot(holder) == frame("gateway.presence", b"[]")
    board.hear(presence("left", typist, conversation_id))
    assert board.snapshot(holder) == frame("gateway.presence", b"[]")
