"""What team_directory tells the others: workspaces, people, teams, profiles, notifications."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Restatable
from shared.permissions import Module


class ProfileState(StrEnum):
    """Where the connection of a profile stands; only `CONNECTED` may be read and written."""

    CONNECTED = "connected"
    NEEDS_PERSON = "needs_person"
    DISCONNECTED = "disconnected"


class WorkspaceSaved(Event):
    """A workspace was created or its name or time zone changed."""

    type: ClassVar[str] = "team_directory.workspace_saved"
    topic: ClassVar[str] = "team_directory.workspace"
    key_field: ClassVar[str] = "workspace_id"

    name: str
    time_zone: str


class MemberSaved(Restatable):
    """A person joined a workspace, or their name or access changed.

    `profile_ids` None means every profile; `sight` is `all`, `team` or `assigned`.
    """

    type: ClassVar[str] = "team_directory.member_saved"
    topic: ClassVar[str] = "team_directory.member"
    key_field: ClassVar[str] = "person_id"

    person_id: UUID
    name: str
    email: str
    locale: str
    time_zone: str
    role_ids: tuple[UUID, ...] = ()
    team_ids: tuple[UUID, ...] = ()
    profile_ids: tuple[UUID, ...] | None = None
    sight: str = "all"


class MemberLeft(Event):
    """A person lost access to a workspace; whatever they held must find a new holder."""

    type: ClassVar[str] = "team_directory.member_left"
    topic: ClassVar[str] = "team_directory.member"
    key_field: ClassVar[str] = "person_id"

    person_id: UUID


class AccessChanged(Event):
    """What a login, a session or an API key may do is no longer what it was.

    Whoever keeps identities in memory forgets those of `actor_id`.
    """

    type: ClassVar[str] = "team_directory.access_changed"
    topic: ClassVar[str] = "team_directory.access"
    key_field: ClassVar[str] = "actor_id"

    actor_id: UUID


class TeamSaved(Restatable):
    type: ClassVar[str] = "team_directory.team_saved"
    topic: ClassVar[str] = "team_directory.team"
    key_field: ClassVar[str] = "team_id"

    team_id: UUID
    name: str
    member_ids: tuple[UUID, ...]


class TeamRemoved(Event):
    type: ClassVar[str] = "team_directory.team_removed"
    topic: ClassVar[str] = "team_directory.team"
    key_field: ClassVar[str] = "team_id"

    team_id: UUID


class ProfileSaved(Restatable):
    """A profile was connected, or its name or the state of its connection changed."""

    type: ClassVar[str] = "team_directory.profile_saved"
    topic: ClassVar[str] = "team_directory.profile"
    key_field: ClassVar[str] = "profile_id"

    profile_id: UUID
    network: str
    external_id: str
    handle: str
    display_name: str
    avatar_url: str | None = None
    base_url: str | None = None
    state: ProfileState
    reason: str | None = None


class WebhookPaused(Event):
    """A partner's endpoint is told nothing more until a person enables it again.

    `reason` is `gone` (it said so itself) or `failing` (nothing but failures for days).
    """

    type: ClassVar[str] = "team_directory.webhook_paused"
    topic: ClassVar[str] = "team_directory.webhook"
    key_field: ClassVar[str] = "endpoint_id"

    endpoint_id: UUID
    host: str
    description: str
    reason: str


class NotificationEvent(Event):
    """What every event about the notifications of one person says; it is for nobody else."""

    topic: ClassVar[str] = "team_directory.notification"
    key_field: ClassVar[str] = "person_id"

    person_id: UUID


class NotificationAdded(NotificationEvent):
    """Something happened that this person wants to know of.

    It carries who may see what happened (module, profile, and the assignee and team of what it is
    about), so that nobody is told of what they may not see any more.
    """

    type: ClassVar[str] = "team_directory.notification_added"

    notification_id: UUID
    kind: str
    subject_type: str
    subject_id: UUID
    module: Module
    profile_id: UUID | None = None
    assignee_id: UUID | None = None
    team_id: UUID | None = None


class NotificationsRead(NotificationEvent):
    """A person has read these on whichever device, or what they told of is settled by now."""

    type: ClassVar[str] = "team_directory.notifications_read"

    notification_ids: tuple[UUID, ...]
