"""Roles of the workspace: those that come with Parley and its own."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import exists, select

from services.team_directory.domain.access import Access, combined, read_levels, read_rights
from services.team_directory.domain.templates import TEMPLATES
from services.team_directory.errors import NameTakenError, RoleNotFoundError
from services.team_directory.models import Invitation, MemberRole, Role
from shared.db.transaction import Tx
from shared.permissions import Sight


def access_of_role(role: Role) -> Access:
    """What a role allows; of one that comes with Parley, what this version of it says."""
    if role.template is not None:
        known = TEMPLATES.get(role.template)
        return known.access if known else Access()
    return Access(
        levels=read_levels(role.levels),
        rights=read_rights(role.rights),
        sight=Sight(role.sight),
    )


class Roles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def get(self, role_id: UUID) -> Role:
        role = await self._session.get(Role, (self._tx.workspace_id, role_id), with_for_update=True)
        if role is None:
            raise RoleNotFoundError
        return role

    async def all_of(self, role_ids: Collection[UUID]) -> Sequence[Role]:
        """These roles, held in place until the end; raises when one of them is not there."""
        query = (
            select(Role)
            .where(Role.workspace_id == self._tx.workspace_id, Role.id.in_(role_ids))
            .order_by(Role.id)
            .with_for_update(key_share=True)
        )
        roles = (await self._session.scalars(query)).all()
        if len(roles) != len(set(role_ids)):
            raise RoleNotFoundError
        return roles

    async def access(self, role_ids: Collection[UUID]) -> Access:
        return combined(access_of_role(role) for role in await self.all_of(role_ids))

    def add(self, role: Role) -> None:
        self._session.add(role)

    async def remove(self, role: Role) -> None:
        await self._session.delete(role)
        await self._session.flush()

    async def by_template(self, template: str) -> Role:
        query = select(Role).where(
            Role.workspace_id == self._tx.workspace_id, Role.template == template
        )
        role = (await self._session.scalars(query)).first()
        if role is None:
            raise RoleNotFoundError
        return role

    async def demand_free_name(self, name: str, besides: UUID | None = None) -> None:
        query = select(Role.id).where(
            Role.workspace_id == self._tx.workspace_id, Role.name == name, Role.id != besides
        )
        if (await self._session.scalars(query)).first() is not None:
            raise NameTakenError(name=name)

    async def is_used(self, role_id: UUID) -> bool:
        """Whether a member has it, or somebody is invited with it."""
        held = exists().where(
            MemberRole.workspace_id == self._tx.workspace_id, MemberRole.role_id == role_id
        )
        waiting = exists().where(
            Invitation.workspace_id == self._tx.workspace_id,
            Invitation.role_ids.contains([role_id]),
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > self._tx.now,
        )
        return bool(await self._session.scalar(select(held | waiting)))
