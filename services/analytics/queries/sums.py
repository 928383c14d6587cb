"""Adding up totals: one statement over the coarsest table that can answer."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    Integer,
    Label,
    and_,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)

from services.analytics.domain.figures import (
    DURATION_CLOCKS,
    MOMENT,
    MOMENT_CLOCKS,
    HoursMode,
    Sums,
)
from services.analytics.domain.measurement import Measure
from services.analytics.domain.periods import Period
from services.analytics.models import DayTotal, DetailTotal, ProfileTotal
from services.analytics.queries.frame import Frame
from services.analytics.repository.visibility import profiles
from services.analytics.schemas.reports import Dimension, ReportFilters
from shared.db.transaction import ReadTx
from shared.identity import Identity

Table = type[DayTotal] | type[ProfileTotal] | type[DetailTotal]
Cells = Mapping[Any, Sums]

_DETAILED = {
    Dimension.KIND,
    Dimension.PERSON,
    Dimension.TEAM,
    Dimension.HOUR,
    Dimension.HOUR_OF_WEEK,
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the totals of one generation in somebody's name, as the filters narrow them."""

    read: ReadTx
    identity: Identity
    frame: Frame
    wanted: ReportFilters

    async def cells(
        self,
        measures: Collection[Measure],
        period: Period,
        by: Dimension | None = None,
        cell: Callable[[Any], Any] = lambda key: key,
    ) -> Cells:
        """The sums of a period, apart by `by`, in the cell that `cell` names for each key."""
        table = self._table(by)
        return await self._sums(
            table,
            by,
            cell,
            table.measure.in_([measure.value for measure in measures]),
            table.day.between(period.first, period.last),
            _in_hours(table, self.wanted.hours),
        )

    async def until(
        self, measures: Collection[Measure], last: date, by: Dimension | None = None
    ) -> Cells:
        """The sums of everything up to a day, at all hours."""
        table = self._table(by)
        return await self._sums(
            table,
            by,
            lambda key: key,
            table.measure.in_([measure.value for measure in measures]),
            table.day <= last,
            _in_hours(table, HoursMode.ALL),
        )

    async def _sums(
        self,
        table: Table,
        by: Dimension | None,
        cell: Callable[[Any], Any],
        *conditions: ColumnElement[bool],
    ) -> Cells:
        # Adding up whole numbers as floats is exact below 2^53, and much faster than as numerics.
        seconds = func.sum(cast(table.total, Double))
        sums = (
            select(
                _key(table, by),
                table.measure,
                table.bucket,
                func.sum(table.count).label("size"),
                seconds.label("seconds"),
            )
            .where(
                table.workspace_id == self.read.workspace_id,
                table.generation == self.frame.generation,
                *self._narrowed(table),
                *conditions,
            )
            .group_by("key", table.measure, table.bucket)
            .subquery()
        )
        # One row a histogram: rows are what costs in Python.
        histograms = select(
            sums.c.key,
            sums.c.measure,
            *(func.array_agg(sums.c[name]).label(name) for name in ("bucket", "size", "seconds")),
        ).group_by(sums.c.key, sums.c.measure)
        found: dict[Any, Sums] = {}
        for row in await self.read.all(histograms):
            added = found.setdefault(cell(row.key), Sums())
            for bucket, size, total in zip(row.bucket, row.size, row.seconds, strict=True):
                added.add(row.measure, bucket, size, int(total))
        return found

    def _table(self, by: Dimension | None) -> Table:
        wanted = self.wanted
        if by in _DETAILED or any((wanted.kind, wanted.person_id, wanted.team_id, wanted.hour)):
            return DetailTotal
        limited = self.identity.profile_ids is not None or bool(wanted.profile_id)
        return ProfileTotal if limited or by is Dimension.PROFILE else DayTotal

    def _narrowed(self, table: Table) -> list[ColumnElement[bool]]:
        wanted = self.wanted
        found: list[ColumnElement[bool]] = []
        if wanted.weekday:
            found.append(_weekday(table).in_(wanted.weekday))
        if issubclass(table, ProfileTotal | DetailTotal):
            found += profiles(self.identity, table.profile_id)
            found += _among((table.profile_id, wanted.profile_id))
        if issubclass(table, DetailTotal):
            found += _among(
                (table.kind, wanted.kind),
                (table.person_id, wanted.person_id),
                (table.team_id, wanted.team_id),
                (table.hour, wanted.hour),
            )
        return found


def _among(*chosen: tuple[Any, Sequence[Any]]) -> list[ColumnElement[bool]]:
    """Conditions for the columns of which certain values are asked for."""
    return [column.in_(values) for column, values in chosen if values]


def _in_hours(table: Table, mode: HoursMode) -> ColumnElement[bool]:
    moments = [clock.value for clock in MOMENT_CLOCKS[mode]]
    durations = [clock.value for clock in DURATION_CLOCKS[mode]]
    if sorted(moments) == sorted(durations):
        return table.clock.in_(moments)
    return or_(
        and_(table.bucket == MOMENT, table.clock.in_(moments)),
        and_(table.bucket > MOMENT, table.clock.in_(durations)),
    )


def _key(table: Table, by: Dimension | None) -> Label[Any]:
    match by:
        case None:
            return literal(None).label("key")
        case Dimension.DAY:
            return table.day.label("key")
        case Dimension.WEEKDAY:
            return _weekday(table).label("key")
        case Dimension.HOUR_OF_WEEK:
            hour: ColumnElement[int] = table.__table__.c.hour
            return ((_weekday(table) - 1) * 24 + hour).label("key")
        case Dimension.HOUR | Dimension.KIND:
            return table.__table__.c[by.value].label("key")
        case _:
            return table.__table__.c[f"{by.value}_id"].label("key")


def _weekday(table: Table) -> ColumnElement[int]:
    """1 is Monday."""
    return cast(extract("isodow", table.day), Integer)
