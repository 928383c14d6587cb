"""Bodies of connected profiles."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.team_directory.domain.connection import ConnectionState
from services.team_directory.schemas.common import Body, Moment

Answer = Annotated[str, StringConstraints(max_length=2000)]
Answers = Annotated[dict[str, Answer], Field(max_length=20)]


class FieldView(BaseModel):
    """One thing to ask a person for."""

    name: str
    label: str
    help: str
    secret: bool
    required: bool


class NetworkView(BaseModel):
    """A network that this installation can connect to, and what it asks for."""

    network: str
    label: str
    fields: list[FieldView]


class ConnectBody(Body):
    """`answers` has a value for each field of the network."""

    network: str = Field(max_length=40)
    answers: Answers = Field(default_factory=dict)


class ReconnectBody(Body):
    answers: Answers = Field(default_factory=dict)


class BegunView(BaseModel):
    """With an `authorize_url` the person must go there; without, the profile is connected."""

    profile_id: UUID
    authorize_url: str | None


class ProfileView(BaseModel):
    """A profile and the health of its connection; `token_renews` says that no person is needed."""

    id: UUID
    network: str
    external_id: str | None
    handle: str
    display_name: str
    avatar_url: str | None
    profile_url: str | None
    base_url: str | None
    state: ConnectionState
    code: str | None
    reason: str | None
    problems: list[str]
    scopes: list[str]
    connected_at: datetime | None
    connected_by: UUID | None
    checked_at: datetime | None
    token_expires_at: datetime | None
    token_renewed_at: datetime | None
    token_renews: bool


class CredentialsView(BaseModel):
    """For services of this installation only."""

    data: dict[str, Any]
    expires_at: datetime | None
    refreshable: bool


class NetworkAccountView(BaseModel):
    external_id: str
    handle: str
    base_url: str
    display_name: str
    avatar_url: str | None
    profile_url: str | None
    facts: dict[str, Any]


class OpenedProfileView(BaseModel):
    """All that a connector needs; `renewed_at` goes back as `if_older_than` to ask for newer."""

    network: str
    account: NetworkAccountView
    base_url: str
    credentials: CredentialsView
    scopes: list[str]
    state: ConnectionState
    renewed_at: datetime


class RefreshBody(Body):
    if_older_than: Moment


class ReportBody(Body):
    """What a service has found out by working with a profile; `code` is the network's error."""

    state: Literal["needs_person", "connected"]
    code: str = Field(default="", max_length=100)
    reason: str = Field(default="", max_length=1000)
