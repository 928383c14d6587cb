"""Every read of scheduler."""

from sqlalchemy import select

from services.scheduler.domain import may_publish
from services.scheduler.models import Profile
from services.scheduler.schemas import ProfileView
from shared.db.transaction import ReadTx
from shared.events.team_directory import ProfileState
from shared.identity import Identity


async def list_profiles(read: ReadTx, identity: Identity) -> list[ProfileView]:
    """The profiles that this person works with, by name."""
    statement = (
        select(Profile.id, Profile.network, Profile.handle, Profile.display_name, Profile.state)
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.display_name, Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    return [
        ProfileView(
            id=row.id,
            network=row.network,
            handle=row.handle,
            display_name=row.display_name,
            state=row.state,
            may_publish=may_publish(ProfileState(row.state)),
        )
        for row in await read.all(statement)
    ]
