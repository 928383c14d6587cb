"""What inbox, scheduler and analytics ask: the credentials of a profile. They go nowhere else."""

from uuid import UUID

from fastapi import APIRouter

from services.team_directory.api.dependencies import DatabaseDep, ToolsDep
from services.team_directory.commands import credentials, profiles
from services.team_directory.commands.credentials import OpenedProfile
from services.team_directory.errors import ProfileNotConnectedError, ProfileNotFoundError
from services.team_directory.schemas.profiles import (
    CredentialsView,
    NetworkAccountView,
    OpenedProfileView,
    RefreshBody,
    ReportBody,
)
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, LongRoute, requires_service
from shared.networks.errors import AuthRevokedError, RateLimitedError, RemoteTransientError

router = APIRouter(
    prefix="/internal/profiles",
    tags=["internal"],
    route_class=LongRoute,
    dependencies=[requires_service("inbox", "scheduler", "analytics")],
)


def _view(opened: OpenedProfile) -> OpenedProfileView:
    access = opened.access
    return OpenedProfileView(
        network=opened.network,
        account=NetworkAccountView.model_validate(access.account, from_attributes=True),
        base_url=access.account.base_url,
        credentials=CredentialsView.model_validate(access.credentials, from_attributes=True),
        scopes=sorted(opened.scopes),
        state=opened.state,
        renewed_at=opened.renewed_at,
    )


@router.get(
    "/{profile_id}/credentials",
    operation_id="get_credentials",
    responses=answers(ProfileNotFoundError, ProfileNotConnectedError),
)
async def get_credentials(
    database: DatabaseDep, tools: ToolsDep, identity: CurrentIdentity, profile_id: UUID
) -> OpenedProfileView:
    async with database.begin(identity.workspace_id) as tx:
        return _view(await credentials.open_profile(tx, tools, profile_id))


@router.post(
    "/{profile_id}/refresh",
    operation_id="refresh_credentials",
    responses=answers(
        ProfileNotFoundError,
        ProfileNotConnectedError,
        AuthRevokedError,
        RateLimitedError,
        RemoteTransientError,
    ),
)
async def refresh_credentials(
    database: DatabaseDep,
    tools: ToolsDep,
    identity: CurrentIdentity,
    profile_id: UUID,
    body: RefreshBody,
) -> OpenedProfileView:
    opened = await credentials.refresh_credentials(
        database, tools, identity.workspace_id, profile_id, body.if_older_than
    )
    return _view(opened)


@router.post(
    "/{profile_id}/report",
    status_code=204,
    operation_id="report_profile",
    responses=answers(ProfileNotFoundError),
)
async def report_profile(
    database: DatabaseDep, identity: CurrentIdentity, profile_id: UUID, body: ReportBody
) -> None:
    async with database.begin(identity.workspace_id) as tx:
        await profiles.report(tx, profile_id, body.state, body.code, body.reason)
