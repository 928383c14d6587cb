"""The time zones of workspaces."""

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.analytics.domain.days import zone_of
from services.analytics.models import Workspace
from shared.db.transaction import Tx


class Workspaces:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def save(self, time_zone: str) -> None:
        statement = insert(Workspace).values(
            workspace_id=self._tx.workspace_id, time_zone=time_zone
        )
        await self._tx.session.execute(
            statement.on_conflict_do_update(
                constraint="pk_workspaces", set_={"time_zone": statement.excluded.time_zone}
            )
        )

    async def zone(self) -> ZoneInfo:
        name = await self._tx.session.scalar(
            select(Workspace.time_zone).where(Workspace.workspace_id == self._tx.workspace_id)
        )
        return zone_of(name)
