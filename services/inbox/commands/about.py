"""What every event of a conversation says about it."""

from typing import Any, TypedDict
from uuid import UUID

from services.inbox.models import Conversation


class About(TypedDict):
    workspace_id: UUID
    conversation_id: UUID
    profile_id: UUID
    assignee_id: UUID | None
    team_id: UUID | None
    conversation_version: int


def about(conversation: Conversation) -> About:
    """To be spread into an event, after the version was raised."""
    return About(
        workspace_id=conversation.workspace_id,
        conversation_id=conversation.id,
        profile_id=conversation.profile_id,
        assignee_id=conversation.assignee_id,
        team_id=conversation.team_id,
        conversation_version=conversation.version,
    )


def values_of(row: object, names: Any) -> dict[str, Any]:
    """Some fields of a row as they are now."""
    return {name: getattr(row, name) for name in names}
