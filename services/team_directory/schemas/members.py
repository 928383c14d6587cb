"""Bodies of members and teams."""

from datetime import datetime, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema

from services.team_directory.schemas.common import Body, Locale, Name, TimeZone, Word
from shared.permissions import Level, Module, Right, Sight

Ids = Annotated[list[UUID], Field(max_length=200)]


def _local(moment: time) -> time:
    if moment.tzinfo is not None:
        raise ValueError("Hours are local; their time zone stands in hours_time_zone.")
    return moment


# JSON Schema's own `time` has an offset, which the time of a person's day has not.
_JSON_TIME = {"type": "string", "pattern": r"^\d\d:\d\d(:\d\d(\.\d+)?)?$"}
LocalTime = Annotated[time, AfterValidator(_local), WithJsonSchema(_JSON_TIME)]
Hours = dict[str, Annotated[list[tuple[LocalTime, LocalTime]], Field(max_length=12)]]


class EditMemberBody(Body):
    """Only what is named is changed. `profile_ids` null means every profile."""

    version: int
    name: Name | None = None
    locale: Locale | None = None
    time_zone: TimeZone | None = None
    role_ids: Ids | None = None
    team_ids: Ids | None = None
    profile_ids: Ids | None = None
    sight: Sight | None = None
    skills: Annotated[list[Word], Field(max_length=50)] | None = None
    languages: Annotated[list[Locale], Field(max_length=20)] | None = None
    working_hours: Hours | None = None
    hours_time_zone: TimeZone | None = None

    def changes(self) -> dict[str, Any]:
        """What the caller has named; null is a value only where it means something."""
        nullable = {"profile_ids", "sight", "hours_time_zone"}
        named = self.model_fields_set - {"version"}
        return {
            name: value
            for name in EditMemberBody.model_fields
            if name in named and ((value := getattr(self, name)) is not None or name in nullable)
        }


class MemberSummary(BaseModel):
    """One line of the directory."""

    id: UUID
    name: str
    email: str
    role_ids: list[UUID]
    team_ids: list[UUID]
    skills: list[str]
    languages: list[str]


class EffectiveAccess(BaseModel):
    """What all roles of a member add up to."""

    levels: dict[Module, Level]
    rights: list[Right]
    sight: Sight


class MemberView(MemberSummary):
    """A member; `sight` null means what the roles say, `profile_ids` null every profile."""

    access: EffectiveAccess

    locale: str
    time_zone: str
    profile_ids: list[UUID] | None
    sight: Sight | None
    working_hours: dict[str, list[tuple[str, str]]]
    hours_time_zone: str | None
    joined_at: datetime
    second_factor: bool
    version: int


class TeamBody(Body):
    name: Name
    lead_id: UUID | None = None
    member_ids: Ids = Field(default_factory=list)


class EditTeamBody(TeamBody):
    version: int


class TeamView(BaseModel):
    id: UUID
    name: str
    lead_id: UUID | None
    member_ids: list[UUID]
    version: int


class ResetLinkView(BaseModel):
    """The end of a link to a new password; shown once, good for a day."""

    token: str
    path: str
    mailed: bool
