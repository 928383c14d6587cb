"""How much was written, by day."""

from datetime import date

from fastapi import APIRouter

from services.analytics.errors import PeriodError
from services.analytics.queries import volume
from services.analytics.schemas.volume import VolumeView
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["analytics"])


@router.get(
    "/volume",
    operation_id="list_volume",
    dependencies=[requires(Module.ANALYTICS, Level.VIEW)],
    responses=answers(PeriodError),
)
async def list_volume(
    read: Reading, identity: CurrentIdentity, first: date, last: date
) -> list[VolumeView]:
    return await volume.list_volume(read, identity, first, last)
