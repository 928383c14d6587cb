"""The profiles that posts may be planned for."""

from uuid import UUID

from sqlalchemy import select

from services.scheduler.domain.content import capabilities_of, may_publish
from services.scheduler.errors import ProfileNotFoundError
from services.scheduler.models import Profile
from services.scheduler.schemas import ProfileView
from shared.db.transaction import ReadTx
from shared.events.team_directory import ProfileState
from shared.identity import Identity
from shared.profiles.access import Networks


async def list_profiles(read: ReadTx, identity: Identity, networks: Networks) -> list[ProfileView]:
    """The profiles that this person works with, by name."""
    statement = (
        select(
            Profile.id,
            Profile.network,
            Profile.handle,
            Profile.display_name,
            Profile.state,
            Profile.account,
            Profile.scopes,
        )
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.display_name, Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    views = []
    for row in await read.all(statement):
        able = capabilities_of(networks, row)
        views.append(
            ProfileView(
                id=row.id,
                network=row.network,
                handle=row.handle,
                display_name=row.display_name,
                state=row.state,
                may_publish=may_publish(ProfileState(row.state)),
                limits=able.publishing if able is not None else None,
            )
        )
    return views


async def network_of(read: ReadTx, profile_id: UUID) -> str:
    statement = select(Profile.network).where(
        Profile.workspace_id == read.workspace_id, Profile.id == profile_id
    )
    network: str | None = await read.scalar(statement)
    if network is None:
        raise ProfileNotFoundError
    return network
