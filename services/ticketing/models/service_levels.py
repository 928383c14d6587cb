"""What is promised to customers: calendars, policies and the clocks of each ticket."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.ticketing.models.base import Base
from shared.db.model import InWorkspace, Versioned


class Calendar(InWorkspace, Versioned, Base):
    """When somebody answers: `body` holds the zone, the week and the holidays."""

    __tablename__ = "calendars"

    name: Mapped[str] = mapped_column(Text)
    body: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Policy(InWorkspace, Versioned, Base):
    """Goals for some profiles; the one without any holds for all others."""

    __tablename__ = "policies"
    __table_args__ = (
        Index(
            "uq_policies_default",
            "workspace_id",
            unique=True,
            postgresql_where=text("profile_ids = '{}'"),
        ),
    )

    name: Mapped[str] = mapped_column(Text)
    calendar_id: Mapped[UUID]
    profile_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    goals: Mapped[dict[str, Any]] = mapped_column(JSONB)


class Clock(Base):
    """One target of one ticket, as `domain/clocks.py` knows it, and what was told about it."""

    __tablename__ = "clocks"

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    ticket_id: Mapped[UUID] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(Text, primary_key=True)
    run: Mapped[int]
    outcome: Mapped[str] = mapped_column(Text)
    goal: Mapped[timedelta | None]
    measure: Mapped[str | None] = mapped_column(Text)
    since: Mapped[datetime | None]
    spent_wall: Mapped[timedelta]
    spent_business: Mapped[timedelta]
    due_at: Mapped[datetime | None]
    near_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    near_told: Mapped[bool]
    missed_told: Mapped[bool]
