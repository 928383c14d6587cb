"""Routes of API keys."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory import errors
from services.team_directory.api.dependencies import CurrentActor
from services.team_directory.commands import api_keys
from services.team_directory.commands.api_keys import KeyDraft
from services.team_directory.queries import keys as queries
from services.team_directory.schemas.keys import ApiKeyBody, ApiKeyView, CreatedKeyView
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    Reading,
    UnitOfWorkRoute,
    WriteTx,
    requires,
    shown_once,
)
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(
    prefix="/api-keys",
    tags=["API keys"],
    route_class=UnitOfWorkRoute,
    dependencies=[requires(Module.CONNECTIONS, Level.EDIT)],
)


@router.get("", operation_id="list_api_keys", responses=answers(PermissionMissingError))
async def list_api_keys(read: Reading, identity: CurrentIdentity) -> list[ApiKeyView]:
    return await queries.list_api_keys(read, identity)


@router.post(
    "",
    status_code=201,
    operation_id="create_api_key",
    dependencies=[shown_once],
    responses=answers(
        PermissionMissingError,
        errors.GrantTooHighError,
        errors.ExpiryPastError,
        errors.ProfileNotFoundError,
        errors.NotPersonError,
    ),
)
async def create_api_key(tx: WriteTx, actor: CurrentActor, body: ApiKeyBody) -> CreatedKeyView:
    draft = KeyDraft(body.name, body.access(), body.expires_at)
    created = await api_keys.create_api_key(tx, actor, draft)
    return CreatedKeyView(id=created.id, secret=created.secret)


@router.delete(
    "/{key_id}",
    status_code=204,
    operation_id="revoke_api_key",
    responses=answers(PermissionMissingError, errors.ApiKeyNotFoundError),
)
async def revoke_api_key(tx: WriteTx, actor: CurrentActor, key_id: UUID) -> None:
    await api_keys.revoke_api_key(tx, actor, key_id)
