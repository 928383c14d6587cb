"""Loading and adding rows, per aggregate."""

from uuid import UUID

from services.ticketing.models import Member
from shared.db.transaction import Tx


class Members:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def find(self, person_id: UUID) -> Member | None:
        key = (self._tx.workspace_id, person_id)
        return await self._tx.session.get(Member, key, with_for_update=True)

    def add(self, member: Member) -> None:
        self._tx.session.add(member)
