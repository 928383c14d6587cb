"""Who may see an event live: the same rule as in the services' queries, applied to one event.

Deny by default: an event that no rule knows reaches nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from shared.events.base import Event, is_restated
from shared.events.gateway import PresenceChanged
from shared.events.inbox import (
    ContactSaved,
    ConversationAssigned,
    ConversationEvent,
    ProfileHealthChanged,
)
from shared.events.scheduler import PostChanged, PublicationEvent
from shared.events.team_directory import (
    AccessChanged,
    MemberLeft,
    MemberSaved,
    NotificationAdded,
    NotificationEvent,
    ProfileSaved,
    TeamRemoved,
    TeamSaved,
    WebhookPaused,
    WorkspaceSaved,
)
from shared.events.ticketing import ServiceLevelEvent, TicketAssigned, TicketEvent
from shared.identity import Identity
from shared.permissions import Level, Module, Sight


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone of a workspace who may view `module`, and the profile if there is one.

    `whole`: only those whom no profile or sight keeps from seeing all of it.
    """

    workspace_id: UUID
    module: Module
    profile_id: UUID | None = None
    whole: bool = False

    def admits(self, identity: Identity) -> bool:
        return (
            identity.workspace_id == self.workspace_id
            and identity.may(self.module, Level.VIEW)
            and (self.profile_id is None or identity.sees_profile(self.profile_id))
            and (not self.whole or _sees_all(identity))
        )


@dataclass(frozen=True, slots=True)
class ConversationAudience:
    """Those who see a conversation or a ticket.

    That is its profile, and it itself where a role sees only some.
    """

    workspace_id: UUID
    profile_id: UUID
    assignee_id: UUID | None
    team_id: UUID | None
    module: Module = Module.INBOX

    def admits(self, identity: Identity) -> bool:
        if not (
            identity.workspace_id == self.workspace_id
            and identity.may(self.module, Level.VIEW)
            and identity.sees_profile(self.profile_id)
        ):
            return False
        if identity.sight is Sight.ALL or self.assignee_id == identity.actor_id:
            return True
        return identity.sight is Sight.TEAM and self.team_id in identity.team_ids


@dataclass(frozen=True, slots=True)
class FormerAssignee:
    """Who held a conversation or a ticket and no longer sees it.

    They are told that it is gone, no more.
    """

    now: ConversationAudience
    actor_id: UUID

    @property
    def workspace_id(self) -> UUID:
        return self.now.workspace_id

    def admits(self, identity: Identity) -> bool:
        return (
            identity.actor_id == self.actor_id
            and identity.workspace_id == self.workspace_id
            and identity.may(self.now.module, Level.VIEW)
            and not self.now.admits(identity)
        )


@dataclass(frozen=True, slots=True)
class PersonAudience:
    """One person alone, and only while they may see what they are told about."""

    person_id: UUID
    workspace_id: UUID
    about: Audience | ConversationAudience | None = None

    def admits(self, identity: Identity) -> bool:
        return (
            identity.actor_id == self.person_id
            and identity.workspace_id == self.workspace_id
            and (self.about is None or self.about.admits(identity))
        )


def _sees_all(identity: Identity) -> bool:
    return identity.profile_ids is None and identity.sight is Sight.ALL


AnyAudience = Audience | ConversationAudience | FormerAssignee | PersonAudience


def of_conversation(event: ConversationEvent | PresenceChanged) -> ConversationAudience:
    return ConversationAudience(
        event.workspace_id, event.profile_id, event.assignee_id, event.team_id
    )


def of_ticket(event: TicketEvent) -> ConversationAudience:
    return ConversationAudience(
        event.workspace_id, event.profile_id, event.assignee_id, event.team_id, Module.TICKETS
    )


def former_assignee(event: Event) -> FormerAssignee | None:
    """Whom an assignment has taken the conversation or the ticket from."""
    if not isinstance(event, ConversationAssigned | TicketAssigned):
        return None
    if event.previous_assignee_id is None:
        return None
    now = of_ticket(event) if isinstance(event, TicketAssigned) else of_conversation(event)
    return FormerAssignee(now, event.previous_assignee_id)


def _directory(event: Event) -> Audience:
    return Audience(event.workspace_id, Module.DIRECTORY)


def _profile(event: ProfileSaved) -> Audience:
    return Audience(event.workspace_id, Module.PROFILES, event.profile_id)


def _publication(event: PublicationEvent) -> Audience:
    return Audience(event.workspace_id, Module.PUBLISHING, event.profile_id)


def _post(event: PostChanged) -> Audience:
    """It tells of several profiles at once."""
    return Audience(event.workspace_id, Module.PUBLISHING, whole=True)


def _health(event: ProfileHealthChanged) -> Audience:
    return Audience(event.workspace_id, Module.INBOX, event.profile_id)


def _service_level(event: ServiceLevelEvent) -> Audience:
    return Audience(event.workspace_id, Module.TICKETS)


def _notification(event: NotificationEvent) -> PersonAudience:
    about = _about(event) if isinstance(event, NotificationAdded) else None
    return PersonAudience(event.person_id, event.workspace_id, about)


def _about(event: NotificationAdded) -> Audience | ConversationAudience:
    """Conversations and tickets are seen by who holds them, all else by its profile."""
    if event.profile_id is None or event.module not in (Module.INBOX, Module.TICKETS):
        return Audience(event.workspace_id, event.module, event.profile_id)
    return ConversationAudience(
        event.workspace_id, event.profile_id, event.assignee_id, event.team_id, event.module
    )


def _contact(event: ContactSaved) -> Audience:
    """The event does not say on which profiles the contact wrote."""
    return Audience(event.workspace_id, Module.INBOX, whole=True)


def _webhook(event: WebhookPaused) -> Audience:
    """The event does not say on which profiles and modules the endpoint hears."""
    return Audience(event.workspace_id, Module.CONNECTIONS, whole=True)


_RULES: tuple[tuple[type[Event], Callable[[Any], AnyAudience]], ...] = (
    (ConversationEvent, of_conversation),
    (TicketEvent, of_ticket),
    (ServiceLevelEvent, _service_level),
    (ContactSaved, _contact),
    (ProfileHealthChanged, _health),
    (PublicationEvent, _publication),
    (PostChanged, _post),
    (ProfileSaved, _profile),
    (NotificationEvent, _notification),
    (MemberSaved, _directory),
    (MemberLeft, _directory),
    (TeamSaved, _directory),
    (TeamRemoved, _directory),
    (WorkspaceSaved, _directory),
    (WebhookPaused, _webhook),
)

# What the gateway itself acts on, and shows in another form or not at all.
UNSHOWN: tuple[type[Event], ...] = (AccessChanged, PresenceChanged)

SHOWN = tuple(kind for kind, _ in _RULES)
TOPICS = frozenset(event.topic for event in (*SHOWN, *UNSHOWN))


def audience_of(event: Event) -> AnyAudience | None:
    """Who may see an event; None for what is not shown live, or is no news."""
    if is_restated(event):
        return None
    for kind, rule in _RULES:
        if isinstance(event, kind):
            return rule(event)
    return None
