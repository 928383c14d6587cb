"""Reads about connected profiles; what opens them stays where it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from services.team_directory.domain.connection import next_check
from services.team_directory.errors import ProfileNotFoundError
from services.team_directory.models import Profile, ProfileCredential
from services.team_directory.schemas.profiles import ProfileView
from shared.db.transaction import ReadTx
from shared.identity import Identity


def _profiles(read: ReadTx, identity: Identity) -> Select[Any]:
    """Those that this person works with."""
    own = (
        "id",
        "network",
        "external_id",
        "handle",
        "display_name",
        "avatar_url",
        "profile_url",
        "base_url",
        "state",
        "code",
        "reason",
        "problems",
        "scopes",
        "connected_at",
        "connected_by",
        "checked_at",
    )
    statement = (
        select(
            *(getattr(Profile, name) for name in own),
            ProfileCredential.expires_at.label("token_expires_at"),
            ProfileCredential.renewed_at.label("token_renewed_at"),
            ProfileCredential.refreshable.is_(True).label("token_renews"),
        )
        .outerjoin(
            ProfileCredential,
            (ProfileCredential.workspace_id == Profile.workspace_id)
            & (ProfileCredential.id == Profile.id),
        )
        .where(Profile.workspace_id == read.workspace_id)
        .order_by(Profile.network, Profile.handle, Profile.id)
    )
    if identity.profile_ids is not None:
        statement = statement.where(Profile.id.in_(identity.profile_ids))
    return statement


async def list_profiles(read: ReadTx, identity: Identity) -> list[ProfileView]:
    rows = await read.all(_profiles(read, identity))
    return [ProfileView.model_validate(row, from_attributes=True) for row in rows]


async def get_profile(read: ReadTx, identity: Identity, profile_id: UUID) -> ProfileView:
    row = await read.first(_profiles(read, identity).where(Profile.id == profile_id))
    if row is None:
        raise ProfileNotFoundError
    return ProfileView.model_validate(row, from_attributes=True)


async def when_to_check(read: ReadTx, profile_id: UUID) -> datetime:
    """When the connection of a profile is due for its next self-test."""
    row = await read.first(
        select(ProfileCredential.expires_at, ProfileCredential.refreshable).where(
            ProfileCredential.workspace_id == read.workspace_id, ProfileCredential.id == profile_id
        )
    )
    if row is None:
        return next_check(read.now, None, refreshable=False)
    return next_check(read.now, row.expires_at, refreshable=row.refreshable)
