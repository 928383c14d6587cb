"""Routes of invitations; accepting one is the gateway's internal call."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor, ToolsDep
from services.team_directory.commands import invitations
from services.team_directory.commands.invitations import InvitationDraft, SentInvitation
from services.team_directory.queries import keys as queries
from services.team_directory.schemas.keys import (
    InvitationView,
    InviteBody,
    SentInvitationView,
)
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

router = APIRouter(
    prefix="/invitations",
    tags=["invitations"],
    route_class=UnitOfWorkRoute,
    dependencies=[requires(Module.DIRECTORY, Level.ADMINISTER)],
)


def _view(sent: SentInvitation) -> SentInvitationView:
    return SentInvitationView(
        id=sent.id,
        email=sent.email,
        token=sent.token,
        path=f"/join/{sent.token}",
        mailed=sent.mailed,
    )


@router.get("", operation_id="list_invitations", responses=answers(PermissionMissingError))
async def list_invitations(read: Reading) -> list[InvitationView]:
    return await queries.list_invitations(read)


@router.post(
    "",
    status_code=201,
    operation_id="invite",
    dependencies=[shown_once],
    responses=answers(
        PermissionMissingError,
        errors.RoleNotFoundError,
        errors.TeamNotFoundError,
        errors.ProfileNotFoundError,
        errors.AlreadyMemberError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
    ),
)
async def invite(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, body: InviteBody
) -> list[SentInvitationView]:
    draft = InvitationDraft(
        emails=body.emails,
        role_ids=body.role_ids,
        team_ids=body.team_ids,
        profile_ids=body.profile_ids,
        sight=body.sight,
        lifetime=body.lifetime,
    )
    return [_view(sent) for sent in await invitations.invite(tx, tools, actor, draft)]


@router.post(
    "/{invitation_id}/resend",
    operation_id="resend_invitation",
    dependencies=[shown_once],
    responses=answers(
        PermissionMissingError,
        errors.InvitationNotFoundError,
        errors.OwnersOnlyError,
        errors.GrantTooHighError,
    ),
)
async def resend(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, invitation_id: UUID
) -> SentInvitationView:
    return _view(await invitations.resend_invitation(tx, tools, actor, invitation_id))


@router.delete(
    "/{invitation_id}",
    status_code=204,
    operation_id="withdraw_invitation",
    responses=answers(PermissionMissingError, errors.InvitationNotFoundError),
)
async def withdraw(tx: WriteTx, actor: CurrentActor, invitation_id: UUID) -> None:
    await invitations.withdraw_invitation(tx, actor, invitation_id)
