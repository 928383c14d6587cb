"""Bodies of notifications and of how people want them."""

from datetime import datetime, time
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.team_directory.domain.notifications import (
    EmailChoice,
    NotificationKind,
    SubjectType,
)
from services.team_directory.schemas.common import Body, Text
from services.team_directory.schemas.members import LocalTime


class NotificationView(BaseModel):
    """`path` leads to what it is about; `facts` are what the title leaves out.

    They may hold `reason` (a code), `due_at`, `target`, `state`, `subject` and `network`.
    """

    id: UUID
    kind: NotificationKind
    title: Text
    path: str
    subject_type: SubjectType
    subject_id: UUID
    profile_id: UUID | None
    profile: str | None
    network: str | None
    actor_id: UUID | None
    actor: str | None
    facts: dict[str, str]
    created_at: datetime
    read_at: datetime | None


class UnreadCount(BaseModel):
    """`more`: there are more than were counted."""

    unread: int
    more: bool


class ReadBody(Body):
    notification_ids: Annotated[list[UUID], Field(max_length=500)]


class ReadAllBody(Body):
    """With a `subject_id` only what is about that conversation, ticket, post or profile."""

    subject_id: UUID | None = None


class ReadView(BaseModel):
    """How many were unread until now."""

    read: int


class ChoiceBody(Body):
    in_app: bool
    email: EmailChoice


class PreferenceBody(Body):
    """The whole preference; kinds that are left out take their default.

    Times are in the person's own time zone; quiet hours may go over midnight.
    """

    choices: dict[NotificationKind, ChoiceBody]
    digest_at: LocalTime = time(8)
    quiet_from: LocalTime | None = None
    quiet_until: LocalTime | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.quiet_from is None) != (self.quiet_until is None):
            raise ValueError("Quiet hours have a beginning and an end.")
        return self

    @property
    def quiet(self) -> tuple[time, time] | None:
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return self.quiet_from, self.quiet_until


class ChoiceView(BaseModel):
    kind: NotificationKind
    title: Text
    in_app: bool
    email: EmailChoice


class PreferenceView(BaseModel):
    """`email_address` is where mail goes.

    `email_available`: whether this installation has a mail server at all.
    """

    choices: list[ChoiceView]
    digest_at: LocalTime
    quiet_from: LocalTime | None
    quiet_until: LocalTime | None
    time_zone: str
    email_address: str
    email_available: bool
