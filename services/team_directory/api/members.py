"""Routes of members."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor, ToolsDep
from services.team_directory.commands import members, passwords, second_factor
from services.team_directory.queries import members as queries
from services.team_directory.queries.members import MemberFilter
from services.team_directory.schemas.common import Saved
from services.team_directory.schemas.members import (
    EditMemberBody,
    MemberSummary,
    MemberView,
    ResetLinkView,
)
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import (
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
    shown_once,
)
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(prefix="/members", tags=["members"], route_class=UnitOfWorkRoute)
_views = [requires(Module.DIRECTORY, Level.VIEW)]
_administers = [requires(Module.DIRECTORY, Level.ADMINISTER)]


@router.get(
    "",
    operation_id="list_members",
    dependencies=_views,
    responses=answers(PermissionMissingError, CursorError),
)
async def list_members(
    read: Reading,
    text: Annotated[str | None, Query(max_length=200)] = None,
    role_id: UUID | None = None,
    team_id: UUID | None = None,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[MemberSummary]:
    wanted = MemberFilter(text, role_id, team_id)
    return await queries.list_members(read, wanted, cursor, limit)


@router.get(
    "/{member_id}",
    operation_id="get_member",
    dependencies=_views,
    responses=answers(PermissionMissingError, errors.MemberNotFoundError),
)
async def get_member(read: Reading, member_id: UUID) -> MemberView:
    return await queries.get_member(read, member_id)


@router.patch(
    "/{member_id}",
    operation_id="edit_member",
    responses=answers(
        PermissionMissingError,
        errors.MemberNotFoundError,
        errors.RoleNotFoundError,
        errors.TeamNotFoundError,
        errors.ProfileNotFoundError,
        errors.ChangedMeanwhileError,
        errors.LastOwnerError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
        errors.HoursError,
    ),
)
async def edit_member(
    tx: WriteTx, actor: CurrentActor, member_id: UUID, body: EditMemberBody
) -> Saved:
    member = await members.edit_member(tx, actor, member_id, body.version, body.changes())
    return Saved(id=member.id, version=member.version)


@router.delete(
    "/{member_id}",
    status_code=204,
    operation_id="remove_member",
    dependencies=_administers,
    responses=answers(
        PermissionMissingError,
        errors.MemberNotFoundError,
        errors.LastOwnerError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
    ),
)
async def remove_member(tx: WriteTx, actor: CurrentActor, member_id: UUID) -> None:
    await members.remove_member(tx, actor, member_id)


@router.post(
    "/{member_id}/password-reset",
    status_code=201,
    operation_id="make_reset_link",
    dependencies=[*_administers, shown_once],
    responses=answers(
        PermissionMissingError,
        errors.MemberNotFoundError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
    ),
)
async def make_reset_link(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, member_id: UUID
) -> ResetLinkView:
    link = await passwords.make_reset_link(tx, tools, actor, member_id)
    return ResetLinkView(token=link.token, path=f"/reset/{link.token}", mailed=link.mailed)


@router.delete(
    "/{member_id}/second-factor",
    status_code=204,
    operation_id="take_second_factor_away",
    dependencies=_administers,
    responses=answers(
        PermissionMissingError,
        errors.MemberNotFoundError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
        errors.SecondFactorStateError,
    ),
)
async def take_second_factor_away(tx: WriteTx, actor: CurrentActor, member_id: UUID) -> None:
    await second_factor.take_second_factor_away(tx, actor, member_id)
