"""What the rows of a breakdown are called."""

from collections.abc import Mapping

from sqlalchemy import select

from services.analytics.models import MeasuredProfile, Name
from services.analytics.schemas.reports import Dimension
from shared.db.transaction import ReadTx
from shared.identity import Identity
from shared.permissions import Level, Module

NAMED = frozenset({Dimension.PROFILE, Dimension.PERSON, Dimension.TEAM})


async def names(read: ReadTx, identity: Identity, by: Dimension) -> Mapping[str, str]:
    """By the key of a row; a profile by its handle, as its name may be that of several.

    Colleagues have no names for who may not look into the directory.
    """
    if by is Dimension.PROFILE:
        profiles = await read.all(
            select(MeasuredProfile.id, MeasuredProfile.handle, MeasuredProfile.display_name).where(
                MeasuredProfile.workspace_id == read.workspace_id
            )
        )
        return {str(row.id): row.handle or row.display_name for row in profiles}
    if by not in NAMED or not identity.may(Module.DIRECTORY, Level.VIEW):
        return {}
    rows = await read.all(select(Name.id, Name.name).where(Name.workspace_id == read.workspace_id))
    return {str(row.id): row.name for row in rows}
