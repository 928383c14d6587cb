"""What ticketing tells the others: tickets, who works on them, and whether promises were kept.

Every event of a ticket lies on one topic, keyed by the ticket, so that they stay in order; each
carries who may see it (profile, assignee, team), who watches it and its version.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Restatable


class SlaTarget(StrEnum):
    FIRST_RESPONSE = "first_response"
    NEXT_RESPONSE = "next_response"
    RESOLUTION = "resolution"


class TicketEvent(Event):
    """What every event of a ticket says."""

    topic: ClassVar[str] = "ticketing.ticket"
    key_field: ClassVar[str] = "ticket_id"

    ticket_id: UUID
    conversation_id: UUID
    profile_id: UUID
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    watcher_ids: tuple[UUID, ...] = ()
    subject: str
    ticket_version: int


class TicketOpened(TicketEvent):
    """A conversation was delegated; priorities are `low`, `normal`, `high` and `urgent`."""

    type: ClassVar[str] = "ticketing.ticket_opened"

    by: UUID
    priority: str


class TicketAssigned(TicketEvent):
    """Who works on the ticket changed; None in both means nobody."""

    type: ClassVar[str] = "ticketing.ticket_assigned"

    by: UUID | None
    previous_assignee_id: UUID | None = None
    previous_team_id: UUID | None = None


class TicketStateChanged(TicketEvent):
    """`state` is `open`, `pending`, `on_hold`, `resolved` or `closed`.

    `reason` is `person`, or `reply` when the customer wrote again.
    """

    type: ClassVar[str] = "ticketing.ticket_state_changed"

    by: UUID | None
    state: str
    previous: str
    reason: str


class TicketPrioritised(TicketEvent):
    type: ClassVar[str] = "ticketing.ticket_prioritised"

    by: UUID
    priority: str
    previous: str


class TicketTagged(TicketEvent):
    type: ClassVar[str] = "ticketing.ticket_tagged"

    by: UUID
    tags: tuple[str, ...]


class TicketRenamed(TicketEvent):
    type: ClassVar[str] = "ticketing.ticket_renamed"

    by: UUID


class TicketWatchersChanged(TicketEvent):
    """Somebody watches the ticket from now on, or no longer; `watcher_ids` holds those who do."""

    type: ClassVar[str] = "ticketing.ticket_watchers_changed"

    by: UUID
    person_id: UUID
    watching: bool


class TicketNoteAdded(TicketEvent):
    type: ClassVar[str] = "ticketing.ticket_note_added"

    note_id: UUID
    by: UUID
    mentions: tuple[UUID, ...] = ()


class ServiceLevelEvent(Event):
    """What every event about what is promised says; in order within a workspace."""

    topic: ClassVar[str] = "ticketing.service_level"
    key_field: ClassVar[str] = "workspace_id"


class CalendarSaved(ServiceLevelEvent, Restatable):
    """When somebody answers: intervals of minutes for each weekday, Monday first, and holidays."""

    type: ClassVar[str] = "ticketing.calendar_saved"

    calendar_id: UUID
    calendar_version: int
    name: str
    zone: str
    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[date, ...] = ()


class CalendarRemoved(ServiceLevelEvent):
    type: ClassVar[str] = "ticketing.calendar_removed"

    calendar_id: UUID


class PolicySaved(ServiceLevelEvent, Restatable):
    """Which calendar holds for which profiles; without any, for all that no other policy names."""

    type: ClassVar[str] = "ticketing.policy_saved"

    policy_id: UUID
    policy_version: int
    name: str
    calendar_id: UUID
    profile_ids: tuple[UUID, ...] = ()


class PolicyRemoved(ServiceLevelEvent):
    type: ClassVar[str] = "ticketing.policy_removed"

    policy_id: UUID


class SlaEvent(TicketEvent):
    """What every event of a service level says.

    `run` counts how often this target was set on this ticket: each unanswered run of a customer
    sets the next response anew.
    """

    target: SlaTarget
    run: int
    due_at: datetime


class SlaNear(SlaEvent):
    """Three quarters of the promised time are spent."""

    type: ClassVar[str] = "ticketing.sla_near"


class SlaMissed(SlaEvent):
    type: ClassVar[str] = "ticketing.sla_missed"


class SlaMet(SlaEvent):
    """The promise was kept.

    It follows a miss of the same run when an answer that was written in time became known late.
    """

    type: ClassVar[str] = "ticketing.sla_met"

    at: datetime
    wall_seconds: float
    business_seconds: float
