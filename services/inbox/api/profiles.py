"""Routes about profiles."""

from fastapi import APIRouter

from services.inbox.queries import profiles
from services.inbox.schemas.profiles import ProfileView
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(prefix="/profiles", route_class=UnitOfWorkRoute, tags=["inbox"])


@router.get(
    "",
    operation_id="list_inbox_profiles",
    dependencies=[requires(Module.INBOX, Level.VIEW)],
    responses=answers(),
)
async def list_profiles(read: Reading, identity: CurrentIdentity) -> list[ProfileView]:
    return await profiles.list_profiles(read, identity)
