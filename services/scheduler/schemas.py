"""HTTP bodies of scheduler."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from shared.events.scheduler import PostState, PublicationState
from shared.networks.publishing import Publishing

Text = Annotated[str, Field(max_length=100_000)]
Alt = Annotated[str, Field(max_length=10_000)]


class ProfileView(BaseModel):
    """A profile that posts may be planned for; `may_publish` is false until it is connected.

    `limits` is what the network takes, None until that was read.
    """

    id: UUID
    network: str
    handle: str
    display_name: str
    state: str
    may_publish: bool
    limits: Publishing | None = None


class PictureBody(BaseModel):
    """A picture of the library in a post, with its description there."""

    asset_id: UUID
    alt: Alt = ""


Pictures = Annotated[list[PictureBody], Field(max_length=20)]


class TargetBody(BaseModel):
    """A profile to publish on; without an own text or media the post's go there."""

    profile_id: UUID
    text: Text | None = None
    media: Pictures | None = None


class PostBody(BaseModel):
    text: Text = ""
    media: Pictures = Field(default_factory=list)
    targets: list[TargetBody] = Field(default_factory=list, max_length=50)

    @model_validator(mode="after")
    def _each_profile_once(self) -> "PostBody":
        ids = [target.profile_id for target in self.targets]
        if len(set(ids)) < len(ids):
            raise ValueError("Each profile is named once.")
        return self


class EditBody(PostBody):
    expected_version: int


class ValidateBody(PostBody):
    """`post_id` is the post that this is to become, if there is one."""

    post_id: UUID | None = None


class SeenBody(BaseModel):
    """What the person has seen: a post that moved on since is not touched."""

    expected_version: int


class ScheduleBody(SeenBody):
    """The time on the clocks of `zone` (an IANA name), without an offset."""

    wall_time: datetime
    zone: str = Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+\-/]+$")


class DecisionBody(BaseModel):
    decision: Literal["published", "not_published", "publish_again"]


class RemarkView(BaseModel):
    """`severity` error keeps the post from being published on this profile; warning does not."""

    profile_id: UUID
    severity: Literal["error", "warning"]
    field: str
    code: str
    text: str
    limit: int | None = None


class PublicationView(BaseModel):
    id: UUID
    profile_id: UUID
    text: str | None
    media: list[PictureBody] | None
    state: PublicationState
    due_at: datetime | None
    published_at: datetime | None
    attempts: int
    external_id: str | None
    permalink: str | None
    error_code: str | None
    error_detail: str | None
    at_risk: bool
    risk_code: str | None
    risk_detail: str | None


class PostView(BaseModel):
    """A post with all its targets; `wall_time` in `zone` is what was meant by `due_at`."""

    id: UUID
    text: str
    media: list[PictureBody]
    state: PostState
    due_at: datetime | None
    zone: str | None
    wall_time: str | None
    created_by: UUID
    created_at: datetime
    updated_at: datetime
    version: int
    targets: list[PublicationView]


class AssetView(BaseModel):
    id: UUID
    content_type: str
    size: int
    width: int
    height: int
    alt: str
    uploaded_by: UUID
    uploaded_at: datetime
