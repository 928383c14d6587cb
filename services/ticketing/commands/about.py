"""What every event of a ticket says about it."""

from typing import TypedDict
from uuid import UUID

from services.ticketing.models import Ticket


class About(TypedDict):
    workspace_id: UUID
    ticket_id: UUID
    conversation_id: UUID
    profile_id: UUID
    assignee_id: UUID | None
    team_id: UUID | None
    watcher_ids: tuple[UUID, ...]
    subject: str
    ticket_version: int


def about(ticket: Ticket) -> About:
    """To be spread into an event, after the version was raised."""
    return About(
        workspace_id=ticket.workspace_id,
        ticket_id=ticket.id,
        conversation_id=ticket.conversation_id,
        profile_id=ticket.profile_id,
        assignee_id=ticket.assignee_id,
        team_id=ticket.team_id,
        watcher_ids=tuple(ticket.watcher_ids),
        subject=ticket.subject,
        ticket_version=ticket.version,
    )
