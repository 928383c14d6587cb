"""Loading what is measured: profiles, and the posts of a profile that are due."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from services.analytics.models import MeasuredPost, MeasuredProfile
from shared.db.transaction import Tx


class MeasuredProfiles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def find(self, profile_id: UUID) -> MeasuredProfile | None:
        key = (self._tx.workspace_id, profile_id)
        return await self._tx.session.get(MeasuredProfile, key, with_for_update=True)

    async def get_or_add(self, profile_id: UUID) -> MeasuredProfile:
        """The copy of a profile; a new empty one when it was not known."""
        profile = await self.find(profile_id)
        if profile is None:
            profile = MeasuredProfile(
                workspace_id=self._tx.workspace_id,
                id=profile_id,
                state="",
                due_at=self._tx.now,
                failures=0,
            )
            self._tx.session.add(profile)
        return profile


class MeasuredPosts:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def find(self, publication_id: UUID) -> MeasuredPost | None:
        key = (self._tx.workspace_id, publication_id)
        return await self._tx.session.get(MeasuredPost, key)

    def add(self, post: MeasuredPost) -> None:
        self._tx.session.add(post)

    async def due(self, profile_id: UUID, limit: int) -> Sequence[MeasuredPost]:
        """Those whose turn it is, and those that may go along with them; none without the first."""
        statement = (
            select(MeasuredPost)
            .where(
                MeasuredPost.workspace_id == self._tx.workspace_id,
                MeasuredPost.profile_id == profile_id,
                MeasuredPost.due_at.is_not(None),
                MeasuredPost.early_at <= self._tx.now,
            )
            .order_by(MeasuredPost.due_at, MeasuredPost.id)
            .limit(limit)
        )
        posts = (await self._tx.session.scalars(statement)).all()
        is_due = bool(posts) and posts[0].due_at is not None and posts[0].due_at <= self._tx.now
        return posts if is_due else ()

    async def named(self, profile_id: UUID, external_ids: Sequence[str]) -> Sequence[MeasuredPost]:
        """The posts of a profile that the network knows by these ids."""
        statement = (
            select(MeasuredPost)
            .where(
                MeasuredPost.workspace_id == self._tx.workspace_id,
                MeasuredPost.profile_id == profile_id,
                MeasuredPost.external_id.in_(external_ids),
            )
            .order_by(MeasuredPost.id)
            .with_for_update()
        )
        return (await self._tx.session.scalars(statement)).all()

    async def next_due(self, profile_id: UUID) -> datetime | None:
        return await self._tx.session.scalar(
            select(func.min(MeasuredPost.due_at)).where(
                MeasuredPost.workspace_id == self._tx.workspace_id,
                MeasuredPost.profile_id == profile_id,
                MeasuredPost.due_at.is_not(None),
            )
        )

    async def tell_followers(self, profile_id: UUID, followers: int, since: datetime) -> None:
        """To posts since then that appeared before the followers were known at all."""
        await self._tx.session.execute(
            update(MeasuredPost)
            .where(
                MeasuredPost.workspace_id == self._tx.workspace_id,
                MeasuredPost.profile_id == profile_id,
                MeasuredPost.followers.is_(None),
                MeasuredPost.published_at >= since,
            )
            .values(followers=followers)
        )
