"""Reports: the numbers of a period, over its days, and by whom or what they are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.analytics.domain.figures import Figure, Sums, figure
from services.analytics.domain.measurement import NOBODY
from services.analytics.domain.metrics import RECIPES, Metric, Shape, measures_of
from services.analytics.domain.periods import Period
from services.analytics.queries.backlog import backlog_at, backlog_by_day, carries_backlog
from services.analytics.queries.frame import Frame, load_frame
from services.analytics.queries.render import number, view
from services.analytics.queries.sums import Cells, Reader
from services.analytics.schemas import reports as bodies
from services.analytics.schemas.reports import Dimension, Interval
from shared.db.transaction import ReadTx
from shared.identity import Identity

_EMPTY = Sums()
_ORDERED = {Dimension.HOUR, Dimension.WEEKDAY, Dimension.HOUR_OF_WEEK, Dimension.DAY}
Figures = Mapping[Metric, Figure]


async def overview(
    read: ReadTx, identity: Identity, wanted: bodies.OverviewQuery
) -> bodies.OverviewView:
    """Every number of a period, beside the one of the period before."""
    frame = await _frame(read, wanted)
    metrics = tuple(dict.fromkeys(wanted.metric)) or tuple(Metric)
    reader = Reader(read, identity, frame, wanted)
    now = (await _figures(reader, metrics, frame.period, None)).get(None, {})
    before = await _before(reader, metrics, None)
    return bodies.OverviewView(
        **frame.said(identity, wanted),
        numbers=_numbers(metrics, now, None if before is None else before.get(None, {})),
    )


async def breakdown(
    read: ReadTx, identity: Identity, wanted: bodies.BreakdownQuery
) -> bodies.BreakdownView:
    """The numbers of a period apart by one dimension; what has most of the first comes first."""
    frame = await _frame(read, wanted)
    metrics = tuple(dict.fromkeys(wanted.metric))
    reader = Reader(read, identity, frame, wanted)
    now = await _figures(reader, metrics, frame.period, wanted.by)
    before = await _before(reader, metrics, wanted.by)
    keys = _in_order({*now, *(before or {})}, now, metrics[0], wanted.by)
    return bodies.BreakdownView(
        **frame.said(identity, wanted),
        by=wanted.by,
        rows=[
            bodies.RowView(
                key=_named(key),
                numbers=_numbers(
                    metrics, now.get(key, {}), None if before is None else before.get(key, {})
                ),
            )
            for key in keys
        ],
    )


async def series(read: ReadTx, identity: Identity, wanted: bodies.SeriesQuery) -> bodies.SeriesView:
    """Numbers over the days, weeks or months of a period; none is left out."""
    frame = await _frame(read, wanted)
    metrics = tuple(dict.fromkeys(wanted.metric))
    reader = Reader(read, identity, frame, wanted)
    now = await _line(reader, metrics, frame.period, timedelta(0))
    before = None
    if frame.before is not None:
        shift = frame.period.first - frame.before.first
        before = await _line(reader, metrics, frame.before, shift)
    starts = list(dict.fromkeys(_start(wanted.interval, day) for day in frame.period.days()))
    return bodies.SeriesView(
        **frame.said(identity, wanted),
        interval=wanted.interval,
        lines=[_line_view(metric, starts, now, before) for metric in metrics],
    )


async def _frame(read: ReadTx, wanted: bodies.ComparedFilters) -> Frame:
    period = Period.checked(wanted.first, wanted.last)
    return await load_frame(read, period, compare=wanted.compare)


async def _before(
    reader: Reader, metrics: Sequence[Metric], by: Dimension | None
) -> Mapping[Any, Figures] | None:
    """The same for the period before; days cannot be compared one by one."""
    before = reader.frame.before
    if before is None or by is Dimension.DAY:
        return None
    return await _figures(reader, metrics, before, by)


async def _figures(
    reader: Reader, metrics: Sequence[Metric], period: Period, by: Dimension | None
) -> dict[Any, dict[Metric, Figure]]:
    """The numbers of a period in each cell."""
    summed = [metric for metric in metrics if RECIPES[metric].shape is not Shape.BALANCE]
    cells = await reader.cells(measures_of(summed), period, by) if summed else {}
    found = {
        key: {metric: figure(metric, sums) for metric in summed} for key, sums in cells.items()
    }
    if Metric.BACKLOG in metrics and carries_backlog(reader, by):
        for key, left in (await backlog_at(reader, period.last, by)).items():
            found.setdefault(key, {})[Metric.BACKLOG] = left
    return found


async def _line(
    reader: Reader, metrics: Sequence[Metric], period: Period, shift: timedelta
) -> dict[date, dict[Metric, Figure]]:
    """The numbers of each interval, by its start after the shift."""
    wanted = reader.wanted
    interval = wanted.interval if isinstance(wanted, bodies.SeriesQuery) else Interval.DAY
    cell: Callable[[date], date] = lambda day: _start(interval, day + shift)  # noqa: E731 - bound to this interval
    summed = [metric for metric in metrics if RECIPES[metric].shape is not Shape.BALANCE]
    cells: Cells = {}
    if summed:
        cells = await reader.cells(measures_of(summed), period, Dimension.DAY, cell)
    found = {
        start: {metric: figure(metric, sums) for metric in summed} for start, sums in cells.items()
    }
    if Metric.BACKLOG in metrics and carries_backlog(reader, None):
        for day, left in (await backlog_by_day(reader, period)).items():
            # The last day of an interval says how much is left at its end.
            found.setdefault(cell(day), {})[Metric.BACKLOG] = left
    return found


def _line_view(
    metric: Metric,
    starts: Sequence[date],
    now: Mapping[date, Figures],
    before: Mapping[date, Figures] | None,
) -> bodies.LineView:
    return bodies.LineView(
        metric=metric,
        points=[
            bodies.PointView(
                first=start,
                now=view(_figure(metric, now.get(start, {}))),
                before=None if before is None else view(_figure(metric, before.get(start, {}))),
            )
            for start in starts
        ],
    )


def _numbers(
    metrics: Sequence[Metric], now: Figures, before: Figures | None
) -> list[bodies.NumberView]:
    return [
        number(
            metric,
            _figure(metric, now),
            None if before is None else _figure(metric, before),
        )
        for metric in metrics
    ]


def _figure(metric: Metric, figures: Figures) -> Figure:
    """The figure of a cell; where nothing happened, that of nothing."""
    if metric in figures:
        return figures[metric]
    if metric is Metric.BACKLOG:
        return Figure(value=None, count=0)
    return figure(metric, _EMPTY)


def _in_order(
    keys: set[Any], now: Mapping[Any, Figures], first: Metric, by: Dimension
) -> list[Any]:
    if by in _ORDERED:
        return sorted(keys)
    return sorted(keys, key=lambda key: (-_figure(first, now.get(key, {})).count, str(key)))


def _named(key: Any) -> str | None:
    return None if key == NOBODY else str(key)


def _start(interval: Interval, day: date) -> date:
    match interval:
        case Interval.DAY:
            return day
        case Interval.WEEK:
            return day - timedelta(days=day.weekday())
        case Interval.MONTH:
            return day.replace(day=1)
