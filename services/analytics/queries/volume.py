"""How much was written, by day."""

from datetime import date

from sqlalchemy import select

from services.analytics.domain.periods import check_period
from services.analytics.models import DailyVolume
from services.analytics.schemas.volume import VolumeView
from shared.db.transaction import ReadTx
from shared.identity import Identity


async def list_volume(
    read: ReadTx, identity: Identity, first: date, last: date
) -> list[VolumeView]:
    """The volume of the visible profiles from `first` to `last`, both included."""
    check_period(first, last)
    statement = (
        select(
            DailyVolume.profile_id,
            DailyVolume.day,
            DailyVolume.kind,
            DailyVolume.direction,
            DailyVolume.count,
        )
        .where(
            DailyVolume.workspace_id == read.workspace_id,
            DailyVolume.day.between(first, last),
        )
        .order_by(DailyVolume.day, DailyVolume.profile_id, DailyVolume.kind)
    )
    if identity.profile_ids is not None:
        statement = statement.where(DailyVolume.profile_id.in_(identity.profile_ids))
    return [VolumeView.model_validate(row._mapping) for row in await read.all(statement)]  # noqa: SLF001 - SQLAlchemy's public name
