"""Workspaces, who belongs to them, and by which roles and teams."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Workspace(Versioned, Base):
    """A brand, or a client of an agency."""

    __tablename__ = "workspaces"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    time_zone: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class Member(InWorkspace, Versioned, Base):
    """A person in a workspace; the id is the person's.

    `profile_ids` None means every profile; `sight` None means what the roles say.
    `working_hours` maps a weekday (`mon`) to intervals `["09:00", "12:30"]`.
    """

    __tablename__ = "members"

    sight: Mapped[str | None] = mapped_column(Text)
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    working_hours: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    hours_time_zone: Mapped[str | None] = mapped_column(Text)
    joined_at: Mapped[datetime]


class Role(InWorkspace, Versioned, Base):
    """A role of a workspace.

    One that comes with Parley has only its `template`; all else about it stands in the code, so
    that it improves with each version. A custom one has no template.
    """

    __tablename__ = "roles"
    __table_args__ = (
        UniqueConstraint("workspace_id", "template"),
        UniqueConstraint("workspace_id", "name"),
    )

    template: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    duties: Mapped[str] = mapped_column(Text, default="")
    levels: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    sight: Mapped[str] = mapped_column(Text, default="all")


class MemberRole(Base):
    __tablename__ = "member_roles"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "role_id"], ["roles.workspace_id", "roles.id"]),
        Index(None, "workspace_id", "role_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    role_id: Mapped[UUID] = mapped_column(primary_key=True)


class Team(InWorkspace, Versioned, Base):
    __tablename__ = "teams"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    name: Mapped[str] = mapped_column(Text)
    lead_id: Mapped[UUID | None]


class TeamMember(Base):
    __tablename__ = "team_members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "team_id"], ["teams.workspace_id", "teams.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            ondelete="CASCADE",
        ),
        Index(None, "workspace_id", "member_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
