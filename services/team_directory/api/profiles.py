"""Routes of connected profiles."""

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse

from services.team_directory import errors
from services.team_directory.api.dependencies import (
    CurrentActor,
    DatabaseDep,
    ToolsDep,
)
from services.team_directory.commands import connect, profiles
from services.team_directory.commands.connect import Begun, Wish
from services.team_directory.queries import profiles as queries
from services.team_directory.schemas.profiles import (
    BegunView,
    ConnectBody,
    NetworkView,
    ProfileView,
    ReconnectBody,
)
from shared.http.problems import answers
from shared.http.unit_of_work import (
    CurrentIdentity,
    LongRoute,
    Reading,
    UnitOfWorkRoute,
    requires,
)
from shared.identity import PermissionMissingError
from shared.networks.errors import AuthRevokedError, InvalidInputError, RemoteTransientError
from shared.networks.registry import UnknownNetworkError
from shared.permissions import Level, Module

_views = [requires(Module.PROFILES, Level.VIEW)]
_edits = [requires(Module.PROFILES, Level.EDIT)]
_CONNECTING = (
    PermissionMissingError,
    UnknownNetworkError,
    InvalidInputError,
    AuthRevokedError,
    RemoteTransientError,
    errors.GrantTooHighError,
    errors.ProfileNotFoundError,
    errors.ProfileAlreadyConnectedError,
    errors.OtherAccountError,
)

router = APIRouter(tags=["profiles"], route_class=UnitOfWorkRoute)
slow_router = APIRouter(tags=["profiles"], route_class=LongRoute)


def _view(begun: Begun) -> BegunView:
    return BegunView(profile_id=begun.profile_id, authorize_url=begun.authorize_url)


@router.get(
    "/networks",
    operation_id="list_networks",
    dependencies=_views,
    responses=answers(PermissionMissingError),
)
async def list_networks(tools: ToolsDep) -> list[NetworkView]:
    return [
        NetworkView.model_validate(connector.manifest, from_attributes=True)
        for connector in tools.networks
    ]


@router.get(
    "/profiles",
    operation_id="list_profiles",
    dependencies=_views,
    responses=answers(PermissionMissingError),
)
async def list_profiles(read: Reading, identity: CurrentIdentity) -> list[ProfileView]:
    return await queries.list_profiles(read, identity)


@slow_router.post(
    "/profiles",
    status_code=201,
    operation_id="connect_profile",
    dependencies=_edits,
    responses=answers(*_CONNECTING),
)
async def connect_profile(
    database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, body: ConnectBody
) -> BegunView:
    wish = Wish(body.network, body.answers)
    return _view(await connect.connect(database, tools, actor, wish))


@slow_router.get(
    "/profiles/{network}/callback",
    status_code=303,
    operation_id="finish_connecting_profile",
    response_class=RedirectResponse,
    responses=answers(),
)
async def finish_connecting(
    request: Request, database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, network: str
) -> str:
    finished = await connect.finish_connecting(
        database, tools, actor, network, dict(request.query_params)
    )
    return finished.page


@router.get(
    "/profiles/{profile_id}",
    operation_id="get_profile",
    dependencies=_views,
    responses=answers(PermissionMissingError, errors.ProfileNotFoundError),
)
async def get_profile(read: Reading, identity: CurrentIdentity, profile_id: UUID) -> ProfileView:
    return await queries.get_profile(read, identity, profile_id)


@slow_router.post(
    "/profiles/{profile_id}/reconnect",
    operation_id="reconnect_profile",
    dependencies=_edits,
    responses=answers(*_CONNECTING),
)
async def reconnect_profile(
    database: DatabaseDep,
    tools: ToolsDep,
    actor: CurrentActor,
    profile_id: UUID,
    body: ReconnectBody,
) -> BegunView:
    return _view(await connect.reconnect(database, tools, actor, profile_id, body.answers))


@slow_router.post(
    "/profiles/{profile_id}/check",
    operation_id="check_profile",
    dependencies=_edits,
    responses=answers(
        PermissionMissingError,
        errors.ProfileNotFoundError,
        errors.ProfileNotConnectedError,
        RemoteTransientError,
    ),
)
async def check_profile(
    database: DatabaseDep, tools: ToolsDep, identity: CurrentIdentity, profile_id: UUID
) -> ProfileView:
    async with database.read(identity.workspace_id) as read:
        await queries.get_profile(read, identity, profile_id)
    await profiles.check_profile(database, tools, identity.workspace_id, profile_id)
    async with database.read(identity.workspace_id) as read:
        return await queries.get_profile(read, identity, profile_id)


@slow_router.delete(
    "/profiles/{profile_id}",
    status_code=204,
    operation_id="disconnect_profile",
    dependencies=_edits,
    responses=answers(
        PermissionMissingError, errors.ProfileNotFoundError, errors.ProfileNotConnectedError
    ),
)
async def disconnect_profile(
    database: DatabaseDep, tools: ToolsDep, actor: CurrentActor, profile_id: UUID
) -> None:
    await profiles.disconnect_profile(database, tools, actor, profile_id)
