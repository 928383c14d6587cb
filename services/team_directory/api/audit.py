"""The route of the audit log."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from services.team_directory.queries import audit
from services.team_directory.queries.audit import AuditFilter
from services.team_directory.schemas.audit import AuditView
from services.team_directory.schemas.common import Moment
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(tags=["audit"], route_class=UnitOfWorkRoute)


async def _filter(
    actor_id: UUID | None = None,
    action: Annotated[str | None, Query(max_length=100)] = None,
    object_id: UUID | None = None,
    since: Moment | None = None,
    until: Moment | None = None,
) -> AuditFilter:
    return AuditFilter(actor_id, action, object_id, since, until)


@router.get(
    "/audit",
    operation_id="list_audit",
    dependencies=[requires(Module.DIRECTORY, Level.ADMINISTER)],
    responses=answers(PermissionMissingError, CursorError),
)
async def list_audit(
    read: Reading,
    identity: CurrentIdentity,
    wanted: Annotated[AuditFilter, Depends(_filter)],
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[AuditView]:
    return await audit.list_audit(read, identity, wanted, cursor, limit)
