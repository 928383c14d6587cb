"""API keys, invitations, and the way from a shown secret to them."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select

from services.team_directory.domain.secrets import digest
from services.team_directory.errors import ApiKeyNotFoundError, InvitationNotFoundError
from services.team_directory.models import ApiKey, Invitation, SecretLookup
from shared.db.transaction import Tx


class Opens(StrEnum):
    """What kind of thing a secret opens; one secret never serves for another kind."""

    API_KEY = "api_key"
    INVITATION = "invitation"
    CONNECTION = "connection"


class Secrets:
    """Finds what a shown secret opens, in whichever workspace that lies, and enters it."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def enter(self, secret: str, kind: Opens) -> UUID | None:
        """The id of what the secret opens, with its workspace entered; None when it is unknown."""
        query = select(SecretLookup.workspace_id, SecretLookup.target_id).where(
            SecretLookup.digest == digest(secret), SecretLookup.kind == kind
        )
        found = (await self._tx.session.execute(query)).first()
        if found is None:
            return None
        await self._tx.enter_workspace(found.workspace_id)
        target: UUID = found.target_id
        return target

    def add(self, secret: str, kind: Opens, target_id: UUID) -> None:
        self._tx.session.add(
            SecretLookup(
                digest=digest(secret),
                kind=kind,
                workspace_id=self._tx.workspace_id,
                target_id=target_id,
            )
        )

    async def forget(self, target_ids: Collection[UUID]) -> None:
        await self._tx.session.execute(
            delete(SecretLookup).where(SecretLookup.target_id.in_(target_ids))
        )


class ApiKeys:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def find(self, key_id: UUID) -> ApiKey | None:
        return await self._tx.session.get(
            ApiKey, (self._tx.workspace_id, key_id), with_for_update=True
        )

    async def get(self, key_id: UUID) -> ApiKey:
        key = await self.find(key_id)
        if key is None:
            raise ApiKeyNotFoundError
        return key

    def add(self, key: ApiKey) -> None:
        self._tx.session.add(key)

    async def living_of(self, creator_ids: Collection[UUID]) -> Sequence[ApiKey]:
        """The keys of these people that are not revoked."""
        query = (
            select(ApiKey)
            .where(
                ApiKey.workspace_id == self._tx.workspace_id,
                ApiKey.creator_id.in_(creator_ids),
                ApiKey.revoked_at.is_(None),
            )
            .order_by(ApiKey.id)
        )
        return (await self._tx.session.scalars(query)).all()


class Invitations:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def get_open(self, invitation_id: UUID) -> Invitation:
        """An invitation that was neither used nor withdrawn; it may have expired."""
        invitation = await self._tx.session.get(
            Invitation, (self._tx.workspace_id, invitation_id), with_for_update=True
        )
        if invitation is None or invitation.accepted_at or invitation.revoked_at:
            raise InvitationNotFoundError
        return invitation

    def add(self, invitation: Invitation) -> None:
        self._tx.session.add(invitation)

    async def open_of(self, person_id: UUID) -> Sequence[Invitation]:
        """What somebody has sent and nobody has answered."""
        query = (
            select(Invitation)
            .where(
                Invitation.workspace_id == self._tx.workspace_id,
                Invitation.invited_by == person_id,
                Invitation.accepted_at.is_(None),
                Invitation.revoked_at.is_(None),
            )
            .order_by(Invitation.id)
        )
        return (await self._tx.session.scalars(query)).all()
