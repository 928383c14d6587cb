"""What inbox keeps of the facts of team_directory."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import HookAddress, Member, Profile, Team
from shared.db.transaction import Tx


class Copies:
    """What inbox keeps of team_directory's facts."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def profile(self, profile_id: UUID) -> Profile | None:
        return await self._tx.session.get(Profile, self._key(profile_id), with_for_update=True)

    async def connected_at(self, profile_id: UUID) -> datetime | None:
        """When a profile was connected for the first time, as far as that is known."""
        query = select(Profile.connected_at).where(
            Profile.workspace_id == self._tx.workspace_id, Profile.id == profile_id
        )
        return await self._tx.session.scalar(query)

    async def member(self, person_id: UUID) -> Member | None:
        return await self._tx.session.get(Member, self._key(person_id), with_for_update=True)

    async def team(self, team_id: UUID) -> Team | None:
        return await self._tx.session.get(Team, self._key(team_id), with_for_update=True)

    def add(self, row: Profile | Member | Team) -> None:
        self._tx.session.add(row)

    async def add_hook_address(self, profile_id: UUID, network: str) -> None:
        """Let webhooks find the workspace of a profile."""
        await self._tx.session.execute(
            insert(HookAddress)
            .values(profile_id=profile_id, workspace_id=self._tx.workspace_id, network=network)
            .on_conflict_do_nothing()
        )

    def _key(self, id_: UUID) -> tuple[UUID, UUID]:
        return (self._tx.workspace_id, id_)
