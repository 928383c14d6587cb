"""Bodies of what networks count of profiles and posts."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from services.analytics.domain.definitions.wording import Language, Unit
from services.analytics.domain.engagement import PostMetric, ProfileMetric


class ProfileMeasureView(BaseModel):
    """The latest value, and the name that the network itself has for it."""

    metric: ProfileMetric
    value: int
    provider_name: str
    measured_at: datetime


class MeasuredProfileView(BaseModel):
    """A profile with what its network counts; what a network does not give is absent.

    `problem` is the code of the last answer where the network did not tell.
    """

    id: UUID
    network: str
    handle: str
    display_name: str
    state: str
    measured_at: datetime | None
    problem: str | None
    measures: list[ProfileMeasureView]


class ProfileDayView(BaseModel):
    """The values with which a day ended, in the workspace's time zone; unknown ones are absent."""

    day: date
    values: Mapping[ProfileMetric, int]


class GrowthView(BaseModel):
    """From the last value of one day to that of another; `rate` is a share of the first value."""

    start_day: date
    start: int
    end_day: date
    end: int
    change: int
    rate: float | None


class ComparedGrowthView(BaseModel):
    """The growth in a period beside that of the equally long period immediately before."""

    metric: ProfileMetric
    period: GrowthView | None
    before: GrowthView | None


class PostMeasureView(BaseModel):
    """A count of the network by its own name, or a number that is calculated and has none."""

    metric: PostMetric
    value: float = Field(description="A whole number where it is a count, else a share from 0.")
    provider_name: str | None
    measured_at: datetime


class MeasuredPostView(BaseModel):
    """A published post with its latest measures; `id` is that of its publication.

    What was published in the network's own app or with another tool has no `post_id`.
    Since `gone_at` it no longer stands on its network, and what was counted before is kept.
    """

    id: UUID
    post_id: UUID | None
    profile_id: UUID
    network: str
    permalink: str | None
    excerpt: str | None
    published_at: datetime
    measured_at: datetime | None
    gone_at: datetime | None
    measures: list[PostMeasureView]


class PostPointView(BaseModel):
    """What the network counted at one moment."""

    at: datetime
    counts: Mapping[str, int]


class PostCurveView(MeasuredPostView):
    """One post with everything that was ever counted of it, oldest first."""

    due_at: datetime | None
    followers: int | None = Field(description="Followers of the profile when it was published.")
    curve: list[PostPointView]


class ContentDayView(BaseModel):
    """By how much the counts of all posts of a profile rose on a day."""

    profile_id: UUID
    day: date
    metric: PostMetric
    gained: int


class MeasuredThing(StrEnum):
    PROFILE = "profile"
    POST = "post"


class NetworkMeasureView(BaseModel):
    """A measure in words.

    Where `additive` is false, values must not be added up over posts, days or profiles.
    """

    of: MeasuredThing
    metric: str
    unit: Unit
    additive: bool
    name: str
    meaning: str
    formula: str
    excluded: str


class NetworkMeasuresView(BaseModel):
    language: Language
    measures: list[NetworkMeasureView]
