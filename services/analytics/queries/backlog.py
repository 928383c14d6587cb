"""The backlog: what was opened less what was handled, from the beginning to a day."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.analytics.domain.figures import Figure, HoursMode, Sums, figure
from services.analytics.domain.metrics import RECIPES, Metric
from services.analytics.domain.periods import Period
from services.analytics.queries.sums import Reader
from services.analytics.schemas.reports import Dimension

_MEASURES = RECIPES[Metric.BACKLOG].measures
_CARRIED = {None, Dimension.PROFILE}


def carries_backlog(reader: Reader, by: Dimension | None) -> bool:
    """A conversation is opened and handled under different people, teams, hours and weekdays."""
    wanted = reader.wanted
    narrowed = (wanted.kind, wanted.person_id, wanted.team_id, wanted.hour, wanted.weekday)
    return by in _CARRIED and not any(narrowed) and wanted.hours is HoursMode.ALL


async def backlog_at(reader: Reader, last: date, by: Dimension | None) -> Mapping[Any, Figure]:
    """What is open at the end of a day, in each cell."""
    cells = await reader.until(_MEASURES, last, by)
    return {key: figure(Metric.BACKLOG, sums) for key, sums in cells.items()}


async def backlog_by_day(reader: Reader, period: Period) -> Mapping[date, Figure]:
    """What is open at the end of each day of a period."""
    before = await reader.until(_MEASURES, period.first - timedelta(days=1))
    left = int(figure(Metric.BACKLOG, before.get(None, Sums())).count)
    moved = await reader.cells(_MEASURES, period, Dimension.DAY)
    found = {}
    for day in period.days():
        left += figure(Metric.BACKLOG, moved.get(day, Sums())).count
        found[day] = Figure(value=left, count=left)
    return found
