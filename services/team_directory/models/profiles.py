"""Connected profiles, and what opens them (encrypted)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Profile(InWorkspace, Versioned, Base):
    """An account on a network; without an `external_id` it has never been connected.

    `account_key` is the external id made unique over all servers of its network.
    """

    __tablename__ = "profiles"
    __table_args__ = (UniqueConstraint("workspace_id", "network", "account_key"),)

    network: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str | None] = mapped_column(Text)
    account_key: Mapped[str | None] = mapped_column(Text)
    handle: Mapped[str] = mapped_column(Text, default="")
    display_name: Mapped[str] = mapped_column(Text, default="")
    avatar_url: Mapped[str | None] = mapped_column(Text)
    profile_url: Mapped[str | None] = mapped_column(Text)
    base_url: Mapped[str | None] = mapped_column(Text)
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    state: Mapped[str] = mapped_column(Text)
    code: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    problems: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    connected_by: Mapped[UUID | None]
    connected_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ProfileCredential(InWorkspace, Base):
    """The credentials of the profile with the same id."""

    __tablename__ = "profile_credentials"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "id"], ["profiles.workspace_id", "profiles.id"], ondelete="CASCADE"
        ),
    )

    ciphertext: Mapped[bytes]
    key_id: Mapped[str] = mapped_column(Text)
    expires_at: Mapped[datetime | None]
    refreshable: Mapped[bool]
    renewed_at: Mapped[datetime]


class ConnectionAttempt(InWorkspace, Base):
    """What must be kept while a person is away on the network's consent page."""

    __tablename__ = "connection_attempts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "profile_id"],
            ["profiles.workspace_id", "profiles.id"],
            ondelete="CASCADE",
        ),
    )

    profile_id: Mapped[UUID]
    person_id: Mapped[UUID]
    ciphertext: Mapped[bytes]
    expires_at: Mapped[datetime]
