"""What the gateway asks before anybody is known: setup, login, sessions, API keys, invitations."""

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import DatabaseDep, ToolsDep
from services.team_directory.commands import (
    api_keys,
    forgotten,
    joining,
    login,
    passwords,
    sessions,
    setup,
)
from services.team_directory.commands.sessions import OpenedSession, Place
from services.team_directory.queries import people
from services.team_directory.schemas.sessions import (
    AcceptInvitationBody,
    EndSessionBody,
    ForgottenPasswordBody,
    FromBrowser,
    InvitationPreview,
    LoginBody,
    ResetPasswordBody,
    ResolvedKeyView,
    ResolvedSessionView,
    ResolveKeyBody,
    ResolveSessionBody,
    SessionView,
    SetupBody,
    SetupState,
)
from shared.db.database import Database
from shared.http.problems import answers
from shared.http.tokens import identity_to_claims
from shared.http.unit_of_work import LongRoute, requires_service

router = APIRouter(
    prefix="/internal",
    tags=["internal"],
    route_class=LongRoute,
    dependencies=[requires_service("gateway")],
)


def _place(body: FromBrowser) -> Place:
    return Place(body.ip, body.user_agent)


async def _session(database: Database, opened: OpenedSession) -> SessionView:
    async with database.read() as read:
        person, workspaces = await people.person_and_workspaces(read, opened.person_id)
    return SessionView(
        token=opened.token,
        expires_at=opened.expires_at,
        person=person,
        workspaces=workspaces,
    )


@router.get("/setup", operation_id="get_setup_state", responses=answers())
async def get_setup(database: DatabaseDep) -> SetupState:
    async with database.read() as read:
        return await people.setup_state(read)


@router.post(
    "/setup",
    status_code=201,
    operation_id="set_up",
    responses=answers(errors.AlreadySetUpError, errors.PasswordRefusedError),
)
async def set_up(database: DatabaseDep, tools: ToolsDep, body: SetupBody) -> SessionView:
    owner = setup.FirstOwner(**body.model_dump(exclude={"ip", "user_agent"}))
    async with database.begin() as tx:
        opened = await setup.set_up(tx, tools, owner, _place(body))
    return await _session(database, opened)


@router.post(
    "/sessions",
    operation_id="log_in",
    responses=answers(
        errors.LoginFailedError,
        errors.SecondFactorNeededError,
        errors.SecondFactorWrongError,
        errors.TooManyTriesError,
    ),
)
async def log_in(database: DatabaseDep, tools: ToolsDep, body: LoginBody) -> SessionView:
    attempt = login.Attempt(body.email.strip(), body.password, _place(body), body.code)
    return await _session(database, await login.log_in(database, tools, attempt))


@router.post(
    "/sessions/resolve",
    operation_id="resolve_session",
    responses=answers(errors.SessionUnknownError, errors.WorkspaceNotFoundError),
)
async def resolve_session(database: DatabaseDep, body: ResolveSessionBody) -> ResolvedSessionView:
    resolved = await sessions.resolve_session(database, body.token, body.workspace_id, body.ip)
    async with database.read() as read:
        person, workspaces = await people.person_and_workspaces(read, resolved.identity.actor_id)
    return ResolvedSessionView(
        identity=identity_to_claims(resolved.identity),
        expires_at=resolved.expires_at,
        rotated_token=resolved.rotated_token,
        person=person,
        workspaces=workspaces,
    )


@router.post("/sessions/end", status_code=204, operation_id="end_session", responses=answers())
async def end_session(database: DatabaseDep, body: EndSessionBody) -> None:
    async with database.begin() as tx:
        await sessions.sign_out(tx, body.token, everywhere=body.everywhere)


@router.post(
    "/api-keys/resolve",
    operation_id="resolve_api_key",
    responses=answers(errors.ApiKeyUnknownError),
)
async def resolve_api_key(database: DatabaseDep, body: ResolveKeyBody) -> ResolvedKeyView:
    async with database.begin() as tx:
        resolved = await api_keys.resolve_api_key(tx, body.key, body.ip)
    return ResolvedKeyView(
        identity=identity_to_claims(resolved.identity), expires_at=resolved.expires_at
    )


@router.get(
    "/invitations/{token}",
    operation_id="preview_invitation",
    responses=answers(errors.InvitationNotFoundError),
)
async def preview_invitation(database: DatabaseDep, token: str) -> InvitationPreview:
    return await people.preview_invitation(database, token)


@router.post(
    "/invitations/{token}/accept",
    operation_id="accept_invitation",
    responses=answers(
        errors.InvitationNotFoundError,
        errors.AlreadyMemberError,
        errors.PasswordRefusedError,
        errors.LoginFailedError,
        errors.SecondFactorNeededError,
        errors.SecondFactorWrongError,
        errors.TooManyTriesError,
    ),
)
async def accept_invitation(
    database: DatabaseDep, tools: ToolsDep, token: str, body: AcceptInvitationBody
) -> SessionView:
    acceptance = joining.Acceptance(
        name=body.name,
        password=body.password,
        locale=body.locale,
        time_zone=body.time_zone,
        place=_place(body),
        code=body.code,
    )
    opened = await joining.accept_invitation(database, tools, token, acceptance)
    return await _session(database, opened)


@router.post(
    "/password-resets",
    status_code=204,
    operation_id="ask_for_password_reset",
    responses=answers(errors.TooManyTriesError),
)
async def ask_for_password_reset(database: DatabaseDep, body: ForgottenPasswordBody) -> None:
    async with database.begin() as tx:
        await forgotten.ask_for_reset(tx, body.email, _place(body))


@router.post(
    "/password-resets/{token}",
    status_code=204,
    operation_id="reset_password",
    responses=answers(
        errors.ResetUnknownError, errors.PasswordRefusedError, errors.TooManyTriesError
    ),
)
async def reset_password(
    database: DatabaseDep, tools: ToolsDep, token: str, body: ResetPasswordBody
) -> None:
    await passwords.reset_password(database, tools, token, body.password, _place(body))
