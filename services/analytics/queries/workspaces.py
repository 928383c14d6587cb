"""The time zone in which the days of a workspace are."""

from zoneinfo import ZoneInfo

from sqlalchemy import select

from services.analytics.domain.days import zone_of
from services.analytics.models import Workspace
from shared.db.transaction import ReadTx


async def zone_of_workspace(read: ReadTx) -> ZoneInfo:
    statement = select(Workspace.time_zone).where(Workspace.workspace_id == read.workspace_id)
    return zone_of(await read.scalar(statement))
