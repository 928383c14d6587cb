"""Routes of profiles that posts may be planned for."""

from fastapi import APIRouter

from services.scheduler.api.dependencies import PublishingRules
from services.scheduler.queries import profiles
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
async def list_profiles(
    read: Reading, identity: CurrentIdentity, rules: PublishingRules
) -> list[ProfileView]:
    return await profiles.list_profiles(read, identity, rules.networks)
