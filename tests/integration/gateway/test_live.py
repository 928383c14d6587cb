"""The live stream from the bus to the browser: who sees what, resuming, resets, endings."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import httpx
import orjson
import pytest

from gateway.live.audience import Audience
from gateway.live.hub import frame
from shared.clock import SystemClock
from shared.events.base import Event
from shared.events.envelope import Envelope
from shared.events.inbox import (
    ConversationAssigned,
    ConversationTagged,
    ProfileHealthChanged,
)
from shared.events.team_directory import AccessChanged, MemberSaved, ProfileSaved, ProfileState
from shared.identity import ActorKind
from shared.ids import new_id
from shared.messaging.bus import Bus, Message
from shared.messaging.connect import open_bus
from shared.permissions import Level, Module, Sight
from tests.integration.gateway.conftest import everyone
from tests.support.gateway import GatewayHand, running_gateway, until
from tests.support.service import platform_settings

Urls = Mapping[str, str]
PROFILE, OTHER_PROFILE, TEAM = new_id(), new_id(), new_id()


@dataclass(slots=True)
class Listener:
    """A browser's end of a stream."""

    events: list[tuple[str, Any]] = field(default_factory=list)
    last_id: str = ""
    beats: int = 0
    ended: bool = False

    def names(self) -> list[str]:
        return [name for name, _ in self.events]

    def of(self, name: str) -> list[Any]:
        return [data for known, data in self.events if known == name]

    async def read(self, answer: httpx.Response) -> None:
        name, data = "", b""
        async for line in answer.aiter_lines():
            word, _, value = line.partition(": ")
            if line == ":":
                self.beats += 1
            elif word == "event":
                name = value
            elif word == "data":
                data = value.encode()
            elif word == "id":
                self.last_id = value
            elif not line and name:
                self.events.append((name, orjson.loads(data)))
                name = ""
        self.ended = True


