"""Writing the daily volume."""

from sqlalchemy.dialects.postgresql import insert

from services.analytics.models import DailyVolume
from shared.db.transaction import Tx


class Volumes:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def increment(self, volume: DailyVolume) -> None:
        """Add `volume.count` to the row of the same profile, day, kind and direction."""
        statement = insert(DailyVolume).values(
            workspace_id=self._tx.workspace_id,
            profile_id=volume.profile_id,
            day=volume.day,
            kind=volume.kind,
            direction=volume.direction,
            count=volume.count,
        )
        await self._tx.session.execute(
            statement.on_conflict_do_update(
                constraint="pk_daily_volume",
                set_={"count": DailyVolume.count + statement.excluded.count},
            )
        )
