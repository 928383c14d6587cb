"""Who sees which tickets and conversations: the one place that turns an identity into conditions.

Every list, count and load goes through it, so that nothing leaks by another door.
"""

from sqlalchemy import ColumnElement, or_

from services.ticketing.models import Conversation, Ticket
from shared.identity import Identity
from shared.permissions import Sight

Conditions = tuple[ColumnElement[bool], ...]
_Table = type[Ticket] | type[Conversation]


def visible(identity: Identity, table: _Table = Ticket) -> Conditions:
    """Conditions on tickets (or on conversations) that leave what this person may see."""
    return (
        table.workspace_id == identity.workspace_id,
        *_profiles(identity, table),
        *_sight(identity, table),
    )


def sees(identity: Identity, ticket: Ticket) -> bool:
    """The same rule, applied to one row that is there."""
    if ticket.workspace_id != identity.workspace_id or not identity.sees_profile(ticket.profile_id):
        return False
    if identity.sight is Sight.ALL or ticket.assignee_id == identity.actor_id:
        return True
    return identity.sight is Sight.TEAM and ticket.team_id in identity.team_ids


def _profiles(identity: Identity, table: _Table) -> Conditions:
    if identity.profile_ids is None:
        return ()
    return (table.profile_id.in_(identity.profile_ids),)


def _sight(identity: Identity, table: _Table) -> Conditions:
    mine = table.assignee_id == identity.actor_id
    match identity.sight:
        case Sight.ALL:
            return ()
        case Sight.TEAM:
            return (or_(mine, table.team_id.in_(identity.team_ids)),)
        case Sight.ASSIGNED:
            return (mine,)
