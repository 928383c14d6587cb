"""Reads about API keys and invitations."""

from sqlalchemy import select

from services.team_directory.models import ApiKey, Invitation
from services.team_directory.schemas.keys import ApiKeyView, InvitationView
from shared.db.transaction import ReadTx
from shared.identity import Identity
from shared.permissions import Level, Module


async def list_api_keys(read: ReadTx, identity: Identity) -> list[ApiKeyView]:
    """One's own keys; an administrator of connections sees everybody's. The newest first."""
    columns = [getattr(ApiKey, name) for name in ApiKeyView.model_fields]
    statement = (
        select(*columns).where(ApiKey.workspace_id == read.workspace_id).order_by(ApiKey.id.desc())
    )
    if not identity.may(Module.CONNECTIONS, Level.ADMINISTER):
        statement = statement.where(ApiKey.creator_id == identity.actor_id)
    return [
        ApiKeyView.model_validate(row, from_attributes=True) for row in await read.all(statement)
    ]


async def list_invitations(read: ReadTx) -> list[InvitationView]:
    """What nobody has answered yet, the newest first."""
    expired = Invitation.expires_at <= read.now
    columns = [
        getattr(Invitation, name) for name in InvitationView.model_fields if name != "expired"
    ]
    rows = await read.all(
        select(*columns, expired.label("expired"))
        .where(
            Invitation.workspace_id == read.workspace_id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
        )
        .order_by(Invitation.id.desc())
    )
    return [InvitationView.model_validate(row, from_attributes=True) for row in rows]
