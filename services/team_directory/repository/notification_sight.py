"""Which notifications somebody may see at this moment.

The one place that turns who they are into conditions, so that a list, a count and a mail agree.
"""

from sqlalchemy import ColumnElement, exists, or_

from services.team_directory.domain.notifications import SubjectType
from services.team_directory.domain.webhooks import reach_of
from services.team_directory.models import Notification, NotificationSubject, WebhookEndpoint
from services.team_directory.repository.webhooks import within
from shared.identity import Identity
from shared.permissions import Level, Module, Sight

Conditions = tuple[ColumnElement[bool], ...]
_HELD = (SubjectType.CONVERSATION.value, SubjectType.TICKET.value)


def visible(identity: Identity) -> Conditions:
    """The person's own that stand, about what they may still see: module, profile, whose it is."""
    modules = [module.value for module in Module if identity.may(module, Level.VIEW)]
    return (
        Notification.workspace_id == identity.workspace_id,
        Notification.person_id == identity.actor_id,
        Notification.module.in_(modules),
        Notification.withdrawn_at.is_(None),
        *_profiles(identity),
        *_sight(identity),
        *_endpoints(identity),
    )


def _profiles(identity: Identity) -> Conditions:
    if identity.profile_ids is None:
        return ()
    is_endpoint = Notification.subject_type == SubjectType.WEBHOOK.value
    return (or_(Notification.profile_id.in_(identity.profile_ids), is_endpoint),)


def _endpoints(identity: Identity) -> Conditions:
    """An endpoint has no profile: who sees all that it tells, sees it."""
    seen = exists().where(
        WebhookEndpoint.workspace_id == Notification.workspace_id,
        WebhookEndpoint.id == Notification.subject_id,
        *within(reach_of(identity)),
    )
    return (or_(Notification.subject_type != SubjectType.WEBHOOK.value, seen),)


def _sight(identity: Identity) -> Conditions:
    if identity.sight is Sight.ALL:
        return ()
    holder = NotificationSubject
    theirs: ColumnElement[bool] = holder.assignee_id == identity.actor_id
    if identity.sight is Sight.TEAM:
        theirs = or_(theirs, holder.team_id.in_(identity.team_ids))
    held = exists().where(
        holder.workspace_id == Notification.workspace_id,
        holder.id == Notification.subject_id,
        theirs,
    )
    return (or_(Notification.subject_type.not_in(_HELD), held),)
