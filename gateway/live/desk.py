"""Takes a presence signal from a person: only for a conversation that this person may see."""

import time
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gateway.authentication import SignedIn
from gateway.errors import ConversationUnseenError, UpstreamBrokenError
from gateway.forward import Forwarder
from gateway.schemas import PresenceSignal, PresenceState
from gateway.upstream.pool import Pool
from shared.clock import Clock
from shared.errors import UnavailableError
from shared.events.envelope import Envelope
from shared.events.gateway import PresenceChanged
from shared.ids import new_id
from shared.messaging.bus import Bus, Message

_KEPT_SECONDS = 20.0
_KEPT_LIMIT = 10_000
# A signal that says nothing new is passed on this often, so that nobody is forgotten.
_REPEAT_SECONDS = 10.0
_FOUND = 200
_SERVER_FAULT = 500

_Key = tuple[UUID, UUID, UUID]
_K = TypeVar("_K")
_T = TypeVar("_T")


class _Conversation(BaseModel):
    """What the inbox says of a conversation, as far as it decides who sees it."""

    profile_id: UUID
    assignee_id: UUID | None = None
    team_id: UUID | None = None


class PresenceDesk:
    def __init__(self, forwarder: Forwarder, inbox: Pool, bus: Bus, clock: Clock) -> None:
        self._forwarder = forwarder
        self._inbox = inbox
        self._bus = bus
        self._clock = clock
        self._seen: dict[UUID, dict[_Key, tuple[float, _Conversation]]] = {}
        self._said: dict[_Key, tuple[float, PresenceState]] = {}

    async def signal(self, signed: SignedIn, signal: PresenceSignal) -> None:
        """Tell all gateways; raises `ConversationUnseenError`."""
        identity = signed.identity
        key = (identity.workspace_id, identity.actor_id, signal.conversation_id)
        conversation = await self._look(key, signed)
        now = time.monotonic()
        said_at, said = self._said.get(key, (-_REPEAT_SECONDS, PresenceState.LEFT))
        if said is signal.state and now - said_at < _REPEAT_SECONDS:
            return
        _remember(self._said, key, (now, signal.state))
        event = PresenceChanged(
            workspace_id=identity.workspace_id,
            conversation_id=signal.conversation_id,
            person_id=identity.actor_id,
            state=signal.state,
            **conversation.model_dump(),
        )
        envelope = Envelope(new_id(), self._clock.now(), event)
        message = Message(event.topic, event.key, envelope.headers(), envelope.body())
        await self._bus.publish([message])

    def forget(self) -> None:
        """Somebody's access changed: ask again what each may see."""
        self._seen.clear()

    def forget_conversation(self, conversation_id: UUID) -> None:
        """It may have gone to others."""
        self._seen.pop(conversation_id, None)

    async def _look(self, key: _Key, signed: SignedIn) -> _Conversation:
        kept = self._seen.get(key[2], {}).get(key)
        now = time.monotonic()
        if kept is not None and kept[0] > now:
            return kept[1]
        status, body = await self._forwarder.fetch(
            self._inbox,
            b"/conversations/%b" % str(key[2]).encode(),
            [(b"authorization", b"Bearer " + signed.token)],
        )
        if status >= _SERVER_FAULT:
            raise UnavailableError("The inbox cannot say who sees this conversation.")
        if status != _FOUND:
            raise ConversationUnseenError
        try:
            conversation = _Conversation.model_validate_json(body)
        except ValidationError as error:
            raise UpstreamBrokenError("The inbox's conversation is not understood.") from error
        lookers = self._seen.get(key[2]) or _remember(self._seen, key[2], {})
        lookers[key] = (now + _KEPT_SECONDS, conversation)
        return conversation


def _remember(kept: dict[_K, _T], key: _K, value: _T) -> _T:
    while len(kept) >= _KEPT_LIMIT:
        del kept[next(iter(kept))]
    kept[key] = value
    return value
