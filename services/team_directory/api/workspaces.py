"""Routes of workspaces: those that the caller can enter, and making another."""

from fastapi import APIRouter

from services.team_directory.api.dependencies import CurrentActor
from services.team_directory.commands import workspaces
from services.team_directory.commands.workspaces import WorkspaceFacts
from services.team_directory.errors import ChangedMeanwhileError, NotPersonError
from services.team_directory.queries import people
from services.team_directory.schemas.common import Saved
from services.team_directory.schemas.workspaces import (
    EditWorkspaceBody,
    WorkspaceBody,
    WorkspaceView,
)
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
)
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(tags=["workspaces"], route_class=UnitOfWorkRoute)


@router.get("/workspaces", operation_id="list_workspaces", responses=answers())
async def list_workspaces(read: Reading, identity: CurrentIdentity) -> list[WorkspaceView]:
    return await people.list_workspaces(read, identity)


@router.post(
    "/workspaces",
    status_code=201,
    operation_id="create_workspace",
    dependencies=[requires(Module.DIRECTORY, Level.ADMINISTER)],
    responses=answers(PermissionMissingError, NotPersonError),
)
async def create_workspace(tx: WriteTx, actor: CurrentActor, body: WorkspaceBody) -> Saved:
    facts = WorkspaceFacts(body.name, body.time_zone)
    workspace = await workspaces.create_workspace(tx, actor, facts)
    return Saved(id=workspace.id, version=workspace.version)


@router.put(
    "/workspace",
    operation_id="edit_workspace",
    dependencies=[requires(Module.DIRECTORY, Level.ADMINISTER)],
    responses=answers(PermissionMissingError, ChangedMeanwhileError),
)
async def edit_workspace(tx: WriteTx, actor: CurrentActor, body: EditWorkspaceBody) -> Saved:
    facts = WorkspaceFacts(body.name, body.time_zone)
    workspace = await workspaces.edit_workspace(tx, actor, body.version, facts)
    return Saved(id=workspace.id, version=workspace.version)
