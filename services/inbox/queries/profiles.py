"""Profiles as the inbox knows them."""

from sqlalchemy import select

from services.inbox.models import Profile
from services.inbox.queries.health import health_of_profiles
from services.inbox.schemas.profiles import ProfileView
from shared.db.transaction import ReadTx
from shared.identity import Identity


async def list_profiles(read: ReadTx, identity: Identity) -> list[ProfileView]:
    """The profiles that this person works with, by name."""
    columns = Profile.__table__.c
    statement = (
        select(*(columns[name] for name in ProfileView.model_fields if name != "health"))
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.display_name, Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    rows = await read.all(statement)
    health = {one.profile_id: one for one in await health_of_profiles(read, identity)}
    return [ProfileView(**row._asdict(), health=health[row.id]) for row in rows]
