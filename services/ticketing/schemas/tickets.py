"""Bodies of reading tickets: filters, lists, counts, one with all that belongs to it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.ticketing.domain.clocks import Outcome
from services.ticketing.domain.promises import Measure
from services.ticketing.domain.ticket import Priority, State
from shared.events.inbox import Direction
from shared.events.ticketing import SlaTarget
from shared.http.pages import DEFAULT_LIMIT


class Order(StrEnum):
    NEWEST = "newest"
    DUE = "due"  # What is due soonest comes first; what waits for no clock follows, newest first.


class TicketFilters(BaseModel, extra="forbid"):
    """What a list is to hold; values of one field are alternatives, fields narrow each other."""

    state: list[State] = []
    priority: list[Priority] = []
    profile_id: list[UUID] = Field([], max_length=100)
    assignee: Literal["me", "none"] | UUID | None = None
    team_id: list[UUID] = Field([], max_length=50)
    tag: list[Annotated[str, StringConstraints(max_length=50)]] = Field([], max_length=50)
    conversation_id: UUID | None = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = Field(
        "", description="Words in the subject, or in the name of the customer where it is known."
    )
    watching: bool = Field(False, description="Only those that the asking person watches.")
    overdue: bool = Field(False, description="Only those whose earliest running clock has run out.")


class TicketList(TicketFilters):
    order: Order = Order.NEWEST
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=200)
    cursor: str | None = Field(None, max_length=512)


class TicketSummary(BaseModel):
    """A line of a list.

    `due_at` is when the earliest running clock runs out; `paused` says that a promised one stands
    still. `contact_name` is known once somebody has written the customer's card; `excerpt` begins
    what was written last.
    """

    id: UUID
    version: int
    conversation_id: UUID
    profile_id: UUID
    subject: str
    state: State
    priority: Priority
    assignee_id: UUID | None
    team_id: UUID | None
    tags: list[str]
    watcher_ids: list[UUID]
    opened_at: datetime
    opened_by: UUID
    updated_at: datetime
    due_at: datetime | None
    paused: bool
    network: str
    contact_name: str | None
    excerpt: str


class TicketCount(BaseModel):
    """`more` says that there are more than were counted."""

    count: int
    more: bool


class TicketCounts(BaseModel):
    """All but those by state leave out what is resolved or closed; `team` is the asker's teams."""

    mine: TicketCount
    team: TicketCount
    unassigned: TicketCount
    watching: TicketCount
    overdue: TicketCount
    open: TicketCount
    pending: TicketCount
    on_hold: TicketCount
    resolved: TicketCount
    closed: TicketCount


class TicketConversation(BaseModel):
    """The conversation as ticketing knows it; the inbox has the whole of it."""

    id: UUID
    network: str
    kind: str
    contact_id: UUID
    contact_name: str | None
    excerpt: str
    state: str


class ClockView(BaseModel):
    """One target; without a goal nothing is promised, and time is counted all the same."""

    target: SlaTarget
    run: int
    outcome: Outcome
    overdue: bool
    goal_seconds: float | None
    measure: Measure | None
    due_at: datetime | None
    stopped_at: datetime | None
    wall_seconds: float
    business_seconds: float


class TicketMessage(BaseModel):
    """The beginning of what was written since the ticket was opened."""

    id: UUID
    direction: Direction
    kind: str
    excerpt: str
    written_at: datetime


class TicketView(TicketSummary):
    """`messages` are the newest, the oldest of them first."""

    conversation: TicketConversation
    clocks: list[ClockView]
    messages: list[TicketMessage]
    next_states: list[State]


class TicketNote(BaseModel):
    id: UUID
    author_id: UUID
    body: str
    mentions: list[UUID]
    created_at: datetime


class TicketActivity(BaseModel):
    """One line of the history: which fields moved, from what to what."""

    id: UUID
    version: int
    at: datetime
    actor_id: UUID | None
    kind: str
    before: dict[str, Any]
    after: dict[str, Any]
