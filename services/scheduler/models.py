"""The tables of scheduler."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from shared.db.model import InWorkspace, Row, Versioned, service_metadata


class Base(Row):
    __abstract__ = True
    metadata = service_metadata()


class Profile(InWorkspace, Base):
    """Scheduler's copy of a profile; `account` and `scopes` say what it can take, no secret."""

    __tablename__ = "profiles"

    network: Mapped[str] = mapped_column(Text)
    handle: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    account: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)


class Post(InWorkspace, Versioned, Base):
    """What is to be said; `wall_time` in `zone` is what a person meant by `due_at`."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'scheduled', 'publishing', 'published', 'partly_published',"
            " 'failed', 'unknown', 'cancelled')",
            name="state",
        ),
        Index("ix_posts_by_time", "workspace_id", "due_at", "id"),
        Index("ix_posts_newest", "workspace_id", "created_at", "id"),
    )

    text: Mapped[str] = mapped_column(Text)
    media: Mapped[list[dict[str, str]]] = mapped_column(JSONB, default=list)
    state: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime | None]
    zone: Mapped[str | None] = mapped_column(Text)
    wall_time: Mapped[str | None] = mapped_column(Text)
    created_by: Mapped[UUID]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Publication(InWorkspace, Versioned, Base):
    """A post on its way to one profile; `text` and `media` None are those of the post.

    `key` is made before the network is called for the first time: from then on a silence is
    `unknown` and is settled by reading back, never by sending again.
    """

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'pending', 'sending', 'published', 'failed', 'unknown',"
            " 'cancelled')",
            name="state",
        ),
        UniqueConstraint("workspace_id", "post_id", "profile_id", name="uq_publications_target"),
        Index("ix_publications_by_profile", "workspace_id", "profile_id", "state", "due_at"),
    )

    post_id: Mapped[UUID]
    profile_id: Mapped[UUID]
    text: Mapped[str | None] = mapped_column(Text)
    media: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    fingerprint: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    key: Mapped[UUID | None]
    attempts: Mapped[int] = mapped_column(default=0)
    first_sent_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    external_id: Mapped[str | None] = mapped_column(Text)
    permalink: Mapped[str | None] = mapped_column(Text)
    error_code: Mapped[str | None] = mapped_column(Text)
    error_detail: Mapped[str | None] = mapped_column(Text)
    at_risk: Mapped[bool] = mapped_column(default=False)
    risk_code: Mapped[str | None] = mapped_column(Text)
    risk_detail: Mapped[str | None] = mapped_column(Text)


class Asset(InWorkspace, Base):
    """A picture in the library; its bytes lie in the file store under `name`."""

    __tablename__ = "assets"
    __table_args__ = (Index("ix_assets_newest", "workspace_id", "uploaded_at", "id"),)

    name: Mapped[str] = mapped_column(Text)
    content_type: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(BigInteger)
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[str] = mapped_column(Text)
    uploaded_by: Mapped[UUID]
    uploaded_at: Mapped[datetime]
