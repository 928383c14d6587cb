"""What people are told about, by which channels, and what makes two tidings the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from shared.permissions import Module


class NotificationKind(StrEnum):
    """What a person chooses about; the order is that of the page of preferences."""

    ASSIGNED = "assigned"
    TEAM_ASSIGNED = "team_assigned"
    MENTIONED = "mentioned"
    TICKET_ACTIVITY = "ticket_activity"
    SLA_NEAR = "sla_near"
    SLA_MISSED = "sla_missed"
    PUBLICATION_AT_RISK = "publication_at_risk"
    PUBLICATION_FAILED = "publication_failed"
    PROFILE_NEEDS_PERSON = "profile_needs_person"
    WEBHOOK_PAUSED = "webhook_paused"


class SubjectType(StrEnum):
    CONVERSATION = "conversation"
    TICKET = "ticket"
    POST = "post"
    PROFILE = "profile"
    WEBHOOK = "webhook"


class EmailChoice(StrEnum):
    OFF = "off"
    AT_ONCE = "at_once"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants to hear of one kind."""

    in_app: bool = True
    email: EmailChoice = EmailChoice.AT_ONCE


DEFAULTS: Mapping[NotificationKind, Choice] = {
    NotificationKind.ASSIGNED: Choice(),
    NotificationKind.TEAM_ASSIGNED: Choice(email=EmailChoice.OFF),
    NotificationKind.MENTIONED: Choice(),
    NotificationKind.TICKET_ACTIVITY: Choice(email=EmailChoice.DIGEST),
    NotificationKind.SLA_NEAR: Choice(),
    NotificationKind.SLA_MISSED: Choice(),
    NotificationKind.PUBLICATION_AT_RISK: Choice(),
    NotificationKind.PUBLICATION_FAILED: Choice(),
    NotificationKind.PROFILE_NEEDS_PERSON: Choice(),
    NotificationKind.WEBHOOK_PAUSED: Choice(),
}

StoredChoices = Mapping[str, Mapping[str, object]]


def read_choices(stored: StoredChoices) -> dict[NotificationKind, Choice]:
    """The choice for each kind; what a person never chose is what this version thinks best."""
    return {kind: _read(stored.get(kind), DEFAULTS[kind]) for kind in NotificationKind}


def _read(stored: Mapping[str, object] | None, default: Choice) -> Choice:
    if stored is None:
        return default
    return Choice(in_app=bool(stored["in_app"]), email=EmailChoice(str(stored["email"])))


def write_choices(choices: Mapping[NotificationKind, Choice]) -> dict[str, dict[str, object]]:
    return {
        kind.value: {"in_app": choice.in_app, "email": choice.email.value}
        for kind, choice in choices.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What something happened to, and who may see that; ids of other services are plain ids.

    `version` orders what is known of its assignee and team; without one it has neither.
    """

    type: SubjectType
    id: UUID
    module: Module
    profile_id: UUID | None
    assignee_id: UUID | None = None
    team_id: UUID | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """Something that happened; nobody is told of the same cause twice.

    `what` tells it from everything else that happens to the subject. `by` did it, and is not told
    of it. `facts` are what a text about it is made of. `matter` is what must be settled for it to
    be no news any more.
    """

    subject: Subject
    what: str
    by: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    matter: str | None = None

    @property
    def key(self) -> str:
        return f"{self.subject.type}/{self.subject.id}/{self.what}"


Recipients = Mapping[UUID, NotificationKind]


def told(
    cause: Cause, groups: Sequence[tuple[NotificationKind, Sequence[UUID | None]]]
) -> Recipients:
    """Whom to tell and as what; who is in several groups is told as one of the first."""
    found: dict[UUID, NotificationKind] = {}
    for kind, people in groups:
        for person_id in people:
            if person_id is not None and person_id != cause.by:
                found.setdefault(person_id, kind)
    return found
