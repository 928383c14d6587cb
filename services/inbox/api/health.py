"""The route about the health of a profile: what came in, and whether nothing was lost."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox.errors import ProfileNotFoundError
from services.inbox.queries import health
from services.inbox.schemas.deliveries import ProfileHealth
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(
    prefix="/profiles",
    route_class=UnitOfWorkRoute,
    tags=["inbox"],
    dependencies=[requires(Module.INBOX, Level.VIEW)],
)


@router.get(
    "/{profile_id}/health",
    operation_id="get_profile_health",
    responses=answers(ProfileNotFoundError),
)
async def get_health(read: Reading, identity: CurrentIdentity, profile_id: UUID) -> ProfileHealth:
    return await health.find_health(read, identity, profile_id)
