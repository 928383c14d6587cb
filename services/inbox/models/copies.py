"""The few fields that inbox keeps of what team_directory owns."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.inbox.models.base import Base
from shared.db.model import InWorkspace


class Profile(InWorkspace, Base):
    """A connected profile; `account` and `scopes` resolve its capabilities, without any secret.

    `connected_at` is when it was connected for the first time; None when that is not known.
    """

    __tablename__ = "profiles"

    network: Mapped[str] = mapped_column(Text)
    external_id: Mapped[str] = mapped_column(Text)
    handle: Mapped[str] = mapped_column(Text)
    display_name: Mapped[str] = mapped_column(Text)
    avatar_url: Mapped[str | None] = mapped_column(Text)
    base_url: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    account: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    connected_at: Mapped[datetime | None]


class Member(InWorkspace, Base):
    """A person who may be assigned; the row of one who left stays, because old work names them."""

    __tablename__ = "members"

    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text)
    active: Mapped[bool]
    profile_ids: Mapped[list[UUID] | None] = mapped_column(ARRAY(Uuid))


class Team(InWorkspace, Base):
    __tablename__ = "teams"

    name: Mapped[str] = mapped_column(Text)
    member_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    active: Mapped[bool]
