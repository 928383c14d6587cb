"""What notifications are about, where that can be settled, and what is withdrawn with it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.models import Notification, SettledMatter
from shared.db.transaction import Tx


class Turned(NamedTuple):
    """A notification that is shown no longer, or again."""

    id: UUID
    person_id: UUID
    withdrawn: bool


class Matters:
    """A matter is locked before its notifications, so that telling and settling take turns."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def settle(self, matter: str, at: datetime) -> Sequence[Turned]:
        """Settled at this moment, at least; what that has changed."""
        statement = insert(SettledMatter).values(
            workspace_id=self._tx.workspace_id, matter=matter, settled_at=at, seen_at=self._tx.now
        )
        latest = func.greatest(SettledMatter.settled_at, statement.excluded.settled_at)
        await self._tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "matter"],
                set_={"settled_at": latest, "seen_at": statement.excluded.seen_at},
            )
        )
        return await self.turn(matter)

    async def hold(self, matter: str) -> None:
        """Let nobody settle it until the end; it was settled before all times, if never."""
        statement = insert(SettledMatter).values(
            workspace_id=self._tx.workspace_id,
            matter=matter,
            settled_at=func.to_timestamp(0),
            seen_at=self._tx.now,
        )
        await self._tx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "matter"],
                set_={"seen_at": statement.excluded.seen_at},
            )
        )

    async def turn(self, matter: str) -> Sequence[Turned]:
        """Withdraw what was raised before the matter was settled, and show what was raised since.

        What a person has read stays. Returned is what this has changed.
        """
        settled_at = (
            select(SettledMatter.settled_at)
            .where(
                SettledMatter.workspace_id == self._tx.workspace_id,
                SettledMatter.matter == matter,
            )
            .scalar_subquery()
        )
        is_settled = Notification.raised_at <= settled_at
        changed = await self._tx.session.execute(
            update(Notification)
            .where(
                Notification.workspace_id == self._tx.workspace_id,
                Notification.matter == matter,
                Notification.read_at.is_(None),
                is_settled != Notification.withdrawn_at.is_not(None),
            )
            .values(withdrawn_at=case((is_settled, self._tx.now)))
            .returning(Notification.id, Notification.person_id, Notification.withdrawn_at)
        )
        return [Turned(row.id, row.person_id, row.withdrawn_at is not None) for row in changed]
