"""Routes about tags: listing, making, renaming, removing."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox import errors
from services.inbox.commands import tag
from services.inbox.queries import tags
from services.inbox.schemas.work import CreatedView, TagBody, TagChangeBody, TagView
from shared.http.problems import answers
from shared.http.unit_of_work import Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(prefix="/tags", route_class=UnitOfWorkRoute, tags=["inbox"])
_APPROVE = requires(Module.INBOX, Level.APPROVE)


@router.get(
    "",
    operation_id="list_tags",
    dependencies=[requires(Module.INBOX, Level.VIEW)],
    responses=answers(PermissionMissingError),
)
async def list_tags(read: Reading) -> list[TagView]:
    return await tags.list_tags(read)


@router.post(
    "",
    operation_id="create_tag",
    status_code=201,
    dependencies=[requires(Module.INBOX, Level.EDIT)],
    responses=answers(PermissionMissingError, errors.TagNameTakenError),
)
async def create_tag(tx: WriteTx, body: TagBody) -> CreatedView:
    return CreatedView(id=await tag.create_tag(tx, body.scope, body.name, body.color))


@router.put(
    "/{tag_id}",
    operation_id="change_tag",
    status_code=204,
    dependencies=[_APPROVE],
    responses=answers(PermissionMissingError, errors.TagNotFoundError, errors.TagNameTakenError),
)
async def change_tag(tx: WriteTx, tag_id: UUID, body: TagChangeBody) -> None:
    await tag.change_tag(tx, tag_id, body.name, body.color)


@router.delete(
    "/{tag_id}",
    operation_id="remove_tag",
    status_code=204,
    dependencies=[_APPROVE],
    responses=answers(PermissionMissingError, errors.TagNotFoundError),
)
async def remove_tag(tx: WriteTx, tag_id: UUID) -> None:
    await tag.remove_tag(tx, tag_id)
