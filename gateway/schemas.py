"""Bodies of the gateway's own routes."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr

from shared.identity import ActorKind
from shared.permissions import Level, Module, Right, Sight

_SECRET_LENGTH = 1024


class Login(BaseModel):
    """`code` is a one-time code or a recovery code, once the answer has asked for one."""

    email: str = Field(min_length=3, max_length=320)
    password: SecretStr = Field(min_length=1, max_length=_SECRET_LENGTH)
    code: str | None = Field(default=None, max_length=64)


class FirstOwner(BaseModel):
    """The first person of an installation and its first workspace."""

    name: str = Field(min_length=1, max_length=200)
    email: str = Field(min_length=3, max_length=320)
    password: SecretStr = Field(min_length=1, max_length=_SECRET_LENGTH)
    workspace_name: str = Field(min_length=1, max_length=200)
    time_zone: str = Field(default="UTC", max_length=64)
    locale: str = Field(default="en", max_length=16)


class InvitedPerson(BaseModel):
    """What somebody who was invited says about themselves.

    Who has an account already gives its password, and the code where it needs one.
    """

    name: str = Field(min_length=1, max_length=200)
    password: SecretStr = Field(min_length=1, max_length=_SECRET_LENGTH)
    time_zone: str = Field(default="UTC", max_length=64)
    locale: str = Field(default="en", max_length=16)
    code: str | None = Field(default=None, max_length=64)


class ForgottenPassword(BaseModel):
    email: str = Field(min_length=3, max_length=320)


class NewPassword(BaseModel):
    password: SecretStr = Field(min_length=1, max_length=_SECRET_LENGTH)


class PersonView(BaseModel):
    id: UUID
    name: str
    email: str
    locale: str
    time_zone: str


class WorkspaceView(BaseModel):
    id: UUID
    name: str


class SessionView(BaseModel):
    """A session that has just begun; its token is in the cookie and nowhere else."""

    person: PersonView
    workspaces: list[WorkspaceView]
    expires_at: datetime


class WhoView(BaseModel):
    """Who is asking, in which workspace, and what the role there allows."""

    actor_id: UUID
    kind: ActorKind
    workspace_id: UUID
    person: PersonView | None = None
    workspaces: list[WorkspaceView] = []
    levels: dict[Module, Level]
    rights: list[Right]
    sight: Sight
    team_ids: list[UUID]
    profile_ids: list[UUID] | None


class SetupView(BaseModel):
    needed: bool


class InvitationView(BaseModel):
    workspace_name: str
    inviter: str
    email: str
    has_account: bool = False


class PresenceState(StrEnum):
    VIEWING = "viewing"
    TYPING = "typing"
    LEFT = "left"


class PresenceSignal(BaseModel):
    """What somebody does with a conversation; said again while it lasts, or it is forgotten."""

    conversation_id: UUID
    state: PresenceState


class HealthView(BaseModel):
    """`ready` is false while a part does not answer; `parts` says which."""

    ready: bool
    parts: dict[str, str]
