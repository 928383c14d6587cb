"""Connected profiles, what opens them, and attempts to connect."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, text

from services.team_directory.errors import ConnectionStateError, ProfileNotFoundError
from services.team_directory.models import ConnectionAttempt, Profile, ProfileCredential
from shared.db.transaction import Tx

_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


class Profiles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._session = tx.session

    async def find(self, profile_id: UUID) -> Profile | None:
        return await self._session.get(
            Profile, (self._tx.workspace_id, profile_id), with_for_update=True
        )

    async def get(self, profile_id: UUID) -> Profile:
        profile = await self.find(profile_id)
        if profile is None:
            raise ProfileNotFoundError
        return profile

    async def with_credential(self, profile_id: UUID) -> tuple[Profile, ProfileCredential | None]:
        """A profile and what opens it, without a lock: many read it while one refreshes."""
        key = (self._tx.workspace_id, profile_id)
        profile = await self._session.get(Profile, key)
        if profile is None:
            raise ProfileNotFoundError
        return profile, await self._session.get(ProfileCredential, key)

    async def demand_all(self, profile_ids: Collection[UUID]) -> None:
        """Raise when one of them is not a profile of this workspace."""
        if not profile_ids:
            return
        query = select(func.count()).where(
            Profile.workspace_id == self._tx.workspace_id, Profile.id.in_(profile_ids)
        )
        if await self._session.scalar(query) != len(set(profile_ids)):
            raise ProfileNotFoundError

    async def by_account(self, network: str, account_key: str) -> Profile | None:
        """The profile of an account, whatever its state; nobody adds it meanwhile."""
        name = f"team_directory/account/{self._tx.workspace_id}/{network}/{account_key}"
        await self._session.execute(_LOCK, {"name": name})
        query = (
            select(Profile)
            .where(
                Profile.workspace_id == self._tx.workspace_id,
                Profile.network == network,
                Profile.account_key == account_key,
            )
            .with_for_update()
        )
        return (await self._session.scalars(query)).first()

    def add(self, row: Profile | ProfileCredential | ConnectionAttempt) -> None:
        self._session.add(row)

    async def remove(self, profile: Profile) -> None:
        await self._session.delete(profile)
        await self._session.flush()

    async def credential(self, profile_id: UUID) -> ProfileCredential | None:
        return await self._session.get(
            ProfileCredential, (self._tx.workspace_id, profile_id), with_for_update=True
        )

    async def remove_credential(self, profile_id: UUID) -> None:
        await self._session.execute(
            delete(ProfileCredential).where(
                ProfileCredential.workspace_id == self._tx.workspace_id,
                ProfileCredential.id == profile_id,
            )
        )

    async def hold_refresh(self, profile_id: UUID) -> None:
        """Wait until no other process refreshes this profile; then keep the others waiting."""
        name = f"team_directory/refresh/{self._tx.workspace_id}/{profile_id}"
        await self._session.execute(_LOCK, {"name": name})

    async def take_attempt(self, attempt_id: UUID) -> ConnectionAttempt:
        """An attempt, struck off: an answer of the network's consent page works once."""
        attempt = await self._session.get(
            ConnectionAttempt, (self._tx.workspace_id, attempt_id), with_for_update=True
        )
        if attempt is None or attempt.expires_at <= self._tx.now:
            raise ConnectionStateError
        await self._session.delete(attempt)
        await self._session.flush()
        return attempt

    async def following(self, after: UUID, limit: int) -> Sequence[Profile]:
        """The next profiles in the order of their ids, each held in place until the end."""
        query = (
            select(Profile)
            .where(Profile.workspace_id == self._tx.workspace_id, Profile.id > after)
            .order_by(Profile.id)
            .limit(limit)
            .with_for_update()
        )
        return (await self._session.scalars(query)).all()

    async def abandoned(self, before: datetime) -> Sequence[Profile]:
        """Profiles that somebody began to connect before this moment and never did."""
        query = select(Profile).where(
            Profile.workspace_id == self._tx.workspace_id,
            Profile.account_key.is_(None),
            Profile.created_at < before,
        )
        return (await self._session.scalars(query)).all()
