"""Routes about saved views."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox import errors
from services.inbox.commands import view
from services.inbox.queries import views
from services.inbox.schemas.views import (
    SavedViewBody,
    SavedViewChangeBody,
    SavedViewCount,
    SavedViewView,
)
from services.inbox.schemas.work import CreatedView, VersionView
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    prefix="/views",
    route_class=UnitOfWorkRoute,
    tags=["inbox"],
    dependencies=[requires(Module.INBOX, Level.VIEW)],
)
_FORBIDDEN = answers(PermissionMissingError)
_NOT_THERE = _FORBIDDEN | answers(errors.SavedViewNotFoundError)


@router.get("", operation_id="list_saved_views", responses=_FORBIDDEN)
async def list_views(read: Reading, identity: CurrentIdentity) -> list[SavedViewView]:
    return await views.list_views(read, identity)


@router.get("/counts", operation_id="count_saved_views", responses=_FORBIDDEN)
async def count_views(read: Reading, identity: CurrentIdentity) -> list[SavedViewCount]:
    return await views.count_views(read, identity)


@router.post(
    "",
    operation_id="create_saved_view",
    status_code=201,
    responses=_FORBIDDEN | answers(errors.SavedViewLimitError),
)
async def create_view(tx: WriteTx, identity: CurrentIdentity, body: SavedViewBody) -> CreatedView:
    return CreatedView(id=await view.save_view(tx, identity, body.content()))


@router.put(
    "/{view_id}",
    operation_id="change_saved_view",
    responses=_NOT_THERE | answers(errors.SavedViewChangedError),
)
async def change_view(
    tx: WriteTx, identity: CurrentIdentity, view_id: UUID, body: SavedViewChangeBody
) -> VersionView:
    content = body.content()
    version = await view.change_view(tx, identity, view_id, body.expected_version, content)
    return VersionView(version=version)


@router.delete(
    "/{view_id}", operation_id="remove_saved_view", status_code=204, responses=_NOT_THERE
)
async def remove_view(tx: WriteTx, identity: CurrentIdentity, view_id: UUID) -> None:
    await view.remove_view(tx, identity, view_id)
