"""Bodies of API keys and invitations."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.team_directory.domain.access import Access
from services.team_directory.schemas.common import Body, Email, Moment, Name
from services.team_directory.schemas.members import Ids
from shared.permissions import Level, Module, Right, Sight


class ApiKeyBody(Body):
    """`profile_ids` null means every profile that its maker may use."""

    name: Name
    levels: dict[Module, Level]
    rights: list[Right] = Field(default_factory=list)
    profile_ids: Ids | None = None
    expires_at: Moment | None = None

    def access(self) -> Access:
        return Access(
            levels=self.levels,
            rights=frozenset(self.rights),
            profile_ids=None if self.profile_ids is None else frozenset(self.profile_ids),
        )


class CreatedKeyView(BaseModel):
    """`secret` is shown only here; send it as `Authorization: Bearer ...`."""

    id: UUID
    secret: str


class ApiKeyView(BaseModel):
    id: UUID
    name: str
    prefix: str
    creator_id: UUID
    levels: dict[Module, Level]
    rights: list[Right]
    profile_ids: list[UUID] | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None
    used_from: str | None


class InviteBody(Body):
    """One or many addresses, all with the same access."""

    emails: Annotated[list[Email], Field(min_length=1, max_length=100)]
    role_ids: Annotated[list[UUID], Field(min_length=1, max_length=20)]
    team_ids: Ids = Field(default_factory=list)
    profile_ids: Ids | None = None
    sight: Sight | None = None
    days: Annotated[int, Field(ge=1, le=60)] = 7

    @property
    def lifetime(self) -> timedelta:
        return timedelta(days=self.days)


class SentInvitationView(BaseModel):
    """`token` is the secret end of the link and shown only here; `path` is where it leads.

    `mailed`: it goes to the address by mail as well.
    """

    id: UUID
    email: str
    token: str
    path: str
    mailed: bool


class InvitationView(BaseModel):
    id: UUID
    email: str
    role_ids: list[UUID]
    team_ids: list[UUID]
    profile_ids: list[UUID] | None
    sight: Sight | None
    invited_by: UUID
    created_at: datetime
    expires_at: datetime
    expired: bool
