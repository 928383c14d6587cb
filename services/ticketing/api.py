"""Routes of ticketing: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.ticketing import queries
from services.ticketing.schemas import AssigneeView
from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["tickets"])


@router.get(
    "/assignees",
    operation_id="list_assignees",
    dependencies=[requires(Module.TICKETS, Level.VIEW)],
    responses=answers(),
)
async def list_assignees(read: Reading) -> list[AssigneeView]:
    return await queries.list_assignees(read)
