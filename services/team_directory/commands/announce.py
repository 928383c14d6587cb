"""What the other services are told about people and teams: always the whole, never a part."""

from collections.abc import Collection
from uuid import UUID

from services.team_directory.models import Member, Team, Workspace
from services.team_directory.repository.keys import ApiKeys
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.teams import Teams
from shared.db.transaction import NO_WORKSPACE, Tx
from shared.events.team_directory import (
    AccessChanged,
    MemberSaved,
    TeamSaved,
    WorkspaceSaved,
)

RESTATE_MEMBERS = "team_directory.members.restate"
RESTATE_TEAMS = "team_directory.teams.restate"
_AT_ONCE = 200


async def announce_workspace(tx: Tx, workspace: Workspace) -> None:
    await tx.publish(
        WorkspaceSaved(
            workspace_id=workspace.id, name=workspace.name, time_zone=workspace.time_zone
        )
    )


async def announce_member(tx: Tx, member: Member, *, restated: bool = False) -> None:
    members = Members(tx)
    person = await People(tx).seen(member.id)
    access = await members.access(member)
    await tx.publish(
        MemberSaved(
            workspace_id=tx.workspace_id,
            person_id=person.id,
            name=person.name,
            email=person.email,
            locale=person.locale,
            time_zone=person.time_zone,
            role_ids=tuple(await members.role_ids(member.id)),
            team_ids=tuple(await members.team_ids(member.id)),
            profile_ids=None if member.profile_ids is None else tuple(member.profile_ids),
            sight=access.sight,
            restated=restated,
        )
    )


async def announce_team(tx: Tx, team: Team, *, restated: bool = False) -> None:
    member_ids = await Teams(tx).member_ids(team.id)
    await tx.publish(
        TeamSaved(
            workspace_id=tx.workspace_id,
            team_id=team.id,
            name=team.name,
            member_ids=tuple(member_ids),
            restated=restated,
        )
    )


async def announce_access(tx: Tx, person_ids: Collection[UUID]) -> None:
    """What these people may do here has changed, and with it what their API keys may do."""
    keys = await ApiKeys(tx).living_of(person_ids)
    actors = [*sorted(set(person_ids)), *(key.id for key in keys)]
    await tx.publish(
        *(AccessChanged(workspace_id=tx.workspace_id, actor_id=actor) for actor in actors)
    )


async def announce_sessions(tx: Tx, person_id: UUID) -> None:
    """Sessions of this person have ended, whatever workspace they were used in."""
    await tx.publish(AccessChanged(workspace_id=NO_WORKSPACE, actor_id=person_id))


async def announce_person(tx: Tx, person_id: UUID) -> None:
    """The name or the language of a person has changed, everywhere at once."""
    present = tx.workspace_id
    for workspace_id in await People(tx).workspace_ids(person_id):
        await tx.session.flush()
        await tx.enter_workspace(workspace_id)
        await announce_member(tx, await Members(tx).get(person_id))
    await tx.session.flush()
    await tx.enter_workspace(present)


async def restate_members(tx: Tx, after: UUID) -> UUID | None:
    """Tell of the next members as they are; the last of them."""
    members = await Members(tx).following(after, _AT_ONCE)
    for member in members:
        await announce_member(tx, member, restated=True)
    return members[-1].id if members else None


async def restate_teams(tx: Tx, after: UUID) -> UUID | None:
    """Tell of the next teams as they are; the last of them."""
    teams = await Teams(tx).following(after, _AT_ONCE)
    for team in teams:
        await announce_team(tx, team, restated=True)
    return teams[-1].id if teams else None
