"""Routes of the library: a picture is sent as it is, and shown again to whoever may see it.

Neither runs in one transaction, so that no slow sender or reader keeps one open.
"""

from collections.abc import AsyncIterator
from tempfile import TemporaryFile
from typing import Annotated, BinaryIO
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import StreamingResponse

from services.scheduler import errors
from services.scheduler.commands.library import Taken, add_asset
from services.scheduler.domain.library import Library
from services.scheduler.domain.pictures import NotAPictureError
from services.scheduler.queries import assets
from services.scheduler.schemas import AssetView
from shared.db.database import Database
from shared.errors import UnauthenticatedError
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import Backend, CurrentIdentity, LongRoute
from shared.identity import Identity, PermissionMissingError
from shared.ids import new_id
from shared.permissions import Level, Module
from shared.storage import FileNotFoundInStoreError, StorageUnavailableError

_LARGEST = 20_000_000


class _PictureRoute(LongRoute):
    largest = 2 * _LARGEST


router = APIRouter(prefix="/media", tags=["publishing"], route_class=_PictureRoute)

_PICTURE = {"schema": {"type": "string", "format": "binary"}}
_BODY = {"requestBody": {"required": True, "content": {"image/*": _PICTURE}}}
_HEADERS = {
    # What somebody uploaded is shown and nothing else: no script, no guess at its type.
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cache-control": "private, max-age=86400, immutable",
}


async def _viewer(identity: CurrentIdentity) -> Identity:
    identity.demand(Module.PUBLISHING, Level.VIEW)
    return identity


Viewer = Annotated[Identity, Depends(_viewer)]


async def _editor(identity: Viewer) -> Identity:
    identity.demand(Module.PUBLISHING, Level.EDIT)
    return identity


Editor = Annotated[Identity, Depends(_editor)]


async def _library(request: Request) -> Library:
    library: Library = request.app.state.library
    return library


async def _database(request: Request) -> Database:
    backend: Backend = request.app.state.backend
    return backend.database


Pictures = Annotated[Library, Depends(_library)]
Data = Annotated[Database, Depends(_database)]


@router.post(
    "",
    operation_id="upload_picture",
    status_code=201,
    openapi_extra=_BODY,
    responses=answers(
        UnauthenticatedError,
        PermissionMissingError,
        errors.PictureError,
        errors.PictureTooLargeError,
        StorageUnavailableError,
    ),
)
async def upload_picture(
    request: Request,
    identity: Editor,
    library: Pictures,
    database: Data,
    alt: Annotated[str, Query(max_length=2000, pattern=r"^[^\x00]*$")] = "",
) -> AssetView:
    """The body is the picture itself; what it is is read from its content.

    Where and when it was taken, and by which camera, is left out.
    """
    asset_id = new_id()
    with TemporaryFile() as file:
        await _receive(request, file)
        try:
            kept = await library.put(identity.workspace_id, asset_id, file)
        except NotAPictureError as error:
            raise errors.PictureError(str(error)) from error
    taken = Taken(asset_id=asset_id, shown=kept.shown, size=kept.size, alt=alt)
    async with database.begin(identity.workspace_id) as tx:
        asset = await add_asset(tx, identity, taken)
    return AssetView.model_validate(asset, from_attributes=True)


async def _receive(request: Request, file: BinaryIO) -> None:
    """Into a file and not into memory: many may send large pictures at once."""
    async for part in request.stream():
        file.write(part)
        if file.tell() > _LARGEST:
            raise errors.PictureTooLargeError


@router.get(
    "",
    operation_id="list_pictures",
    responses=answers(UnauthenticatedError, PermissionMissingError, CursorError),
)
async def list_pictures(
    identity: Viewer,
    database: Data,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[AssetView]:
    async with database.read(identity.workspace_id) as read:
        return await assets.list_assets(read, cursor, limit)


@router.get(
    "/{asset_id}",
    operation_id="get_picture",
    responses=answers(UnauthenticatedError, PermissionMissingError, errors.AssetNotFoundError),
)
async def get_picture(identity: Viewer, database: Data, asset_id: UUID) -> AssetView:
    async with database.read(identity.workspace_id) as read:
        return await assets.get_asset(read, asset_id)


@router.get(
    "/{asset_id}/content",
    operation_id="show_picture",
    response_class=StreamingResponse,
    responses=answers(
        UnauthenticatedError,
        PermissionMissingError,
        errors.AssetNotFoundError,
        FileNotFoundInStoreError,
        StorageUnavailableError,
    )
    | {200: {"content": {"image/*": _PICTURE}}},
)
async def show_picture(
    identity: Viewer, library: Pictures, database: Data, asset_id: UUID
) -> StreamingResponse:
    async with database.read(identity.workspace_id) as read:
        asset = await assets.get_asset(read, asset_id)
    parts = library.read(identity.workspace_id, asset_id)
    # Begun before the answer is, so that a missing file can still be said.
    first = await anext(aiter(parts), b"")

    async def rest() -> AsyncIterator[bytes]:
        yield first
        async for part in parts:
            yield part

    return StreamingResponse(rest(), media_type=asset.content_type, headers=_HEADERS)
