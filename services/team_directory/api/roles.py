"""Routes of roles, and the matrix that explains them."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor
from services.team_directory.commands import roles
from services.team_directory.commands.roles import RoleDraft
from services.team_directory.queries import roles as queries
from services.team_directory.schemas.common import Saved
from services.team_directory.schemas.roles import (
    CopyRoleBody,
    EditRoleBody,
    PermissionMatrix,
    RoleBody,
    RoleView,
)
from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(tags=["roles"], route_class=UnitOfWorkRoute)
_views = [requires(Module.DIRECTORY, Level.VIEW)]
_administers = [requires(Module.DIRECTORY, Level.ADMINISTER)]


@router.get(
    "/permissions",
    operation_id="get_permission_matrix",
    dependencies=_views,
    responses=answers(PermissionMissingError),
)
async def get_permissions() -> PermissionMatrix:
    return queries.permission_matrix()


@router.get(
    "/roles",
    operation_id="list_roles",
    dependencies=_views,
    responses=answers(PermissionMissingError),
)
async def list_roles(read: Reading) -> list[RoleView]:
    return await queries.list_roles(read)


@router.post(
    "/roles",
    status_code=201,
    operation_id="create_role",
    dependencies=_administers,
    responses=answers(PermissionMissingError, errors.GrantTooHighError, errors.NameTakenError),
)
async def create_role(tx: WriteTx, actor: CurrentActor, body: RoleBody) -> Saved:
    draft = RoleDraft(body.name, body.duties, body.access())
    role = await roles.create_role(tx, actor, draft)
    return Saved(id=role.id, version=role.version)


@router.post(
    "/roles/{role_id}/copy",
    status_code=201,
    operation_id="copy_role",
    dependencies=_administers,
    responses=answers(
        PermissionMissingError,
        errors.RoleNotFoundError,
        errors.GrantTooHighError,
        errors.NameTakenError,
    ),
)
async def copy_role(tx: WriteTx, actor: CurrentActor, role_id: UUID, body: CopyRoleBody) -> Saved:
    role = await roles.copy_role(tx, actor, role_id, body.name, body.duties)
    return Saved(id=role.id, version=role.version)


@router.put(
    "/roles/{role_id}",
    operation_id="edit_role",
    dependencies=_administers,
    responses=answers(
        PermissionMissingError,
        errors.RoleNotFoundError,
        errors.RoleBuiltInError,
        errors.ChangedMeanwhileError,
        errors.GrantTooHighError,
        errors.NameTakenError,
    ),
)
async def edit_role(tx: WriteTx, actor: CurrentActor, role_id: UUID, body: EditRoleBody) -> Saved:
    draft = RoleDraft(body.name, body.duties, body.access())
    role = await roles.edit_role(tx, actor, role_id, body.version, draft)
    return Saved(id=role.id, version=role.version)


@router.delete(
    "/roles/{role_id}",
    status_code=204,
    operation_id="delete_role",
    dependencies=_administers,
    responses=answers(
        PermissionMissingError,
        errors.RoleNotFoundError,
        errors.RoleBuiltInError,
        errors.RoleInUseError,
    ),
)
async def delete_role(tx: WriteTx, actor: CurrentActor, role_id: UUID) -> None:
    await roles.delete_role(tx, actor, role_id)
