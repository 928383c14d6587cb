"""Moving posts and publications to another state, and telling the others."""

from uuid import UUID

from services.scheduler.domain.publication import FINAL, added_up, may_follow
from services.scheduler.errors import PostStateError
from services.scheduler.models import Post, Profile, Publication
from services.scheduler.repository import Loaded, Posts
from shared.db.transaction import Tx
from shared.events.scheduler import (
    PostChanged,
    PostState,
    PublicationAtRisk,
    PublicationChanged,
    PublicationState,
)

RESTATE = "scheduler.restate"
_EXCERPT = 200
_AT_ONCE = 200


def move(
    tx: Tx, one: Publication, state: PublicationState, code: str | None = None, detail: str = ""
) -> None:
    """Put a publication into another state; why it is there is kept with it."""
    before = PublicationState(one.state)
    if state is not before and not may_follow(before, state):
        raise PostStateError(state=one.state)
    one.state = state.value
    one.error_code = code
    one.error_detail = detail or None
    one.settled_at = tx.now if state in FINAL else None
    one.version += 1


def add_up(tx: Tx, loaded: Loaded) -> None:
    """Let the post say what its publications add up to."""
    post, publications = loaded
    post.state = added_up([PublicationState(one.state) for one in publications]).value
    post.version += 1
    post.updated_at = tx.now


async def tell_post(tx: Tx, loaded: Loaded, change: str, by: UUID) -> None:
    post, publications = loaded
    await tx.publish(
        PostChanged(
            workspace_id=tx.workspace_id,
            post_id=post.id,
            post_version=post.version,
            change=change,
            state=PostState(post.state),
            profile_ids=tuple(one.profile_id for one in publications),
            due_at=post.due_at,
            zone=post.zone,
            by=by,
        )
    )


async def tell(tx: Tx, post: Post, one: Publication, by: UUID | None = None) -> None:
    """Say which state a publication is in now."""
    await tx.publish(await _state_of(tx, post, one, by=by))


async def restate_publications(tx: Tx, after: UUID) -> UUID | None:
    """Tell of the next posts as they are, as far as somebody has planned them; the last of them."""
    posts = await Posts(tx).following(after, _AT_ONCE)
    for post, publications in posts:
        told = [one for one in publications if one.state != PublicationState.DRAFT]
        await tx.publish(*[await _state_of(tx, post, one, restated=True) for one in told])
    return posts[-1][0].id if posts else None


async def _state_of(
    tx: Tx, post: Post, one: Publication, *, by: UUID | None = None, restated: bool = False
) -> PublicationChanged:
    return PublicationChanged(
        workspace_id=tx.workspace_id,
        post_id=post.id,
        post_version=post.version,
        publication_id=one.id,
        profile_id=one.profile_id,
        network=await _network(tx, one),
        due_at=one.due_at or tx.now,
        author_id=post.created_by,
        state=PublicationState(one.state),
        published_at=one.published_at,
        external_id=one.external_id,
        permalink=one.permalink,
        excerpt=_beginning(post.text if one.text is None else one.text),
        reason=one.error_code,
        by=by,
        restated=restated,
    )


async def tell_risk(tx: Tx, post: Post, one: Publication) -> None:
    await tx.publish(
        PublicationAtRisk(
            workspace_id=tx.workspace_id,
            post_id=post.id,
            post_version=post.version,
            publication_id=one.id,
            profile_id=one.profile_id,
            network=await _network(tx, one),
            due_at=one.due_at or tx.now,
            author_id=post.created_by,
            at_risk=one.at_risk,
            reason=one.risk_code,
        )
    )


def _beginning(text: str) -> str | None:
    return " ".join(text.split())[:_EXCERPT] or None


async def _network(tx: Tx, one: Publication) -> str:
    profile = await tx.session.get(Profile, (tx.workspace_id, one.profile_id))
    return profile.network if profile is not None else ""
