"""Limits on tries, kept in the database so that a restart forgives nobody."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.domain.throttle import Limit
from services.team_directory.errors import TooManyTriesError
from services.team_directory.models import Throttle
from shared.db.transaction import Tx


class Throttles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def take(self, limit: Limit) -> None:
        """Count one try; raises `TooManyTriesError` with the time to wait when there is none left.

        One atomic statement, so that many tries at once are still counted one by one.
        """
        now = self._tx.now
        row = insert(Throttle).values(key=limit.key, full_at=now + limit.interval)
        counted = await self._tx.session.execute(
            row.on_conflict_do_update(
                index_elements=["key"],
                set_={"full_at": func.greatest(Throttle.full_at, now) + limit.interval},
                where=Throttle.full_at <= now + limit.tolerance,
            ).returning(Throttle.key)
        )
        if counted.first() is None:
            full_at = await self._tx.session.scalar(
                select(Throttle.full_at).where(Throttle.key == limit.key)
            )
            wait = limit.wait(full_at or now, now)
            raise TooManyTriesError(retry_after=max(1, round(wait.total_seconds())))

    async def forget(self, limit: Limit) -> None:
        await self._tx.session.execute(delete(Throttle).where(Throttle.key == limit.key))

    async def remove_idle(self, before: datetime) -> None:
        await self._tx.session.execute(delete(Throttle).where(Throttle.full_at < before))
