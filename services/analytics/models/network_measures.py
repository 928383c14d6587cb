"""What networks count: when it is asked for next, every answer, the latest, and days."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Double, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.analytics.models.base import Base
from shared.db.model import InWorkspace


class MeasuredProfile(InWorkspace, Base):
    """The copy of a profile; nothing is asked of its network before `resume_at`.

    `problem` is the code of what the network answered last, None when it answered well.
    """

    __tablename__ = "measured_profiles"

    network: Mapped[str] = mapped_column(Text)
    handle: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime]
    resume_at: Mapped[datetime | None]
    measured_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(Text)
    failures: Mapped[int] = mapped_column(default=0)


class MeasuredPost(InWorkspace, Base):
    """A post that stands on its network, or stood there until `gone_at`.

    `id` is that of its publication; one that was published elsewhere has no `post_id` and an `id`
    of its own. `followers` are those of the profile when it appeared; without `due_at` it is
    measured no more.
    """

    __tablename__ = "measured_posts"
    __table_args__ = (
        Index(
            "ix_measured_posts_due",
            "workspace_id",
            "profile_id",
            "due_at",
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("ix_measured_posts_external", "workspace_id", "profile_id", "external_id"),
        Index("ix_measured_posts_published", "workspace_id", "published_at", "id"),
    )

    post_id: Mapped[UUID | None]
    profile_id: Mapped[UUID]
    network: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    permalink: Mapped[str | None] = mapped_column(Text)
    excerpt: Mapped[str | None] = mapped_column(Text)
    published_at: Mapped[datetime]
    followers: Mapped[int | None] = mapped_column(BigInteger)
    due_at: Mapped[datetime | None]
    early_at: Mapped[datetime | None]
    measured_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]


class PostSnapshot(Base):
    """What a network said of a post at one moment; `names` are those that it uses itself."""

    __tablename__ = "post_snapshots"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    publication_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    names: Mapped[dict[str, str]] = mapped_column(JSONB)


class ProfileSnapshot(Base):
    """What a network said of a profile at one moment; kept for some months, its days for ever."""

    __tablename__ = "profile_snapshots"
    __table_args__ = (Index("ix_profile_snapshots_at", "at", postgresql_using="brin"),)

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB)
    names: Mapped[dict[str, str]] = mapped_column(JSONB)


class PostMeasure(Base):
    """The latest value of one measure of a post; what is calculated has no `provider_name`."""

    __tablename__ = "post_measures"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    publication_id: Mapped[UUID] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[float] = mapped_column(Double)
    provider_name: Mapped[str | None] = mapped_column(Text)
    measured_at: Mapped[datetime]


class ProfileMeasure(Base):
    """The latest value of one measure of a profile."""

    __tablename__ = "profile_measures"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    provider_name: Mapped[str] = mapped_column(Text)
    measured_at: Mapped[datetime]


class ProfileDay(Base):
    """The value with which a measure of a profile ended a day of its workspace."""

    __tablename__ = "profile_days"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(Text, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
    measured_at: Mapped[datetime]


class ContentDay(Base):
    """By how much the counts of all posts of a profile rose on a day of its workspace."""

    __tablename__ = "content_days"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    metric: Mapped[str] = mapped_column(Text, primary_key=True)
    gained: Mapped[int] = mapped_column(BigInteger)
