"""Bodies of reading conversations: filters, lists, counts, what was written, what was done."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from services.inbox.schemas.work import NoteView
from shared.events.inbox import ActionKind, ActionState, InteractionKind
from shared.http.pages import DEFAULT_LIMIT


class Order(StrEnum):
    NEWEST = "newest"
    WAITING = "waiting"  # Who waits longest comes first; nobody else is in this list.


class ConversationFilters(BaseModel, extra="forbid"):
    """What a list is to hold; values of one field are alternatives, fields narrow each other."""

    state: list[Literal["open", "snoozed", "handled"]] = []
    profile_id: list[UUID] = Field([], max_length=100)
    network: list[str] = Field([], max_length=20)
    kind: list[InteractionKind] = []
    assignee: Literal["me", "none"] | UUID | None = None
    team_id: list[UUID] = Field([], max_length=50)
    tag_id: list[UUID] = Field([], max_length=50)
    contact_id: UUID | None = None
    since: AwareDatetime | None = Field(None, description="Something happened at or after this.")
    until: AwareDatetime | None = Field(None, description="The last thing happened before this.")
    waiting: bool = Field(False, description="Only where the customer waits for an answer.")


class ConversationList(ConversationFilters):
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = Field(
        "", description="Words, or characters of a script without spaces; the newest hit first."
    )
    order: Order = Order.NEWEST
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=200)
    cursor: str | None = Field(None, max_length=512)


class ContactBrief(BaseModel):
    id: UUID
    name: str
    avatar_url: str | None


class ConversationSummary(BaseModel):
    """A line of a list. `hit_at` is when the newest match of a search was written."""

    id: UUID
    version: int
    profile_id: UUID
    network: str
    kind: str
    contact: ContactBrief
    excerpt: str
    state: str
    snoozed_until: datetime | None
    assignee_id: UUID | None
    team_id: UUID | None
    priority: int
    tag_ids: list[UUID]
    opened_at: datetime
    last_at: datetime
    last_inbound_at: datetime | None
    last_outbound_at: datetime | None
    waiting_since: datetime | None
    handled_at: datetime | None
    handled_by: UUID | None
    hit_at: datetime | None = None


class ConversationPage(BaseModel):
    """`previous_cursor` leads to what came above this page meanwhile, or lies before it."""

    items: list[ConversationSummary]
    next_cursor: str | None = None
    previous_cursor: str | None = None


class Count(BaseModel):
    """`more` says that there are more than were counted."""

    count: int
    more: bool


class ConversationCounts(BaseModel):
    open: Count
    mine: Count
    unassigned: Count
    snoozed: Count
    handled: Count


class Possibility(BaseModel):
    """Whether an action is possible here and now; `code` and `text` say why it is not."""

    action: ActionKind
    allowed: bool
    code: str | None = None
    text: str | None = None


class TextLimitView(BaseModel):
    """How long a text may be; `unit` says what is counted."""

    unit: str
    maximum: int
    url_length: int | None = None
    mention_without_domain: bool = False


class ReplyOption(Possibility):
    """`closes_at` is when the network will no longer take this answer."""

    limits: list[TextLimitView] = []
    closes_at: datetime | None = None


class ConversationView(ConversationSummary):
    """One conversation with what is possible in it."""

    thread_id: str
    newest_interaction_id: UUID | None
    replies: list[ReplyOption]


class InteractionView(BaseModel):
    id: UUID
    conversation_id: UUID
    external_id: str
    parent_external_id: str | None
    kind: str
    direction: str
    origin: str
    visibility: str
    author: dict[str, Any]
    text: str
    media: list[dict[str, Any]]
    language: str | None
    rating: int | None
    ad_id: str | None
    permalink: str | None
    written_at: datetime
    edited_at: datetime | None
    received_at: datetime
    removed_at: datetime | None
    hidden_at: datetime | None
    liked_at: datetime | None
    action_id: UUID | None
    possible: list[Possibility] = []


class InteractionVersionView(BaseModel):
    """What an interaction said before it was edited."""

    item_version: int
    text: str
    media: list[dict[str, Any]]
    seen_at: datetime


class ActivityView(BaseModel):
    id: UUID
    kind: str
    actor_id: UUID | None
    before: dict[str, Any]
    after: dict[str, Any]
    version: int


class ActionView(BaseModel):
    """One thing that is to happen on the network, and how far it got."""

    id: UUID
    conversation_id: UUID
    profile_id: UUID
    interaction_id: UUID | None
    kind: ActionKind
    text: str
    state: ActionState
    requested_by: UUID | None
    requested_at: datetime
    settled_at: datetime | None
    deadline: datetime
    attempts: int
    external_id: str | None
    permalink: str | None
    error_code: str | None
    error_detail: str | None
    version: int


class TimelineEntry(BaseModel):
    """One line of what colleagues did here: exactly one of the three is given."""

    at: datetime
    id: UUID
    activity: ActivityView | None = None
    note: NoteView | None = None
    action: ActionView | None = None


class IdentityView(BaseModel):
    """A contact on one network."""

    network: str
    external_id: str
    handle: str
    display_name: str
    avatar_url: str | None
    profile_url: str | None
    blocked_at: datetime | None


class ContactView(BaseModel):
    id: UUID
    name: str
    avatar_url: str | None
    tag_ids: list[UUID]
    attributes: dict[str, Any]
    first_seen_at: datetime
    last_seen_at: datetime
    version: int
    identities: list[IdentityView]
