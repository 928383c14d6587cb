"""Who sees which conversations: the one place that turns an identity into conditions.

Every list, search, count and load goes through it, so that nothing leaks by another door.
"""

from sqlalchemy import ColumnElement, or_

from services.inbox.models import Conversation, SavedView
from shared.identity import Identity
from shared.permissions import Sight

Conditions = tuple[ColumnElement[bool], ...]


def visible(identity: Identity) -> Conditions:
    """Conditions on `Conversation` that leave what this person may see."""
    return (
        Conversation.workspace_id == identity.workspace_id,
        *_profiles(identity),
        *_sight(identity),
    )


def _profiles(identity: Identity) -> Conditions:
    if identity.profile_ids is None:
        return ()
    return (Conversation.profile_id.in_(identity.profile_ids),)


def _sight(identity: Identity) -> Conditions:
    mine = Conversation.assignee_id == identity.actor_id
    match identity.sight:
        case Sight.ALL:
            return ()
        case Sight.TEAM:
            return (or_(mine, Conversation.team_id.in_(identity.team_ids)),)
        case Sight.ASSIGNED:
            return (mine,)


def known_views(identity: Identity) -> Conditions:
    """Conditions on `SavedView`: one's own, and what is shared in the workspace."""
    return (
        SavedView.workspace_id == identity.workspace_id,
        or_(SavedView.shared, SavedView.owner_id == identity.actor_id),
    )