@asynccontextmanager
async def listening(
    hand: GatewayHand, token: str, path: str = "/api/v1/stream", **headers: str
) -> AsyncIterator[Listener]:
    listener = Listener()
    async with hand.http.stream("GET", path, headers={**hand.cookie(token), **headers}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        reading = asyncio.create_task(listener.read(answer))
        try:
            await until(lambda: "gateway.presence" in listener.names())
            yield listener
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


@pytest.fixture(scope="module")
async def bus(database_urls: Urls) -> AsyncIterator[Bus]:
    bus = open_bus(platform_settings(database_urls))
    await bus.start()
    yield bus
    await bus.stop()


async def publish(bus: Bus, *events: Event) -> None:
    envelopes = [Envelope(new_id(), SystemClock().now(), event) for event in events]
    await bus.publish(
        [Message(it.event.topic, it.event.key, it.headers(), it.body()) for it in envelopes]
    )


def tagged(
    workspace_id: UUID,
    tag: str,
    profile_id: UUID = PROFILE,
    assignee_id: UUID | None = None,
    team_id: UUID | None = None,
) -> ConversationTagged:
    return ConversationTagged(
        workspace_id=workspace_id,
        conversation_id=new_id(),
        profile_id=profile_id,
        assignee_id=assignee_id,
        team_id=team_id,
        conversation_version=1,
        by=None,
        tags=(tag,),
    )


WORKSPACE, OWN = new_id(), new_id()
TAGS = {"open", "other profile", "to own", "to the team", "to another team"}
EVENTS: list[Event] = [
    tagged(WORKSPACE, "open"),
    tagged(WORKSPACE, "other profile", profile_id=OTHER_PROFILE),
    tagged(WORKSPACE, "to own", assignee_id=OWN),
    tagged(WORKSPACE, "to the team", team_id=TEAM),
    tagged(WORKSPACE, "to another team", team_id=new_id()),
    ProfileHealthChanged(workspace_id=WORKSPACE, profile_id=PROFILE, state="ok"),
    ProfileSaved(
        workspace_id=WORKSPACE,
        profile_id=OTHER_PROFILE,
        network="bluesky",
        external_id="1",
        handle="acme",
        display_name="Acme",
        state=ProfileState.CONNECTED,
    ),
    MemberSaved(
        workspace_id=WORKSPACE,
        person_id=new_id(),
        name="Bo",
        email="bo@example.com",
        locale="en",
        time_zone="UTC",
    ),
]
NO_INBOX = {module: Level.ADMINISTER for module in Module if module is not Module.INBOX}
# Who they are, and which of the events they are shown.
PEOPLE: dict[str, tuple[dict[str, Any], set[str]]] = {
    "all": ({}, {*TAGS, "health", "profile", "member"}),
    "one profile": (
        {"profile_ids": frozenset({PROFILE})},
        {*TAGS, "health", "member"} - {"other profile"},
    ),
    "no profile": ({"profile_ids": frozenset()}, {"member"}),
    "team": (
        {"sight": Sight.TEAM, "team_ids": frozenset({TEAM})},
        {"to the team", "health", "profile", "member"},
    ),
    "own": (
        {"sight": Sight.ASSIGNED, "team_ids": frozenset({TEAM}), "actor_id": OWN},
        {"to own", "health", "profile", "member"},
    ),
    "no inbox": ({"levels": NO_INBOX}, {"profile", "member"}),
    "inbox only": ({"levels": {Module.INBOX: Level.VIEW}}, {*TAGS, "health"}),
    "key": (
        {"kind": ActorKind.API_KEY, "profile_ids": frozenset({OTHER_PROFILE})},
        {"other profile", "profile", "member"},
    ),
    "elsewhere": ({"workspace_id": new_id()}, set()),
}


async def test_each_sees_what_the_services_would_show(hand: GatewayHand, bus: Bus) -> None:
    async with AsyncExitStack() as stack:
        listeners = {}
        for name, (changes, _) in PEOPLE.items():
            identity = replace(everyone(), **{"workspace_id": WORKSPACE, **changes})
            token = hand.directory.admit(identity)
            listeners[name] = await stack.enter_async_context(listening(hand, token))
        await publish(bus, *EVENTS)
        for name, (_, expected) in PEOPLE.items():
            await until(partial(_has_shown, listeners[name], expected))
        # What follows came after all of the above, so nobody is still to be shown any of it.
        await publish(bus, EVENTS[-1])
        await until(lambda: len(listeners["all"].of("team_directory.member_saved")) == 2)
        shown = {name: _shown(listener) for name, listener in listeners.items()}
    assert shown == {name: expected for name, (_, expected) in PEOPLE.items()}


def _has_shown(listener: Listener, expected: set[str]) -> bool:
    return expected <= _shown(listener)


def _shown(listener: Listener) -> set[str]:
    shown = {data["event"]["tags"][0] for data in listener.of("inbox.conversation_tagged")}
    for name, word in (
        ("inbox.profile_health_changed", "health"),
        ("team_directory.profile_saved", "profile"),
        ("team_directory.member_saved", "member"),
    ):
        shown |= {word for _ in listener.of(name)}
    return shown


async def test_an_event_carries_its_id_time_and_content(hand: GatewayHand, bus: Bus) -> None:
    identity = everyone()
    event = tagged(identity.workspace_id, "急")
    async with listening(hand, hand.directory.admit(identity)) as listener:
        await publish(bus, event)
        await until(lambda: "inbox.conversation_tagged" in listener.names())
    shown = listener.of("inbox.conversation_tagged")[0]
    assert shown["event"] == event.model_dump(mode="json")
    assert (shown["type"], shown["version"]) == ("inbox.conversation_tagged", 1)
    assert UUID(shown["event_id"]).version == 7
    assert datetime.fromisoformat(shown["occurred_at"]) <= datetime.now(UTC)


async def test_a_stream_goes_on_where_it_broke_off(hand: GatewayHand, bus: Bus) -> None:
    identity = everyone()
    token = hand.directory.admit(identity)
    async with listening(hand, token) as listener:
        await publish(bus, tagged(identity.workspace_id, "1"))
        await until(lambda: _shown(listener) == {"1"})
    await publish(bus, tagged(identity.workspace_id, "2"), tagged(new_id(), "not theirs"))
    async with listening(hand, hand.directory.admit(everyone())) as other:
        await publish(bus, tagged(identity.workspace_id, "3"))
        for how in ({"last-event-id": listener.last_id}, {}):
            path = "/api/v1/stream" if how else f"/api/v1/stream?last_event_id={listener.last_id}"

            async def caught_up(path: str = path, how: dict[str, str] = how) -> bool:
                async with listening(hand, token, path, **how) as again:
                    assert "reset" not in again.names()
                    return _shown(again) == {"2", "3"}

            await until(caught_up)
    assert _shown(other) == set()


async def test_an_unknown_place_means_fetching_anew(hand: GatewayHand) -> None:
    token = hand.directory.admit(everyone())
    for last_id in ("00000000-1", "nonsense", "x-9999999999999"):
        async with listening(hand, token, **{"last-event-id": last_id}) as listener:
            assert listener.of("reset") == [{"reason": "unknown"}]


async def test_who_loses_a_conversation_is_told_that_it_is_gone(
    hand: GatewayHand, bus: Bus
) -> None:
    former = replace(everyone(), sight=Sight.ASSIGNED)
    gone = new_id()
    async with listening(hand, hand.directory.admit(former)) as listener:
        await publish(
            bus,
            ConversationAssigned(
                workspace_id=former.workspace_id,
                conversation_id=gone,
                profile_id=PROFILE,
                assignee_id=new_id(),
                conversation_version=2,
                by=None,
                previous_assignee_id=former.actor_id,
            ),
        )
        await until(lambda: "gateway.conversation_left" in listener.names())
    assert listener.of("gateway.conversation_left") == [{"conversation_id": str(gone)}]
    assert "inbox.conversation_assigned" not in listener.names()


async def test_lost_access_ends_the_streams_at_once(hand: GatewayHand, bus: Bus) -> None:
    identity = everyone()
    token = hand.directory.admit(identity)
    async with (
        listening(hand, token) as listener,
        listening(hand, hand.directory.admit(everyone())) as other,
    ):
        del hand.directory.people[token]
        await publish(
            bus, AccessChanged(workspace_id=identity.workspace_id, actor_id=identity.actor_id)
        )
        await until(lambda: listener.ended)
        assert listener.of("reset") == [{"reason": "access"}]
        assert not other.ended
    answer = await hand.http.get("/api/v1/stream", headers=hand.cookie(token))
    assert answer.status_code == 401


async def test_a_quiet_stream_is_kept_alive_and_its_end_is_noticed(hand: GatewayHand) -> None:
    async with listening(hand, hand.directory.admit(everyone())) as listener:
        assert len(hand.gateway.hub) == 1
        await until(lambda: listener.beats >= 2)
    await until(lambda: len(hand.gateway.hub) == 0)


async def test_streams_are_limited_and_end_in_order(database_urls: Urls) -> None:
    async with running_gateway(database_urls, streams_a_person=1, recheck_seconds=0.1) as hand:
        token = hand.directory.admit(everyone())
        async with listening(hand, token) as listener:
            answer = await hand.http.get("/api/v1/stream", headers=hand.cookie(token))
            assert answer.json()["code"] == "gateway.too_many_streams"
            await until(lambda: listener.ended)  # It has to sign in again.
        assert (await hand.http.post("/api/v1/stream")).status_code == 405


async def test_the_end_of_the_process_ends_the_streams(database_urls: Urls) -> None:
    async with AsyncExitStack() as stack:
        hand = await stack.enter_async_context(running_gateway(database_urls))
        token = hand.directory.admit(everyone())
        async with hand.http.stream("GET", "/api/v1/stream", headers=hand.cookie(token)) as answer:
            ending = asyncio.create_task(hand.stop())
            text = "".join([part async for part in answer.aiter_text()])
            assert text.rsplit("retry: ", 1)[1].strip().isdigit()
            await ending


async def test_who_never_reads_loses_the_place(database_urls: Urls) -> None:
    async with running_gateway(database_urls, heartbeat_seconds=0.05) as hand:
        identity = everyone()
        token = hand.directory.admit(identity)
        audience = Audience(identity.workspace_id, Module.INBOX)
        reader, writer = await asyncio.open_connection("127.0.0.1", hand.port, limit=1024)
        request = (
            f"GET /api/v1/stream HTTP/1.1\r\nhost: x\r\ncookie: parley_session={token}\r\n\r\n"
        )
        writer.write(request.encode())
        assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"

        async def given_up() -> bool:
            hand.gateway.hub.publish(frame("big", b"1" * 300_000), audience)
            return len(hand.gateway.hub) == 0

        await until(given_up)
        writer.close()
