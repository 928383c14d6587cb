"""Routes of mail: what went out, and the links in it that work without a login."""

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import DatabaseDep, ToolsDep
from services.team_directory.commands import unsubscribe
from services.team_directory.queries import mails as queries
from services.team_directory.schemas.mails import MailView, UnsubscribeView
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import LongRoute, Reading, UnitOfWorkRoute, requires, requires_service
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(tags=["mail"], route_class=UnitOfWorkRoute)
# They open their own transactions: the link says in which workspace.
internal_router = APIRouter(
    prefix="/internal/unsubscribe",
    tags=["internal"],
    route_class=LongRoute,
    dependencies=[requires_service("gateway")],
)


@router.get(
    "/mails",
    operation_id="list_mails",
    dependencies=[requires(Module.DIRECTORY, Level.ADMINISTER)],
    responses=answers(PermissionMissingError, CursorError),
)
async def list_mails(
    read: Reading, cursor: PageCursor = None, limit: PageLimit = DEFAULT_LIMIT
) -> Page[MailView]:
    return await queries.list_mails(read, cursor, limit)


@internal_router.get(
    "/{token}",
    operation_id="preview_unsubscribe",
    responses=answers(errors.UnsubscribeLinkError),
)
async def preview_unsubscribe(
    database: DatabaseDep, tools: ToolsDep, token: str
) -> UnsubscribeView:
    return await queries.preview_unsubscribe(database, tools, token)


@internal_router.post(
    "/{token}",
    status_code=204,
    operation_id="unsubscribe",
    responses=answers(errors.UnsubscribeLinkError),
)
async def stop_mail(database: DatabaseDep, tools: ToolsDep, token: str) -> None:
    await unsubscribe.unsubscribe(database, tools, token)
