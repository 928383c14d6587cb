"""Loading and adding rows, per aggregate, and who may see a post."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from services.scheduler.domain.publication import STANDING
from services.scheduler.errors import (
    AssetNotFoundError,
    PostNotFoundError,
    ProfileNotFoundError,
    PublicationNotFoundError,
)
from services.scheduler.models import Asset, Post, Profile, Publication
from shared.db.transaction import Tx
from shared.identity import Identity

Loaded = tuple[Post, Sequence[Publication]]


def visible(identity: Identity) -> list[ColumnElement[bool]]:
    """Posts of this workspace that this person may see.

    Whoever works with some profiles sees what goes to these alone, and their own drafts that go
    nowhere yet: a post shared with another profile shows what is planned there.
    """
    here = Post.workspace_id == identity.workspace_id
    if identity.profile_ids is None:
        return [here]
    target = aliased(Publication)
    targets = and_(target.workspace_id == Post.workspace_id, target.post_id == Post.id)
    elsewhere = exists().where(targets, target.profile_id.not_in(identity.profile_ids))
    anywhere = exists().where(targets)
    return [here, ~elsewhere, or_(anywhere, Post.created_by == identity.actor_id)]


class Profiles:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def get_or_add(self, profile_id: UUID) -> Profile:
        """The copy of a profile; a new empty one when it was not known."""
        key = (self._tx.workspace_id, profile_id)
        profile = await self._tx.session.get(Profile, key, with_for_update=True)
        if profile is None:
            profile = Profile(workspace_id=self._tx.workspace_id, id=profile_id, scopes=[])
            self._tx.session.add(profile)
        return profile

    async def of(self, identity: Identity, ids: Collection[UUID]) -> dict[UUID, Profile]:
        """These profiles; raises when one is not there, or not for this person."""
        if not all(identity.sees_profile(profile_id) for profile_id in ids):
            raise ProfileNotFoundError
        statement = select(Profile).where(
            Profile.workspace_id == self._tx.workspace_id, Profile.id.in_(ids)
        )
        found = {one.id: one for one in await self._tx.session.scalars(statement)}
        if len(found) < len(set(ids)):
            raise ProfileNotFoundError
        return found


class Posts:
    """Posts with their publications; the post is locked before its publications."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def get(self, identity: Identity, post_id: UUID) -> Loaded:
        statement = select(Post).where(Post.id == post_id, *visible(identity)).with_for_update()
        post = await self._tx.session.scalar(statement)
        if post is None:
            raise PostNotFoundError
        return post, await self._publications(post)

    async def of_publication(self, identity: Identity, publication_id: UUID) -> Loaded:
        post_id = await self._post_id(publication_id)
        if post_id is None:
            raise PublicationNotFoundError
        try:
            return await self.get(identity, post_id)
        except PostNotFoundError as error:
            raise PublicationNotFoundError from error

    async def with_publication(self, publication_id: UUID) -> Loaded | None:
        """For workers, whom nobody keeps from seeing anything."""
        post_id = await self._post_id(publication_id)
        if post_id is None:
            return None
        key = (self._tx.workspace_id, post_id)
        post = await self._tx.session.get_one(Post, key, with_for_update=True)
        return post, await self._publications(post)

    async def following(self, after: UUID, limit: int) -> Sequence[Loaded]:
        """The next posts in the order of their ids, held in place until the end."""
        statement = (
            select(Post)
            .where(Post.workspace_id == self._tx.workspace_id, Post.id > after)
            .order_by(Post.id)
            .limit(limit)
            .with_for_update()
        )
        posts = (await self._tx.session.scalars(statement)).all()
        found: dict[UUID, list[Publication]] = {post.id: [] for post in posts}
        # Whoever changes one of these holds its post.
        publications = select(Publication).where(
            Publication.workspace_id == self._tx.workspace_id, Publication.post_id.in_(found)
        )
        for one in await self._tx.session.scalars(publications.order_by(Publication.id)):
            found[one.post_id].append(one)
        return [(post, found[post.id]) for post in posts]

    async def _post_id(self, publication_id: UUID) -> UUID | None:
        return await self._tx.session.scalar(
            select(Publication.post_id).where(
                Publication.workspace_id == self._tx.workspace_id, Publication.id == publication_id
            )
        )

    async def _publications(self, post: Post) -> Sequence[Publication]:
        statement = (
            select(Publication)
            .where(Publication.workspace_id == post.workspace_id, Publication.post_id == post.id)
            .order_by(Publication.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return (await self._tx.session.scalars(statement)).all()


class Publications:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def waiting_for(self, profile_id: UUID) -> Sequence[UUID]:
        """What is planned for a profile, in one order for everybody."""
        statement = (
            select(Publication.id)
            .where(
                Publication.workspace_id == self._tx.workspace_id,
                Publication.profile_id == profile_id,
                Publication.state == "pending",
            )
            .order_by(Publication.post_id, Publication.id)
        )
        return (await self._tx.session.scalars(statement)).all()

    async def same_as(self, profile_id: UUID, fingerprint: str, post_id: UUID | None) -> bool:
        """Whether another post says the same there, or soon will."""
        statement = select(Publication.id).where(
            Publication.workspace_id == self._tx.workspace_id,
            Publication.profile_id == profile_id,
            Publication.fingerprint == fingerprint,
            Publication.state.in_(STANDING),
        )
        if post_id is not None:
            statement = statement.where(Publication.post_id != post_id)
        return await self._tx.session.scalar(statement.limit(1)) is not None


class Assets:
    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def demand(self, ids: Collection[UUID]) -> None:
        statement = select(Asset.id).where(
            Asset.workspace_id == self._tx.workspace_id, Asset.id.in_(ids)
        )
        if len((await self._tx.session.scalars(statement)).all()) < len(set(ids)):
            raise AssetNotFoundError
