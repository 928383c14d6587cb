"""Counting everything again from the events that are kept."""

from fastapi import APIRouter

from services.analytics.commands.recount import request_recount
from services.analytics.queries.recounts import recount
from services.analytics.schemas.reports import RecountView
from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    route_class=UnitOfWorkRoute,
    tags=["analytics"],
    dependencies=[requires(Module.ANALYTICS, Level.ADMINISTER)],
    responses=answers(PermissionMissingError),
)


@router.get("/recount", operation_id="get_recount")
async def get_recount(read: Reading) -> RecountView:
    """When the numbers were counted, and whether that is being done again."""
    return await recount(read)


@router.post("/recount", operation_id="request_recount", status_code=202)
async def post_recount(tx: WriteTx) -> None:
    """Count everything again; the numbers stay as they are until the new ones are complete."""
    await request_recount(tx)
