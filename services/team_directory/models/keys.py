"""Secrets that are handed out for one workspace: API keys and invitations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Uuid

from services.team_directory.models.base import Base
from shared.db.model import InWorkspace


class SecretLookup(Base):
    """From the digest of a secret that somebody shows to what it opens, and in which workspace."""

    __tablename__ = "secret_lookups"

    digest: Mapped[bytes] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    workspace_id: Mapped[UUID]
    target_id: Mapped[UUID] = mapped_column(index=True)


class ApiKey(InWorkspace, Base):
    """What a key may do is the lesser of this and of what its creator may do at the moment."""

    __tablename__ = "api_keys"

    name: Mapped[str] = mapped_column(Text)
    prefix: Mapped[str] = mapped_column(Text)
    creator_id: Mapped[UUID]
    levels: Mapped[dict[str, int]] = mapped_column(JSONB)
    rights: Mapped[list[str]] = mapped_column(ARRAY(Text))
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    used_from: Mapped[str | None] = mapped_column(Text)


class Invitation(InWorkspace, Base):
    """An open door for one e-mail address, with the access that waits behind it."""

    __tablename__ = "invitations"

    email: Mapped[str] = mapped_column(Text)
    role_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    team_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid))
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))
    sight: Mapped[str | None] = mapped_column(Text)
    invited_by: Mapped[UUID]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
