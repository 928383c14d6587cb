"""What a notification is shown as, in a list or in a mail."""

from typing import Any

from sqlalchemy import func, select

from services.team_directory.domain.notification_texts import title
from services.team_directory.domain.notifications import NotificationKind, SubjectType
from services.team_directory.domain.role_texts import Words
from services.team_directory.models import Notification, Person, Profile

_PATHS = {
    SubjectType.CONVERSATION: "/inbox/{}",
    SubjectType.TICKET: "/tickets/{}",
    SubjectType.POST: "/calendar/posts/{}",
    SubjectType.PROFILE: "/team/profiles/{}",
    SubjectType.WEBHOOK: "/team/webhooks/{}",
}


def select_shown() -> Any:
    """The columns of a notification, with the names of who did it and of the profile."""
    return (
        select(
            Notification.id,
            Notification.kind,
            Notification.subject_type,
            Notification.subject_id,
            Notification.profile_id,
            Notification.actor_id,
            Notification.facts,
            Notification.created_at,
            Notification.read_at,
            Person.name.label("actor"),
            func.coalesce(func.nullif(Profile.handle, ""), Profile.display_name).label("profile"),
            Profile.network,
        )
        .outerjoin(Person, Person.id == Notification.actor_id)
        .outerjoin(
            Profile,
            (Profile.workspace_id == Notification.workspace_id)
            & (Profile.id == Notification.profile_id),
        )
    )


def title_of(row: Any) -> Words:
    kind, subject = NotificationKind(row.kind), SubjectType(row.subject_type)
    return title(kind, subject, row.facts, actor=row.actor, profile=row.profile)


def path_of(row: Any) -> str:
    """Where it leads, in the browser."""
    return _PATHS[SubjectType(row.subject_type)].format(row.subject_id)
