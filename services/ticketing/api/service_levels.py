"""Routes about what is promised: calendars and policies."""

from uuid import UUID

from fastapi import APIRouter

from services.ticketing import errors
from services.ticketing.commands import service_levels as commands
from services.ticketing.queries import service_levels as queries
from services.ticketing.schemas import service_levels as bodies
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(route_class=UnitOfWorkRoute, tags=["service levels"])
_VIEW = requires(Module.TICKETS, Level.VIEW)
_ADMINISTER = requires(Module.TICKETS, Level.ADMINISTER)
_WRITTEN = answers(
    PermissionMissingError,
    errors.CalendarNotFoundError,
    errors.PolicyOverlapError,
    errors.PolicyProfilesError,
)


@router.get(
    "/calendars",
    operation_id="list_sla_calendars",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError),
)
async def list_calendars(read: Reading) -> list[bodies.CalendarView]:
    return await queries.list_calendars(read)


@router.post(
    "/calendars",
    operation_id="create_sla_calendar",
    status_code=201,
    dependencies=[_ADMINISTER],
    responses=answers(PermissionMissingError),
)
async def create_calendar(tx: WriteTx, body: bodies.CalendarBody) -> bodies.SlaCreated:
    return bodies.SlaCreated(id=await commands.create_calendar(tx, body.name, body.hours()))


@router.put(
    "/calendars/{calendar_id}",
    operation_id="rewrite_sla_calendar",
    status_code=204,
    dependencies=[_ADMINISTER],
    responses=answers(PermissionMissingError, errors.CalendarNotFoundError, errors.SlaChangedError),
)
async def rewrite_calendar(
    tx: WriteTx, calendar_id: UUID, body: bodies.CalendarRewriteBody
) -> None:
    await commands.rewrite_calendar(tx, calendar_id, body.expected_version, body.name, body.hours())


@router.delete(
    "/calendars/{calendar_id}",
    operation_id="remove_sla_calendar",
    status_code=204,
    dependencies=[_ADMINISTER],
    responses=answers(
        PermissionMissingError, errors.CalendarNotFoundError, errors.CalendarUsedError
    ),
)
async def remove_calendar(tx: WriteTx, calendar_id: UUID) -> None:
    await commands.remove_calendar(tx, calendar_id)


@router.get(
    "/policies",
    operation_id="list_sla_policies",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError),
)
async def list_policies(read: Reading) -> list[bodies.PolicyView]:
    return await queries.list_policies(read)


@router.post(
    "/policies",
    operation_id="create_sla_policy",
    status_code=201,
    dependencies=[_ADMINISTER],
    responses=_WRITTEN,
)
async def create_policy(
    tx: WriteTx, identity: CurrentIdentity, body: bodies.PolicyBody
) -> bodies.SlaCreated:
    return bodies.SlaCreated(id=await commands.create_policy(tx, identity, body.values()))


@router.put(
    "/policies/{policy_id}",
    operation_id="rewrite_sla_policy",
    status_code=204,
    dependencies=[_ADMINISTER],
    responses=answers(
        PermissionMissingError,
        errors.CalendarNotFoundError,
        errors.PolicyNotFoundError,
        errors.PolicyOverlapError,
        errors.PolicyProfilesError,
        errors.SlaChangedError,
    ),
)
async def rewrite_policy(
    tx: WriteTx, identity: CurrentIdentity, policy_id: UUID, body: bodies.PolicyRewriteBody
) -> None:
    await commands.rewrite_policy(tx, identity, policy_id, body.expected_version, body.values())


@router.delete(
    "/policies/{policy_id}",
    operation_id="remove_sla_policy",
    status_code=204,
    dependencies=[_ADMINISTER],
    responses=answers(
        PermissionMissingError, errors.PolicyNotFoundError, errors.PolicyProfilesError
    ),
)
async def remove_policy(tx: WriteTx, identity: CurrentIdentity, policy_id: UUID) -> None:
    await commands.remove_policy(tx, identity, policy_id)
