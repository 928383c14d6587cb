"""What scheduler tells the others: what is planned, and what became of it on each profile.

Every event of a post lies on one topic, keyed by the post, so that they stay in order.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Restatable


class PublicationState(StrEnum):
    """Where one version of a post stands on its way to one profile."""

    DRAFT = "draft"
    PENDING = "pending"
    SENDING = "sending"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class PostState(StrEnum):
    """What the publications of a post add up to."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    PARTLY_PUBLISHED = "partly_published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


class PostEvent(Event):
    """What every event of a post says."""

    topic: ClassVar[str] = "scheduler.post"
    key_field: ClassVar[str] = "post_id"

    post_id: UUID
    post_version: int


class PostChanged(PostEvent):
    """A person wrote, planned or cancelled a post; `change` says which of these.

    It is one of `created`, `edited`, `scheduled`, `unscheduled` and `cancelled`.
    """

    type: ClassVar[str] = "scheduler.post_changed"

    change: str
    state: PostState
    profile_ids: tuple[UUID, ...]
    due_at: datetime | None = None
    zone: str | None = None
    by: UUID | None = None


class PublicationEvent(PostEvent):
    """What every event of one version of a post says; `due_at` is when it is to appear.

    `author_id` is who made the post.
    """

    publication_id: UUID
    profile_id: UUID
    network: str
    due_at: datetime
    author_id: UUID | None = None


class PublicationChanged(PublicationEvent, Restatable):
    """It moved to another state; `reason` is the code of a failure.

    `published_at` is when the network took it; what lies between it and `due_at` is the delay.
    `excerpt` is how its text begins, for those who list what was published.
    """

    type: ClassVar[str] = "scheduler.publication_changed"

    state: PublicationState
    published_at: datetime | None = None
    external_id: str | None = None
    permalink: str | None = None
    excerpt: str | None = None
    reason: str | None = None
    by: UUID | None = None


class PublicationAtRisk(PublicationEvent):
    """It will fail at its time unless somebody helps; `at_risk` false takes that back."""

    type: ClassVar[str] = "scheduler.publication_at_risk"

    at_risk: bool
    reason: str | None = None
