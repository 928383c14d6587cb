"""Teams of the workspace."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.team_directory.errors import NameTakenError, TeamNotFoundError
from services.team_directory.models import Team, TeamMember
from shared.db.transaction import Tx


class Teams:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def get(self, team_id: UUID) -> Team:
        team = await self._session.get(Team, (self._tx.workspace_id, team_id), with_for_update=True)
        if team is None:
            raise TeamNotFoundError
        return team

    async def following(self, after: UUID, limit: int) -> Sequence[Team]:
        """The next teams in the order of their ids, each held in place until the end."""
        query = (
            select(Team)
            .where(Team.workspace_id == self._tx.workspace_id, Team.id > after)
            .order_by(Team.id)
            .limit(limit)
            .with_for_update()
        )
        return (await self._session.scalars(query)).all()

    async def known(self, team_ids: Collection[UUID]) -> Sequence[Team]:
        """Those of these teams that are there, locked in the order of their ids."""
        query = (
            select(Team)
            .where(Team.workspace_id == self._tx.workspace_id, Team.id.in_(team_ids))
            .order_by(Team.id)
            .with_for_update()
        )
        return (await self._session.scalars(query)).all()

    async def all_of(self, team_ids: Collection[UUID]) -> Sequence[Team]:
        """These teams; raises when one of them is not there."""
        teams = await self.known(team_ids)
        if len(teams) != len(set(team_ids)):
            raise TeamNotFoundError
        return teams

    def add(self, team: Team) -> None:
        self._session.add(team)

    async def remove(self, team: Team) -> None:
        await self._session.delete(team)
        await self._session.flush()

    async def demand_free_name(self, name: str, besides: UUID) -> None:
        query = select(Team.id).where(
            Team.workspace_id == self._tx.workspace_id, Team.name == name, Team.id != besides
        )
        if (await self._session.scalars(query)).first() is not None:
            raise NameTakenError(name=name)

    async def member_ids(self, team_id: UUID) -> Sequence[UUID]:
        query = (
            select(TeamMember.member_id)
            .where(TeamMember.workspace_id == self._tx.workspace_id, TeamMember.team_id == team_id)
            .order_by(TeamMember.member_id)
        )
        return (await self._session.scalars(query)).all()

    async def set_members(self, team_id: UUID, member_ids: Collection[UUID]) -> None:
        await self._session.flush()
        await self._session.execute(
            delete(TeamMember).where(
                TeamMember.workspace_id == self._tx.workspace_id,
                TeamMember.team_id == team_id,
                TeamMember.member_id.not_in(member_ids),
            )
        )
        if member_ids:
            rows = [
                {"workspace_id": self._tx.workspace_id, "team_id": team_id, "member_id": it}
                for it in member_ids
            ]
            await self._session.execute(insert(TeamMember).values(rows).on_conflict_do_nothing())

    async def led_by(self, member_id: UUID) -> Sequence[Team]:
        query = (
            select(Team)
            .where(Team.workspace_id == self._tx.workspace_id, Team.lead_id == member_id)
            .order_by(Team.id)
            .with_for_update()
        )
        return (await self._session.scalars(query)).all()
