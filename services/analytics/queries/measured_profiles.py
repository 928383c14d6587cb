"""What networks count of profiles: now, by day, and how it grew."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.analytics.domain.engagement import ProfileMetric
from services.analytics.domain.growth import DayValue, Growth, growth
from services.analytics.domain.periods import Period
from services.analytics.errors import ProfileNotFoundError
from services.analytics.models import MeasuredProfile, ProfileDay, ProfileMeasure
from services.analytics.schemas.network_measures import (
    ComparedGrowthView,
    GrowthView,
    MeasuredProfileView,
    ProfileDayView,
    ProfileMeasureView,
)
from shared.db.transaction import ReadTx
from shared.identity import Identity

_PROFILES = MeasuredProfile.__table__.c
_SHOWN = tuple(_PROFILES[name] for name in MeasuredProfileView.model_fields if name != "measures")
_MEASURES = ProfileMeasure.__table__.c
_MEASURE = tuple(_MEASURES[name] for name in ProfileMeasureView.model_fields)


async def list_profiles(read: ReadTx, identity: Identity) -> list[MeasuredProfileView]:
    """The profiles that this person works with, by name, each with its latest measures."""
    statement = _visible(identity).order_by(_PROFILES.display_name, _PROFILES.id)
    return await _with_measures(read, await read.all(statement))


async def get_profile(read: ReadTx, identity: Identity, profile_id: UUID) -> MeasuredProfileView:
    rows = await read.all(_visible(identity).where(_PROFILES.id == profile_id))
    if not rows:
        raise ProfileNotFoundError
    return (await _with_measures(read, rows))[0]


async def list_days(
    read: ReadTx, identity: Identity, profile_id: UUID, period: Period
) -> list[ProfileDayView]:
    """How each day of the period ended; days without any answer of the network are left out."""
    await _demand(read, identity, profile_id)
    days: dict[date, dict[ProfileMetric, int]] = {}
    for metric, values in (await _days(read, profile_id, period)).items():
        for one in values:
            if one.day >= period.first:
                days.setdefault(one.day, {})[metric] = one.value
    return [ProfileDayView(day=day, values=days[day]) for day in sorted(days)]


async def compare_growth(
    read: ReadTx, identity: Identity, profile_id: UUID, period: Period
) -> list[ComparedGrowthView]:
    """How each measure grew in the period and in the equally long one before."""
    await _demand(read, identity, profile_id)
    earlier = period.before()
    days = await _days(read, profile_id, Period(earlier.first, period.last))
    return [
        ComparedGrowthView(
            metric=metric,
            period=_grown(growth(values, period)),
            before=_grown(growth(values, earlier)),
        )
        for metric, values in days.items()
    ]


def _visible(identity: Identity) -> Select[Any]:
    statement = select(*_SHOWN).where(_PROFILES.workspace_id == identity.workspace_id)
    if identity.profile_ids is not None:
        statement = statement.where(_PROFILES.id.in_(identity.profile_ids))
    return statement


async def _demand(read: ReadTx, identity: Identity, profile_id: UUID) -> None:
    if await read.first(_visible(identity).where(_PROFILES.id == profile_id)) is None:
        raise ProfileNotFoundError


async def _with_measures(read: ReadTx, rows: Sequence[Any]) -> list[MeasuredProfileView]:
    statement = (
        select(*_MEASURE, _MEASURES.profile_id)
        .where(
            _MEASURES.workspace_id == read.workspace_id,
            _MEASURES.profile_id.in_([row.id for row in rows]),
        )
        .order_by(_MEASURES.metric)
    )
    measures: dict[UUID, list[ProfileMeasureView]] = {row.id: [] for row in rows}
    for row in await read.all(statement) if rows else ():
        measures[row.profile_id].append(
            ProfileMeasureView.model_validate(row, from_attributes=True)
        )
    return [MeasuredProfileView(**row._mapping, measures=measures[row.id]) for row in rows]  # noqa: SLF001 -- public, despite its name.


async def _days(
    read: ReadTx, profile_id: UUID, period: Period
) -> dict[ProfileMetric, list[DayValue]]:
    """The values of a period and, of each measure, the last one before it; in order."""
    about = (
        ProfileDay.workspace_id == read.workspace_id,
        ProfileDay.profile_id == profile_id,
    )
    columns = (ProfileDay.metric, ProfileDay.day, ProfileDay.value)
    before = (
        select(*columns)
        .where(*about, ProfileDay.day < period.first)
        .ext(distinct_on(ProfileDay.metric))
        .order_by(ProfileDay.metric, ProfileDay.day.desc())
    )
    within = (
        select(*columns)
        .where(*about, ProfileDay.day.between(period.first, period.last))
        .order_by(ProfileDay.metric, ProfileDay.day)
    )
    found: dict[ProfileMetric, list[DayValue]] = defaultdict(list)
    for row in [*await read.all(before), *await read.all(within)]:
        found[ProfileMetric(row.metric)].append(DayValue(row.day, row.value))
    return found


def _grown(found: Growth | None) -> GrowthView | None:
    if found is None:
        return None
    return GrowthView(
        start_day=found.start.day,
        start=found.start.value,
        end_day=found.end.day,
        end=found.end.value,
        change=found.change,
        rate=found.rate,
    )
