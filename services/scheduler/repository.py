"""Loading and adding rows, per aggregate."""

from uuid import UUID

from services.scheduler.models import Profile
from shared.db.transaction import Tx


class Profiles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def get_or_add(self, profile_id: UUID) -> Profile:
        """The copy of a profile; a new empty one when it was not known."""
        key = (self._tx.workspace_id, profile_id)
        profile = await self._tx.session.get(Profile, key, with_for_update=True)
        if profile is None:
            profile = Profile(workspace_id=self._tx.workspace_id, id=profile_id)
            self._tx.session.add(profile)
        return profile
