"""Numbers: an overview, series, breakdowns, what stands behind them, and what they mean."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.analytics.domain.definitions import Language
from services.analytics.errors import PeriodError
from services.analytics.queries import items, reports
from services.analytics.queries.definitions import definitions
from services.analytics.queries.export import as_csv
from services.analytics.queries.names import names
from services.analytics.schemas import reports as bodies
from services.analytics.schemas.definitions import DefinitionsView
from shared.http.pages import CursorError, Page
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module, Right

router = APIRouter(
    route_class=UnitOfWorkRoute,
    tags=["analytics"],
    dependencies=[requires(Module.ANALYTICS, Level.VIEW)],
)
_REFUSED = answers(PermissionMissingError, PeriodError)


@router.get("/overview", operation_id="get_overview", responses=_REFUSED)
async def get_overview(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.OverviewQuery, Query()]
) -> bodies.OverviewView:
    """Every number of a period, beside that of the equally long period before."""
    return await reports.overview(read, identity, wanted)


@router.get("/series", operation_id="get_series", responses=_REFUSED)
async def get_series(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.SeriesQuery, Query()]
) -> bodies.SeriesView:
    """Numbers over the days, weeks or months of a period."""
    return await reports.series(read, identity, wanted)


@router.get("/breakdown", operation_id="get_breakdown", responses=_REFUSED)
async def get_breakdown(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.BreakdownQuery, Query()]
) -> bodies.BreakdownView:
    """Numbers by profile, kind, person, team, hour, weekday, hour of the week or day."""
    return await reports.breakdown(read, identity, wanted)


@router.get(
    "/breakdown.csv",
    operation_id="export_breakdown",
    dependencies=[requires(Module.ANALYTICS, Level.VIEW, Right.EXPORT)],
    responses={**_REFUSED, 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
    response_class=Response,
)
async def export_breakdown(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.BreakdownQuery, Query()]
) -> Response:
    """The same as a table for a spreadsheet."""
    report = await reports.breakdown(read, identity, wanted)
    headers = {"content-disposition": f'attachment; filename="by-{wanted.by.value}.csv"'}
    table = as_csv(report, await names(read, identity, wanted.by))
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


@router.get(
    "/items",
    operation_id="list_measured_items",
    responses=answers(PermissionMissingError, PeriodError, CursorError),
)
async def list_measured_items(
    read: Reading, identity: CurrentIdentity, wanted: Annotated[bodies.ItemsQuery, Query()]
) -> Page[bodies.ItemView]:
    """The conversations, tickets and posts behind a number; only those that one may see."""
    return await items.list_items(read, identity, wanted)


@router.get(
    "/definitions",
    operation_id="list_definitions",
    responses=answers(PermissionMissingError),
)
async def list_definitions(language: Language = Language.ENGLISH) -> DefinitionsView:
    """What each number means, how it is made and what does not count."""
    return definitions(language)
