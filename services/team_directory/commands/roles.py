"""The workspace's own roles; those that come with Parley are copied, never changed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.team_directory.commands.announce import announce_access
from services.team_directory.commands.versions import demand_version
from services.team_directory.domain.access import Access, access_of, write_levels
from services.team_directory.domain.actor import Actor
from services.team_directory.errors import GrantTooHighError, RoleBuiltInError, RoleInUseError
from services.team_directory.models import Role
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.members import Members
from services.team_directory.repository.roles import Roles, access_of_role
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True)
class RoleDraft:
    name: str
    duties: str
    access: Access


async def create_role(tx: Tx, actor: Actor, draft: RoleDraft) -> Role:
    """A role of the workspace's own, allowing no more than its maker may do."""
    _demand_covers(actor, draft.access)
    roles = Roles(tx)
    role = Role(workspace_id=tx.workspace_id, id=tx.new_id(), version=1)
    await roles.demand_free_name(draft.name, besides=role.id)
    _fill(role, draft)
    roles.add(role)
    record(tx, actor, Change("role.created", role.id, after=_picture(role)))
    return role


async def copy_role(tx: Tx, actor: Actor, role_id: UUID, name: str, duties: str) -> Role:
    """A role that starts with what another allows."""
    original = await Roles(tx).get(role_id)
    return await create_role(tx, actor, RoleDraft(name, duties, access_of_role(original)))


async def edit_role(tx: Tx, actor: Actor, role_id: UUID, version: int, draft: RoleDraft) -> Role:
    """Change a role for all who have it; the editor must cover it before and after."""
    roles = Roles(tx)
    role = await _own_role(roles, role_id)
    demand_version(role, version)
    _demand_covers(actor, access_of_role(role))
    _demand_covers(actor, draft.access)
    await roles.demand_free_name(draft.name, besides=role_id)
    before = _picture(role)
    _fill(role, draft)
    record(tx, actor, Change("role.edited", role_id, before, _picture(role)))
    await announce_access(tx, await Members(tx).holders(role_id))
    return role


async def delete_role(tx: Tx, actor: Actor, role_id: UUID) -> None:
    roles = Roles(tx)
    role = await _own_role(roles, role_id)
    if await roles.is_used(role_id):
        raise RoleInUseError
    record(tx, actor, Change("role.deleted", role_id, _picture(role)))
    await roles.remove(role)


async def _own_role(roles: Roles, role_id: UUID) -> Role:
    role = await roles.get(role_id)
    if role.template is not None:
        raise RoleBuiltInError
    return role


def _demand_covers(actor: Actor, access: Access) -> None:
    if not access_of(actor.identity).covers_beyond_profiles(access):
        raise GrantTooHighError


def _fill(role: Role, draft: RoleDraft) -> None:
    role.name = draft.name
    role.duties = draft.duties
    role.levels = write_levels(draft.access.levels)
    role.rights = sorted(draft.access.rights)
    role.sight = draft.access.sight


def _picture(role: Role) -> dict[str, Any]:
    return {
        "name": role.name,
        "duties": role.duties,
        "levels": role.levels,
        "rights": role.rights,
        "sight": role.sight,
    }
