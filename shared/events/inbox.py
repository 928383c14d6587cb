"""What inbox tells the others: what was written, how it was worked on, what was sent.

Every event of a conversation lies on one topic, keyed by the conversation, so that they stay in
order; each carries who may see it (profile, assignee, team) and the version of the conversation.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class InteractionKind(StrEnum):
    COMMENT = "comment"
    REPLY = "reply"
    MENTION = "mention"
    QUOTE = "quote"
    DM = "dm"
    REVIEW = "review"
    AD_COMMENT = "ad_comment"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class ActionKind(StrEnum):
    """What a person or a rule may do on the network."""

    REPLY = "reply"
    PRIVATE_REPLY = "private_reply"
    MESSAGE = "message"
    LIKE = "like"
    UNLIKE = "unlike"
    HIDE = "hide"
    UNHIDE = "unhide"
    DELETE = "delete"
    BLOCK = "block"
    UNBLOCK = "unblock"


class ActionState(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class ConversationEvent(Event):
    """What every event of a conversation says."""

    topic: ClassVar[str] = "inbox.conversation"
    key_field: ClassVar[str] = "conversation_id"

    conversation_id: UUID
    profile_id: UUID
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    conversation_version: int


class ConversationOpened(ConversationEvent):
    type: ClassVar[str] = "inbox.conversation_opened"

    network: str
    kind: InteractionKind
    contact_id: UUID


class InteractionReceived(ConversationEvent):
    """Somebody wrote something, or our own writing was seen on the network (`outbound`)."""

    type: ClassVar[str] = "inbox.interaction_received"

    interaction_id: UUID
    network: str
    kind: InteractionKind
    direction: Direction
    contact_id: UUID
    excerpt: str
    written_at: datetime
    back_filled: bool = False


class InteractionChanged(ConversationEvent):
    """An interaction was edited, hidden, shown again, liked or removed on the network."""

    type: ClassVar[str] = "inbox.interaction_changed"

    interaction_id: UUID
    change: str


class ConversationAssigned(ConversationEvent):
    """Who is to answer changed; None in both means nobody."""

    type: ClassVar[str] = "inbox.conversation_assigned"

    by: UUID | None
    previous_assignee_id: UUID | None = None


class ConversationTagged(ConversationEvent):
    type: ClassVar[str] = "inbox.conversation_tagged"

    by: UUID | None
    tags: tuple[str, ...]


class ConversationStateChanged(ConversationEvent):
    """`state` is `open`, `snoozed` or `handled`; `reason` says why (`person`, `reply`, `woken`)."""

    type: ClassVar[str] = "inbox.conversation_state_changed"

    by: UUID | None
    state: str
    previous: str
    reason: str
    snoozed_until: datetime | None = None


class ConversationPrioritised(ConversationEvent):
    """Zero is the usual priority; a greater one is more urgent."""

    type: ClassVar[str] = "inbox.conversation_prioritised"

    by: UUID | None
    priority: int


class NoteAdded(ConversationEvent):
    type: ClassVar[str] = "inbox.note_added"

    note_id: UUID
    by: UUID
    mentions: tuple[UUID, ...] = ()


class NoteChanged(ConversationEvent):
    """A note was written anew, or removed; `mentions` are those who were not named before."""

    type: ClassVar[str] = "inbox.note_changed"

    note_id: UUID
    by: UUID
    removed: bool = False
    mentions: tuple[UUID, ...] = ()


class ActionChanged(ConversationEvent):
    """An outbound action moved to another state; `reason` is the code of a failure.

    `requested_by` is who wanted it, whoever moved it now; `automated`, that this was no person but
    a rule or a program. `result_id` is the interaction that a reply became once it was sent.
    """

    type: ClassVar[str] = "inbox.action_changed"

    action_id: UUID
    interaction_id: UUID | None
    action: ActionKind
    state: ActionState
    by: UUID | None
    reason: str | None = None
    requested_by: UUID | None = None
    automated: bool = False
    result_id: UUID | None = None


class ContactSaved(Event):
    """A person changed the card of a contact, or merged another contact into it."""

    type: ClassVar[str] = "inbox.contact_saved"
    topic: ClassVar[str] = "inbox.contact"
    key_field: ClassVar[str] = "contact_id"

    contact_id: UUID
    contact_version: int
    by: UUID
    name: str
    merged_contact_id: UUID | None = None


class ProfileHealthChanged(Event):
    """The ledger of a profile moved: received, stored and handled deliveries."""

    type: ClassVar[str] = "inbox.profile_health_changed"
    topic: ClassVar[str] = "inbox.profile"
    key_field: ClassVar[str] = "profile_id"

    profile_id: UUID
    state: str
    reason: str | None = None
