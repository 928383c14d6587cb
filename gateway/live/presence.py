"""Who looks at which conversation: told to the bus by one gateway, kept in memory by all.

Nobody says goodbye reliably, so every signal is forgotten unless it is said again.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

import orjson

from gateway.live.audience import ConversationAudience, of_conversation
from gateway.live.hub import Hub, frame
from shared.events.gateway import PresenceChanged
from shared.events.inbox import ConversationEvent
from shared.identity import Identity

_LEFT = "left"


@dataclass(frozen=True, slots=True)
class _Presence:
    state: str
    until: float


class PresenceBoard:
    def __init__(self, hub: Hub, seconds: float, now: Callable[[], float] = time.monotonic) -> None:
        self._hub = hub
        self._seconds = seconds
        self._now = now
        self._present: dict[UUID, dict[UUID, _Presence]] = {}
        self._audiences: dict[UUID, ConversationAudience] = {}

    def hear(self, event: PresenceChanged) -> None:
        """Take a signal from the bus, of this gateway or another."""
        conversation_id = event.conversation_id
        people = self._present.get(conversation_id, {})
        known = people.get(event.person_id)
        self._audiences[conversation_id] = of_conversation(event)
        if event.state == _LEFT:
            self._leave(conversation_id, event.person_id)
            return
        people = self._present.setdefault(conversation_id, {})
        people[event.person_id] = _Presence(event.state, self._now() + self._seconds)
        if known is None or known.state != event.state:
            self._tell(conversation_id, event.person_id, event.state)

    def follow(self, event: ConversationEvent) -> None:
        """A conversation went to others: from now on they see who is there."""
        known = self._audiences.get(event.conversation_id)
        if known is not None:
            self._audiences[event.conversation_id] = replace(
                known,
                profile_id=event.profile_id,
                assignee_id=event.assignee_id,
                team_id=event.team_id,
            )

    def snapshot(self, identity: Identity) -> bytes:
        """Everyone whom this person may see, as the event that a stream begins with."""
        here = [
            _view(conversation_id, person_id, presence.state)
            for conversation_id, people in self._present.items()
            if self._audiences[conversation_id].admits(identity)
            for person_id, presence in people.items()
        ]
        return frame("gateway.presence", orjson.dumps(here))

    def sweep(self) -> None:
        """Forget who has not been heard of for too long."""
        now = self._now()
        gone = [
            (conversation_id, person_id)
            for conversation_id, people in self._present.items()
            for person_id, presence in people.items()
            if presence.until < now
        ]
        for conversation_id, person_id in gone:
            self._leave(conversation_id, person_id)

    def _leave(self, conversation_id: UUID, person_id: UUID) -> None:
        people = self._present.get(conversation_id, {})
        if people.pop(person_id, None) is not None:
            self._tell(conversation_id, person_id, _LEFT)
        if not people:
            self._present.pop(conversation_id, None)
            self._audiences.pop(conversation_id, None)

    def _tell(self, conversation_id: UUID, person_id: UUID, state: str) -> None:
        data = orjson.dumps(_view(conversation_id, person_id, state))
        self._hub.whisper(frame(PresenceChanged.type, data), self._audiences[conversation_id])


def _view(conversation_id: UUID, person_id: UUID, state: str) -> dict[str, object]:
    return {"conversation_id": conversation_id, "person_id": person_id, "state": state}
