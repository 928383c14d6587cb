"""Bodies of signing in: between the gateway and team_directory, and of a person's own account."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.team_directory.schemas.common import (
    Body,
    Code,
    Email,
    Locale,
    Name,
    Password,
    TimeZone,
)


class SetupState(BaseModel):
    needed: bool


class PersonView(BaseModel):
    id: UUID
    name: str
    email: str
    locale: str
    time_zone: str


class WorkspaceName(BaseModel):
    id: UUID
    name: str


class SessionView(BaseModel):
    """A fresh session; `token` belongs into the cookie and is shown only here."""

    token: str
    expires_at: datetime
    person: PersonView
    workspaces: list[WorkspaceName]


class FromBrowser(Body):
    """Where the person sits, as the gateway has seen it."""

    ip: str = Field(default="", max_length=100)
    user_agent: str = Field(default="", max_length=1000)


class SetupBody(FromBrowser):
    name: Name
    email: Email
    password: Password
    workspace_name: Name
    time_zone: TimeZone = "UTC"
    locale: Locale = "en"


class LoginBody(FromBrowser):
    email: str = Field(max_length=254)
    password: Password
    code: Code | None = None


class ResolveSessionBody(Body):
    """Without a workspace it is the one that the person joined first."""

    token: str = Field(max_length=200)
    workspace_id: UUID | None = None
    ip: str = Field(default="", max_length=100)


class ResolvedSessionView(BaseModel):
    """With a `rotated_token` the browser's cookie is to be changed; the old one soon ends."""

    identity: dict[str, Any]
    expires_at: datetime
    rotated_token: str | None
    person: PersonView
    workspaces: list[WorkspaceName]


class EndSessionBody(Body):
    token: str = Field(max_length=200)
    everywhere: bool = False


class ResolveKeyBody(Body):
    key: str = Field(max_length=200)
    ip: str = Field(default="", max_length=100)


class ResolvedKeyView(BaseModel):
    identity: dict[str, Any]
    expires_at: datetime | None


class AcceptInvitationBody(FromBrowser):
    """Somebody who has an account already gives its password, and the code where it needs one."""

    name: Name
    password: Password
    locale: Locale = "en"
    time_zone: TimeZone = "UTC"
    code: Code | None = None


class InvitationPreview(BaseModel):
    """`has_account` tells the page to ask for the password that there is."""

    workspace_name: str
    inviter: str
    email: str
    has_account: bool


class ForgottenPasswordBody(FromBrowser):
    email: Email


class ResetPasswordBody(FromBrowser):
    password: Password
