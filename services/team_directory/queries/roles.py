"""Reads about roles, and the words that explain what they say."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from services.team_directory.domain.access import Access, combined, read_levels, read_rights
from services.team_directory.domain.explanations import LEVELS, MODULES, RIGHTS, SIGHTS
from services.team_directory.domain.role_texts import ROLE_TEXTS
from services.team_directory.domain.templates import TEMPLATES
from services.team_directory.models import MemberRole, Role
from services.team_directory.schemas.common import Text
from services.team_directory.schemas.roles import Explained, PermissionMatrix, RoleView
from shared.db.transaction import ReadTx
from shared.permissions import Level, Module, Sight


async def list_roles(read: ReadTx) -> list[RoleView]:
    """Those that come with Parley in their order, then the workspace's own by name."""
    members = (
        select(func.count())
        .where(MemberRole.workspace_id == Role.workspace_id, MemberRole.role_id == Role.id)
        .scalar_subquery()
    )
    rows = await read.all(
        select(
            Role.id,
            Role.template,
            Role.name,
            Role.duties,
            Role.levels,
            Role.rights,
            Role.sight,
            Role.version,
            members.label("members"),
        ).where(Role.workspace_id == read.workspace_id)
    )
    order = list(TEMPLATES)
    known = [row for row in rows if row.template is None or row.template in TEMPLATES]
    known.sort(
        key=lambda row: (
            order.index(row.template) if row.template else len(order),
            (row.name or "").lower(),
        )
    )
    return [_view(row) for row in known]


def _view(row: Any) -> RoleView:
    access = _access(row)
    return RoleView(
        id=row.id,
        template=row.template,
        name=_name(row),
        duties=_duties(row),
        levels={module: access.levels.get(module, Level.NONE) for module in Module},
        rights=sorted(access.rights),
        sight=access.sight,
        members=row.members,
        version=row.version,
    )


async def combined_access(read: ReadTx, member_id: UUID) -> Access:
    """What the roles of a member add up to."""
    rows = await read.all(
        select(Role.template, Role.levels, Role.rights, Role.sight)
        .join(
            MemberRole,
            (MemberRole.workspace_id == Role.workspace_id) & (MemberRole.role_id == Role.id),
        )
        .where(MemberRole.workspace_id == read.workspace_id, MemberRole.member_id == member_id)
    )
    return combined(_access(row) for row in rows)


def _access(row: Any) -> Access:
    if row.template:
        known = TEMPLATES.get(row.template)
        return known.access if known else Access()
    return Access(read_levels(row.levels), read_rights(row.rights), Sight(row.sight))


def _name(row: Any) -> Text:
    if row.template:
        return Text.model_validate(ROLE_TEXTS[row.template].name)
    return Text(en=row.name, zh=row.name)


def _duties(row: Any) -> Text:
    if row.template:
        return Text.model_validate(ROLE_TEXTS[row.template].duties)
    return Text(en=row.duties, zh=row.duties)


def permission_matrix() -> PermissionMatrix:
    """The same for every workspace: it is the vocabulary in which roles are written."""
    return PermissionMatrix(
        modules=[_explained(module, text) for module, text in MODULES.items()],
        levels=[_explained(int(level), text) for level, text in LEVELS.items()],
        rights=[_explained(right, text) for right, text in RIGHTS.items()],
        sights=[_explained(sight, text) for sight, text in SIGHTS.items()],
    )


def _explained(key: object, text: object) -> Explained:
    return Explained(key=str(key), text=Text.model_validate(text))
