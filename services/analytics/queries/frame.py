"""What a report says about itself: its period, its zone, its calendars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Text, cast, select

from services.analytics.domain.hours import Hours, hours_in
from services.analytics.domain.periods import Period
from services.analytics.models import Book
from services.analytics.schemas.reports import CalendarUsed, ComparedFilters, PeriodView
from shared.db.transaction import ReadTx
from shared.identity import Identity


@dataclass(frozen=True, slots=True)
class Frame:
    """The generation that is read, and the periods that are asked for."""

    generation: int
    hours: Hours
    counted_at: datetime | None
    period: Period
    before: Period | None

    def start_of(self, period: Period) -> datetime:
        return datetime.combine(period.first, time(), self.hours.zone).astimezone(UTC)

    def end_of(self, period: Period) -> datetime:
        """The first moment after the period."""
        day = period.last + timedelta(days=1)
        return datetime.combine(day, time(), self.hours.zone).astimezone(UTC)

    def said(self, identity: Identity, wanted: ComparedFilters) -> dict[str, Any]:
        """The fields that every report has in common."""
        return {
            "period": _view(self.period),
            "before": None if self.before is None else _view(self.before),
            "hours": wanted.hours,
            "time_zone": self.hours.zone.key,
            "calendars": _calendars(self, identity),
            "counted_at": self.counted_at,
        }


async def load_frame(read: ReadTx, period: Period, *, compare: bool = False) -> Frame:
    """The frame in which numbers are read; a workspace of which nothing is known yet has none."""
    row = await read.first(
        select(
            Book.generation, cast(Book.settings, Text).label("settings"), Book.finished_at
        ).where(Book.workspace_id == read.workspace_id, Book.state == "current")
    )
    before = period.before() if compare else None
    if row is None:
        return Frame(0, Hours(ZoneInfo("UTC")), None, period, before)
    return Frame(row.generation, hours_in(row.settings), row.finished_at, period, before)


def _view(period: Period) -> PeriodView:
    return PeriodView(first=period.first, last=period.last)


def _calendars(frame: Frame, identity: Identity) -> list[CalendarUsed]:
    """What holds at the end of the period: first the calendar of all profiles that none names."""
    regime = frame.hours.regime(frame.end_of(frame.period))
    if regime is None:
        return [CalendarUsed(calendar_id=None, name=None, time_zone=None, profile_ids=[])]
    named: Mapping[UUID, UUID] = regime.by_profile
    used = [regime.calendar(UUID(int=0)), *(regime.calendar(profile) for profile in named)]
    profiles: dict[UUID | None, list[UUID]] = {used[0].id: []}
    for profile_id in sorted(named):
        calendar = regime.calendar(profile_id)
        if identity.sees_profile(profile_id) and calendar.id != used[0].id:
            profiles.setdefault(calendar.id, []).append(profile_id)
    by_id = {calendar.id: calendar for calendar in used}
    return [
        CalendarUsed(
            calendar_id=id_,
            name=by_id[id_].name,
            time_zone=None if id_ is None else by_id[id_].calendar.zone,
            profile_ids=some,
        )
        for id_, some in profiles.items()
    ]
