"""Routes of scheduler: parse, authorise, call one command or query, return."""

from fastapi import APIRouter

from services.scheduler import queries
from services.scheduler.schemas import ProfileView
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["publishing"])


@router.get(
    "/profiles",
    operation_id="list_publishing_profiles",
    dependencies=[requires(Module.PUBLISHING, Level.VIEW)],
    responses=answers(),
)
async def list_profiles(read: Reading, identity: CurrentIdentity) -> list[ProfileView]:
    return await queries.list_profiles(read, identity)
