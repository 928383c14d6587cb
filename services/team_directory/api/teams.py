"""Routes of teams."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor
from services.team_directory.commands import teams
from services.team_directory.commands.teams import TeamDraft
from services.team_directory.queries import members as queries
from services.team_directory.schemas.common import Saved
from services.team_directory.schemas.members import EditTeamBody, TeamBody, TeamView
from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(prefix="/teams", tags=["teams"], route_class=UnitOfWorkRoute)
_edits = [requires(Module.DIRECTORY, Level.EDIT)]


def _draft(body: TeamBody) -> TeamDraft:
    return TeamDraft(body.name, body.lead_id, frozenset(body.member_ids))


@router.get(
    "",
    operation_id="list_teams",
    dependencies=[requires(Module.DIRECTORY, Level.VIEW)],
    responses=answers(PermissionMissingError),
)
async def list_teams(read: Reading) -> list[TeamView]:
    return await queries.list_teams(read)


@router.post(
    "",
    status_code=201,
    operation_id="create_team",
    dependencies=_edits,
    responses=answers(PermissionMissingError, errors.MemberNotFoundError, errors.NameTakenError),
)
async def create_team(tx: WriteTx, actor: CurrentActor, body: TeamBody) -> Saved:
    team = await teams.create_team(tx, actor, _draft(body))
    return Saved(id=team.id, version=team.version)


@router.put(
    "/{team_id}",
    operation_id="edit_team",
    dependencies=_edits,
    responses=answers(
        PermissionMissingError,
        errors.TeamNotFoundError,
        errors.MemberNotFoundError,
        errors.ChangedMeanwhileError,
        errors.NameTakenError,
    ),
)
async def edit_team(tx: WriteTx, actor: CurrentActor, team_id: UUID, body: EditTeamBody) -> Saved:
    team = await teams.edit_team(tx, actor, team_id, body.version, _draft(body))
    return Saved(id=team.id, version=team.version)


@router.delete(
    "/{team_id}",
    status_code=204,
    operation_id="remove_team",
    dependencies=_edits,
    responses=answers(PermissionMissingError, errors.TeamNotFoundError),
)
async def remove_team(tx: WriteTx, actor: CurrentActor, team_id: UUID) -> None:
    await teams.remove_team(tx, actor, team_id)
