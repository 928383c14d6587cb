"""Profiles as the inbox knows them."""

from sqlalchemy import select

from services.inbox.models import Profile
from services.inbox.schemas.profiles import ProfileView
from shared.db.transaction import ReadTx
from shared.identity import Identity


async def list_profiles(read: ReadTx, identity: Identity) -> list[ProfileView]:
    """The profiles that this person works with, by name."""
    columns = Profile.__table__.c
    statement = (
        select(*(columns[name] for name in ProfileView.model_fields))
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.display_name, Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    rows = await read.all(statement)
    return [ProfileView.model_validate(row, from_attributes=True) for row in rows]
