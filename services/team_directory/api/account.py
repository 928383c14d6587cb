"""Routes of a person's own account: who am I, password, second factor, sessions."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import (
    CurrentActor,
    DatabaseDep,
    ToolsDep,
)
from services.team_directory.commands import passwords, second_factor, sessions
from services.team_directory.queries import people
from services.team_directory.schemas.account import (
    AccountView,
    ChangePasswordBody,
    CodeBody,
    EnrolmentView,
    OwnSessionView,
    RecoveryCodesView,
)
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    LongRoute,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    shown_once,
)

router = APIRouter(prefix="/account", tags=["account"], route_class=UnitOfWorkRoute)
slow_router = APIRouter(prefix="/account", tags=["account"], route_class=LongRoute)


@router.get("", operation_id="get_account", responses=answers(errors.MemberNotFoundError))
async def get_account(read: Reading, identity: CurrentIdentity) -> AccountView:
    return await people.own_account(read, identity)


@slow_router.put(
    "/password",
    status_code=204,
    operation_id="change_password",
    responses=answers(
        errors.PasswordWrongError,
        errors.PasswordRefusedError,
        errors.NotPersonError,
        errors.TooManyTriesError,
    ),
)
async def change_password(
    database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, body: ChangePasswordBody
) -> None:
    await passwords.change_password(database, tools, actor, body.present, body.new)


@router.post(
    "/second-factor",
    status_code=201,
    operation_id="begin_second_factor",
    dependencies=[shown_once],
    responses=answers(errors.SecondFactorStateError, errors.NotPersonError),
)
async def begin_second_factor(tx: WriteTx, tools: ToolsDep, actor: CurrentActor) -> EnrolmentView:
    enrolment = await second_factor.begin_second_factor(tx, tools, actor)
    return EnrolmentView.model_validate(enrolment, from_attributes=True)


@router.post(
    "/second-factor/confirm",
    operation_id="confirm_second_factor",
    dependencies=[shown_once],
    responses=answers(errors.SecondFactorStateError, errors.CodeWrongError),
)
async def confirm_second_factor(
    tx: WriteTx, tools: ToolsDep, actor: CurrentActor, body: CodeBody
) -> RecoveryCodesView:
    codes = await second_factor.confirm_second_factor(tx, tools, actor, body.code)
    return RecoveryCodesView(codes=codes)


@slow_router.post(
    "/second-factor/recovery-codes",
    operation_id="renew_recovery_codes",
    dependencies=[shown_once],
    responses=answers(
        errors.SecondFactorStateError, errors.CodeWrongError, errors.TooManyTriesError
    ),
)
async def renew_recovery_codes(
    database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, body: CodeBody
) -> RecoveryCodesView:
    codes = await second_factor.renew_recovery_codes(database, tools, actor, body.code)
    return RecoveryCodesView(codes=codes)


@slow_router.post(
    "/second-factor/off",
    status_code=204,
    operation_id="turn_second_factor_off",
    responses=answers(
        errors.SecondFactorStateError, errors.CodeWrongError, errors.TooManyTriesError
    ),
)
async def turn_second_factor_off(
    database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, body: CodeBody
) -> None:
    await second_factor.turn_second_factor_off(database, tools, actor, body.code)


@router.get("/sessions", operation_id="list_own_sessions", responses=answers())
async def list_sessions(read: Reading, identity: CurrentIdentity) -> list[OwnSessionView]:
    return list(await people.own_sessions(read, identity))


@router.delete(
    "/sessions/{session_id}",
    status_code=204,
    operation_id="end_own_session",
    responses=answers(errors.SessionNotFoundError, errors.NotPersonError),
)
async def end_session(tx: WriteTx, actor: CurrentActor, session_id: UUID) -> None:
    await sessions.end_own_session(tx, actor, session_id)
