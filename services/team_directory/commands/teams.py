"""Teams: a name, a lead, and members."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.team_directory.commands.announce import (
    announce_access,
    announce_member,
    announce_team,
)
from services.team_directory.commands.versions import demand_version
from services.team_directory.domain.actor import Actor
from services.team_directory.errors import MemberNotFoundError
from services.team_directory.models import Team
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.members import Members
from services.team_directory.repository.teams import Teams
from shared.db.transaction import Tx
from shared.events.team_directory import TeamRemoved


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """The lead belongs to the team even when the list of members leaves them out."""

    name: str
    lead_id: UUID | None
    member_ids: frozenset[UUID]

    @property
    def everybody(self) -> frozenset[UUID]:
        return self.member_ids | ({self.lead_id} if self.lead_id else set())


async def create_team(tx: Tx, actor: Actor, draft: TeamDraft) -> Team:
    team = Team(workspace_id=tx.workspace_id, id=tx.new_id(), name=draft.name, version=1)
    await Teams(tx).demand_free_name(draft.name, besides=team.id)
    Teams(tx).add(team)
    await _fill(tx, team, draft)
    record(tx, actor, Change("team.created", team.id, after=await _picture(tx, team)))
    return team


async def edit_team(tx: Tx, actor: Actor, team_id: UUID, version: int, draft: TeamDraft) -> Team:
    team = await Teams(tx).get(team_id)
    demand_version(team, version)
    await Teams(tx).demand_free_name(draft.name, besides=team_id)
    before = await _picture(tx, team)
    await _fill(tx, team, draft)
    record(tx, actor, Change("team.edited", team_id, before, await _picture(tx, team)))
    return team


async def remove_team(tx: Tx, actor: Actor, team_id: UUID) -> None:
    team = await Teams(tx).get(team_id)
    picture = await _picture(tx, team)
    member_ids = await Teams(tx).member_ids(team_id)
    await Teams(tx).remove(team)
    record(tx, actor, Change("team.removed", team_id, picture))
    await tx.publish(TeamRemoved(workspace_id=tx.workspace_id, team_id=team_id))
    await _tell_members(tx, member_ids)


async def _fill(tx: Tx, team: Team, draft: TeamDraft) -> None:
    """Apply the draft; whoever comes or goes sees other conversations from now on."""
    everybody = draft.everybody
    if await Members(tx).known(everybody) != everybody:
        raise MemberNotFoundError
    before = set(await Teams(tx).member_ids(team.id))
    team.name = draft.name
    team.lead_id = draft.lead_id
    await Teams(tx).set_members(team.id, everybody)
    await announce_team(tx, team)
    await _tell_members(tx, before ^ everybody)


async def _tell_members(tx: Tx, member_ids: Collection[UUID]) -> None:
    for member_id in sorted(member_ids):
        member = await Members(tx).seen(member_id)
        if member is not None:
            await announce_member(tx, member)
    await announce_access(tx, member_ids)


async def _picture(tx: Tx, team: Team) -> dict[str, Any]:
    member_ids = await Teams(tx).member_ids(team.id)
    return {"name": team.name, "lead_id": team.lead_id, "member_ids": member_ids}
