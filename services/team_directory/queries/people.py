"""Reads about people across workspaces: who has signed in, where they belong, their sessions."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, exists, func, select

from services.team_directory.domain.secrets import digest
from services.team_directory.domain.sessions import ends_at
from services.team_directory.errors import InvitationNotFoundError, MemberNotFoundError
from services.team_directory.models import (
    Invitation,
    Member,
    Membership,
    Person,
    RecoveryCode,
    SecondFactor,
    SecretLookup,
    Session,
    Workspace,
)
from services.team_directory.schemas.account import AccountView, OwnSessionView
from services.team_directory.schemas.sessions import (
    InvitationPreview,
    PersonView,
    SetupState,
    WorkspaceName,
)
from services.team_directory.schemas.workspaces import WorkspaceView
from shared.db.database import Database
from shared.db.transaction import ReadTx
from shared.identity import Identity


async def setup_state(read: ReadTx) -> SetupState:
    somebody = await read.scalar(select(exists().where(Person.id.is_not(None))))
    return SetupState(needed=not somebody)


async def person_and_workspaces(
    read: ReadTx, person_id: UUID
) -> tuple[PersonView, list[WorkspaceName]]:
    row = await read.first(
        select(Person.id, Person.name, Person.email, Person.locale, Person.time_zone).where(
            Person.id == person_id
        )
    )
    if row is None:
        raise MemberNotFoundError
    workspaces = await read.all(_workspaces_of(person_id))
    return (
        PersonView.model_validate(row, from_attributes=True),
        [WorkspaceName(id=it.id, name=it.name) for it in workspaces],
    )


def _workspaces_of(person_id: UUID) -> Select[UUID, str, str, int]:
    return (
        select(Workspace.id, Workspace.name, Workspace.time_zone, Workspace.version)
        .join(Membership, Membership.workspace_id == Workspace.id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.joined_at, Workspace.id)
    )


async def list_workspaces(read: ReadTx, identity: Identity) -> list[WorkspaceView]:
    """The workspaces that the caller can enter."""
    rows = await read.all(_workspaces_of(identity.actor_id))
    return [
        WorkspaceView(
            id=row.id,
            name=row.name,
            time_zone=row.time_zone,
            version=row.version,
            current=row.id == read.workspace_id,
        )
        for row in rows
    ]


async def own_account(read: ReadTx, identity: Identity) -> AccountView:
    left = (
        select(func.count())
        .where(RecoveryCode.person_id == Person.id, RecoveryCode.used_at.is_(None))
        .scalar_subquery()
    )
    row = await read.first(
        select(
            Person.id,
            Person.name,
            Person.email,
            Person.locale,
            Person.time_zone,
            SecondFactor.confirmed_at.is_not(None).label("second_factor"),
            left.label("recovery_codes_left"),
            Member.version.label("member_version"),
        )
        .join(Member, Member.id == Person.id)
        .outerjoin(SecondFactor, SecondFactor.person_id == Person.id)
        .where(Member.workspace_id == read.workspace_id, Person.id == identity.actor_id)
    )
    if row is None:
        raise MemberNotFoundError
    return AccountView.model_validate(row, from_attributes=True)


async def own_sessions(read: ReadTx, identity: Identity) -> Sequence[OwnSessionView]:
    """Where the caller is signed in, the latest first."""
    rows = await read.all(
        select(Session.id, Session.user_agent, Session.ip, Session.created_at, Session.seen_at)
        .where(Session.person_id == identity.actor_id)
        .order_by(Session.seen_at.desc(), Session.id)
    )
    return [
        OwnSessionView(
            id=row.id,
            device=row.user_agent,
            ip=row.ip,
            created_at=row.created_at,
            seen_at=row.seen_at,
            ends_at=ends_at(row.created_at, row.seen_at),
            current=row.id == identity.session_id,
        )
        for row in rows
        if read.now < ends_at(row.created_at, row.seen_at)
    ]


async def preview_invitation(database: Database, token: str) -> InvitationPreview:
    """What a link promises, for somebody who has not signed in; in whichever workspace it lies."""
    async with database.read() as read:
        found = await read.first(
            select(SecretLookup.workspace_id, SecretLookup.target_id).where(
                SecretLookup.digest == digest(token), SecretLookup.kind == "invitation"
            )
        )
    if found is None:
        raise InvitationNotFoundError
    async with database.read(found.workspace_id) as read:
        row = await read.first(_preview(found.workspace_id, found.target_id))
    if row is None or row.expires_at <= read.now:
        raise InvitationNotFoundError
    return InvitationPreview.model_validate(row, from_attributes=True)


def _preview(workspace_id: UUID, invitation_id: UUID) -> Select[str, str, str, bool, object]:
    has_account = exists().where(Person.email == Invitation.email)
    return (
        select(
            Workspace.name.label("workspace_name"),
            Person.name.label("inviter"),
            Invitation.email,
            has_account.correlate(Invitation).label("has_account"),
            Invitation.expires_at,
        )
        .join(Workspace, Workspace.id == Invitation.workspace_id)
        .join(Person, Person.id == Invitation.invited_by)
        .where(
            Invitation.workspace_id == workspace_id,
            Invitation.id == invitation_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
    )
