"""Writing posts: what they say on each profile, and what the networks would say about that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from services.scheduler.commands.telling import add_up, tell_post
from services.scheduler.domain.content import ERROR, WARNING, Content, Picture, Remark, remarks
from services.scheduler.domain.publication import DRAFT
from services.scheduler.domain.rules import Rules
from services.scheduler.errors import PostChangedError, PostRefusedError, PostStateError
from services.scheduler.models import Post, Profile, Publication
from services.scheduler.repository import Assets, Loaded, Posts, Profiles, Publications
from shared.db.transaction import Tx
from shared.events.scheduler import PostState
from shared.identity import Identity
from shared.networks.publishing import Issue


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a post says on one profile; None is what the post itself says."""

    profile_id: UUID
    text: str | None = None
    pictures: Sequence[Picture] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A post as a person wrote it."""

    content: Content
    versions: Sequence[Version]

    def on(self, version: Version) -> Content:
        text = self.content.text if version.text is None else version.text
        pictures = self.content.pictures if version.pictures is None else version.pictures
        return Content(text=text, pictures=pictures)

    @property
    def profile_ids(self) -> list[UUID]:
        return [version.profile_id for version in self.versions]


async def create(tx: Tx, identity: Identity, written: Written) -> Loaded:
    await _known(tx, identity, written)
    post = Post(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        text="",
        media=[],
        state=PostState.DRAFT.value,
        created_by=identity.actor_id,
        created_at=tx.now,
        updated_at=tx.now,
        version=0,
    )
    tx.session.add(post)
    return await _write(tx, identity, (post, ()), written, "created")


async def edit(
    tx: Tx, identity: Identity, post_id: UUID, expected_version: int, written: Written
) -> Loaded:
    """Write a draft anew; `plan.rewrite` does so to what is planned."""
    loaded = await seen(tx, identity, post_id, expected_version)
    if loaded[0].state != PostState.DRAFT:
        raise PostStateError(state=loaded[0].state)
    await _known(tx, identity, written)
    return await _write(tx, identity, loaded, written, "edited")


async def seen(tx: Tx, identity: Identity, post_id: UUID, expected_version: int) -> Loaded:
    """The post, as the person knows it."""
    loaded = await Posts(tx).get(identity, post_id)
    if loaded[0].version != expected_version:
        raise PostChangedError(version=loaded[0].version)
    return loaded


async def check(
    tx: Tx, identity: Identity, written: Written, rules: Rules, post_id: UUID | None = None
) -> list[Remark]:
    """What stands in the way on each profile, and what is only worth a second look."""
    if post_id is not None:
        await Posts(tx).get(identity, post_id)
    profiles = await _known(tx, identity, written)
    return [
        remark
        for version in written.versions
        for remark in await _remarks(tx, profiles, written, version, (rules, post_id))
    ]


async def check_stored(tx: Tx, identity: Identity, loaded: Loaded, rules: Rules) -> None:
    """Raise unless every network would take its version."""
    post, publications = loaded
    written = Written(
        content=content_of(post),
        versions=[
            Version(profile_id=one.profile_id, text=one.text, pictures=_pictures(one.media))
            for one in publications
            if one.state == DRAFT
        ],
    )
    found = await check(tx, identity, written, rules, post.id)
    refuse([remark for remark in found if remark.severity == ERROR])


def refuse(errors: Sequence[Remark]) -> None:
    if errors:
        issues = [
            {"profile_id": str(one.profile_id), **one.issue.model_dump(mode="json")}
            for one in errors
        ]
        raise PostRefusedError(errors[0].issue.text, issues=issues)


def content_of(post: Post, one: Publication | None = None) -> Content:
    """What the post says, or its version for one profile."""
    text = post.text if one is None or one.text is None else one.text
    media = post.media if one is None or one.media is None else one.media
    return Content(text=text, pictures=_pictures(media) or ())


def _pictures(media: Sequence[Mapping[str, str]] | None) -> list[Picture] | None:
    return None if media is None else [Picture.from_json(one) for one in media]


async def _remarks(
    tx: Tx,
    profiles: Mapping[UUID, Profile],
    written: Written,
    version: Version,
    about: tuple[Rules, UUID | None],
) -> list[Remark]:
    rules, post_id = about
    content = written.on(version)
    found = remarks(rules.networks, profiles[version.profile_id], content)
    if await Publications(tx).same_as(version.profile_id, content.fingerprint, post_id):
        text = "Another post says the same on this profile."
        issue = Issue(field="text", code="duplicate", text=text)
        found.append(Remark(profile_id=version.profile_id, severity=WARNING, issue=issue))
    return found


async def _known(tx: Tx, identity: Identity, written: Written) -> Mapping[UUID, Profile]:
    """The profiles, after making sure of them and of the pictures."""
    shown = [*written.content.pictures]
    for version in written.versions:
        shown += version.pictures or ()
    await Assets(tx).demand([picture.asset_id for picture in shown])
    return await Profiles(tx).of(identity, written.profile_ids)


async def _write(
    tx: Tx, identity: Identity, loaded: Loaded, written: Written, change: str
) -> Loaded:
    post, before = loaded
    known = {one.profile_id: one for one in before}
    post.text = written.content.text
    post.media = [picture.to_json() for picture in written.content.pictures]
    now = [_target(tx, post, known.get(v.profile_id), written, v) for v in written.versions]
    for one in before:
        if one.profile_id not in written.profile_ids:
            await tx.session.delete(one)
    add_up(tx, (post, now))
    await tx.session.flush()
    await tell_post(tx, (post, now), change, identity.actor_id)
    return post, now


def _target(
    tx: Tx, post: Post, known: Publication | None, written: Written, version: Version
) -> Publication:
    one = known
    if one is None:
        one = Publication(
            workspace_id=tx.workspace_id,
            id=tx.new_id(),
            post_id=post.id,
            profile_id=version.profile_id,
            state=DRAFT.value,
            attempts=0,
            at_risk=False,
            version=0,
        )
        tx.session.add(one)
    one.text = version.text
    pictures = version.pictures
    one.media = None if pictures is None else [picture.to_json() for picture in pictures]
    one.fingerprint = written.on(version).fingerprint
    one.version += 1
    return one
