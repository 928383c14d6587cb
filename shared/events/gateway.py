"""What the gateways tell one another: who looks at a conversation right now."""

from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class PresenceChanged(Event):
    """Somebody views a conversation, types in it or left it; good for seconds only.

    It carries who may see the conversation, so that a gateway can pass it on without asking.
    """

    type: ClassVar[str] = "gateway.presence_changed"
    topic: ClassVar[str] = "gateway.presence"
    key_field: ClassVar[str] = "conversation_id"

    conversation_id: UUID
    profile_id: UUID
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    person_id: UUID
    state: str
