"""The numbers themselves: measurements, and what they add up to.

A workspace has one generation of numbers that is read. Another is made beside it whenever
everything is counted again, and takes its place when it is complete.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, SmallInteger, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.analytics.models.base import Base


class Book(Base):
    """A generation, with the zone and the calendars by which it is counted."""

    __tablename__ = "books"
    __table_args__ = (
        Index(
            "uq_books_current",
            "workspace_id",
            unique=True,
            postgresql_where=text("state = 'current'"),
        ),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    begun_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Measurement(Base):
    """One occurrence, as `domain/measurement.py` knows it: what stands behind the numbers."""

    __tablename__ = "measurements"
    __table_args__ = (
        Index("ix_measurements_newest", "workspace_id", "generation", "measure", "at", "item_id"),
    )

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True)
    generation: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    day: Mapped[date]
    hour: Mapped[int] = mapped_column(SmallInteger)
    profile_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(Text)
    person_id: Mapped[UUID]
    team_id: Mapped[UUID]
    off: Mapped[bool]
    wall: Mapped[int | None]
    business: Mapped[int | None]


class Total(Base):
    """How many measurements fall on a day and into a bucket, and what their durations add up to."""

    __abstract__ = True

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-6)
    generation: Mapped[int] = mapped_column(primary_key=True, sort_order=-5)
    measure: Mapped[str] = mapped_column(Text, primary_key=True, sort_order=-4)
    day: Mapped[date] = mapped_column(primary_key=True, sort_order=-3)
    clock: Mapped[str] = mapped_column(Text, primary_key=True, sort_order=-2)
    bucket: Mapped[int] = mapped_column(SmallInteger, primary_key=True, sort_order=-1)
    count: Mapped[int] = mapped_column(sort_order=1)
    total: Mapped[int] = mapped_column(BigInteger, sort_order=2)


class DayTotal(Total):
    """Over all profiles: what somebody who sees all of them looks at first."""

    __tablename__ = "totals_by_day"


class ProfileTotal(Total):
    __tablename__ = "totals_by_profile"

    profile_id: Mapped[UUID] = mapped_column(primary_key=True)


class DetailTotal(Total):
    """By everything that can be asked for."""

    __tablename__ = "totals_by_detail"

    profile_id: Mapped[UUID] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(Text, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(primary_key=True)
