"""What people are told, how they want to be told, and who may see what it is about."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace


def _of_member(column: str) -> ForeignKeyConstraint:
    """What goes when the person leaves the workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", column], ["members.workspace_id", "members.id"], ondelete="CASCADE"
    )


class Notification(InWorkspace, Base):
    """One cause told to one person; ids are ordered by time.

    `matter` is what it is about, where that can be settled: withdrawn is what was raised before it
    was settled last, unless the person has read it.

    Whether the person may see it is not written down: it is asked anew each time.
    """

    __tablename__ = "notifications"
    __table_args__ = (
        _of_member("person_id"),
        UniqueConstraint("workspace_id", "person_id", "cause"),
        Index("ix_notifications_of_person", "workspace_id", "person_id", "created_at", "id"),
        Index(
            "ix_notifications_unread",
            "workspace_id",
            "person_id",
            postgresql_where=text("read_at IS NULL AND in_app"),
        ),
        Index(
            "ix_notifications_to_mail",
            "workspace_id",
            "person_id",
            postgresql_where=text("read_at IS NULL AND mail_id IS NULL AND email <> 'off'"),
        ),
        Index(
            "ix_notifications_mail_id",
            "workspace_id",
            "mail_id",
            postgresql_where=text("mail_id IS NOT NULL"),
        ),
        Index("ix_notifications_created_at", "created_at"),
        Index(
            "ix_notifications_matter",
            "workspace_id",
            "matter",
            postgresql_where=text("matter IS NOT NULL"),
        ),
    )

    person_id: Mapped[UUID]
    cause: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    subject_type: Mapped[str] = mapped_column(Text)
    subject_id: Mapped[UUID]
    module: Mapped[str] = mapped_column(Text)
    profile_id: Mapped[UUID | None]
    actor_id: Mapped[UUID | None]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    in_app: Mapped[bool]
    email: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_id: Mapped[UUID | None]
    matter: Mapped[str | None] = mapped_column(Text)
    raised_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class SettledMatter(Base):
    """Until when a matter was settled; what is raised later is news."""

    __tablename__ = "settled_matters"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    matter: Mapped[str] = mapped_column(Text, primary_key=True)
    settled_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class NotificationSubject(InWorkspace, Base):
    """Who has a conversation or a ticket, as its newest known version says."""

    __tablename__ = "notification_subjects"

    assignee_id: Mapped[UUID | None]
    team_id: Mapped[UUID | None]
    version: Mapped[int]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class NotificationPreference(InWorkspace, Base):
    """How a member wants to be told; the id is the person's. Without a row, defaults hold."""

    __tablename__ = "notification_preferences"
    __table_args__ = (_of_member("id"),)

    choices: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest_at: Mapped[time]
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
