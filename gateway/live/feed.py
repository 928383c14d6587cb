"""From the bus to the streams: every event once, in the order in which it arrives."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import orjson
import structlog

from gateway.live.audience import TOPICS, audience_of, former_assignee
from gateway.live.hub import Hub, frame
from gateway.live.presence import PresenceBoard
from shared.errors import UnavailableError
from shared.events.base import Event
from shared.events.envelope import Envelope, UnreadableEventError
from shared.events.gateway import PresenceChanged
from shared.events.inbox import ConversationEvent
from shared.events.team_directory import AccessChanged
from shared.events.ticketing import TicketEvent
from shared.messaging.bus import Bus, Record

log = structlog.get_logger()

_PAUSE_SECONDS = 1.0


class Feed:
    """`on_access_changed` is told before anything else is shown to that actor; None is everyone.

    `on_conversation` is told of every event of a conversation, before it is shown.
    """

    def __init__(
        self,
        bus: Bus,
        hub: Hub,
        board: PresenceBoard,
        on_access_changed: Callable[[UUID | None], None],
        on_conversation: Callable[[UUID], None],
    ) -> None:
        self._bus = bus
        self._hub = hub
        self._board = board
        self._on_access_changed = on_access_changed
        self._on_conversation = on_conversation
        self.following = asyncio.Event()

    async def run(self) -> None:
        """Follow the bus for ever; after an outage all streams are told to look anew."""
        started = False
        while True:
            try:
                if not started:
                    await self._bus.start()
                    started = True
                async with self._bus.tail(TOPICS) as records:
                    self._on_access_changed(None)
                    self._hub.lost_events()
                    self.following.set()
                    async for record in records:
                        self._take_safely(record)
            except UnavailableError as error:
                log.warning("gateway.bus_away", reason=error.detail)
            self.following.clear()
            await asyncio.sleep(_PAUSE_SECONDS)

    async def check(self) -> None:
        """Raise `UnavailableError` while the bus is not followed."""
        if not self.following.is_set():
            raise UnavailableError("The bus is not followed: nothing is shown live.")

    def _take_safely(self, record: Record) -> None:
        try:
            self.take(record)
        except Exception:  # One event that trips a fault of ours must not silence all others.
            log.exception("gateway.event_fault", type=record.headers.get("ce_type"))

    def take(self, record: Record) -> None:
        """Show one record to those who may see it."""
        try:
            envelope = Envelope.read(record.headers, record.body)
        except UnreadableEventError as error:
            log.warning("gateway.unreadable_event", reason=error.detail)
            return
        if envelope is None:
            return
        event = envelope.event
        if isinstance(event, AccessChanged):
            self._on_access_changed(event.actor_id)
            self._hub.dismiss(event.actor_id)
        elif isinstance(event, PresenceChanged):
            self._board.hear(event)
        else:
            self._show(envelope, event, record.body)

    def _show(self, envelope: Envelope, event: Event, body: bytes) -> None:
        if isinstance(event, ConversationEvent):
            self._board.follow(event)
            self._on_conversation(event.conversation_id)
        former = former_assignee(event)
        if former is not None:
            self._hub.publish(_gone(event), former)
        audience = audience_of(event)
        if audience is not None:
            self._hub.publish(frame(event.type, _encode(envelope, event, body)), audience)


def _gone(event: Event) -> bytes:
    """What is left to know for who held something and no longer sees it."""
    if isinstance(event, TicketEvent):
        return frame("gateway.ticket_left", orjson.dumps({"ticket_id": event.ticket_id}))
    gone = {"conversation_id": getattr(event, "conversation_id", None)}
    return frame("gateway.conversation_left", orjson.dumps(gone))


def _encode(envelope: Envelope, event: Event, body: bytes) -> bytes:
    """The event as it is on the bus, with its id and time; the body is passed on as it came."""
    head = orjson.dumps(
        {
            "event_id": envelope.id,
            "type": event.type,
            "version": event.version,
            "occurred_at": envelope.occurred_at,
        }
    )
    return b'%b,"event":%b}' % (head[:-1], body)
