"""Writing down what a batch says: interactions, their history, tombstones; then telling of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from services.inbox.commands.handle.placing import Home, Placed, place
from services.inbox.commands.handle.telling import Happened, tell
from services.inbox.domain import ingest
from services.inbox.domain.ingest import News, against, earlier
from services.inbox.repository import conversations, interactions, threads
from services.inbox.repository.copies import Copies
from services.inbox.repository.interactions import Held
from shared.db.transaction import Tx
from shared.events.inbox import Direction
from shared.networks.types import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The profile whose deliveries are handled."""

    profile_id: UUID
    network: str


@dataclass(slots=True)
class Taken:
    """What has no conversation yet, by what it awaits; and what has arrived that others await."""

    homeless: Mapping[str, str]
    arrived: set[str]


@dataclass(slots=True)
class _Writing:
    """The rows that a batch leads to, gathered before anything is written."""

    added: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    versions: list[dict[str, Any]] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)


async def take_in(
    tx: Tx, subject: Subject, news: Mapping[str, News], past: Collection[str]
) -> Taken:
    """Bring interactions, contacts and conversations up to date with the news.

    History is what was written before the profile was connected; `past` says what that is where
    nobody knows when it was.
    """
    profile_id = subject.profile_id
    newest = [one.newest for one in news.values() if one.newest is not None]
    await threads.remember(tx, profile_id, newest)
    mine = [
        one for one in news.values() if one.newest is None or ingest.belongs_in_inbox(one.newest)
    ]
    held = await interactions.held(tx, profile_id, {*news, *_parents(newest)})
    graves = await interactions.removed(tx, profile_id, list(news))
    for one in mine:
        one.removed_at = earlier(one.removed_at, graves.get(one.external_id))
    placed = await place(tx, profile_id, subject.network, mine, held)
    writing = _Writing()
    for one in mine:
        _decide(tx, subject, one, held.get(one.external_id), placed, writing)
    since = await Copies(tx).connected_at(profile_id)
    for happened in writing.happened:
        happened.back_filled = (
            happened.external_id in past if since is None else happened.written_at < since
        )
    rows = await conversations.locked(tx, {one.conversation_id for one in writing.happened})
    await _write(tx, profile_id, writing, {**news})
    await tell(tx, rows, writing.happened, placed.opened)
    return Taken(placed.homeless, _arrived(writing, newest))


def _parents(items: Iterable[Item]) -> set[str]:
    return {item.parent_id for item in items if item.parent_id and item.outbound}


def _arrived(writing: _Writing, items: Sequence[Item]) -> set[str]:
    """What our own earlier writing may have waited for."""
    added = {row["external_id"] for row in writing.added}
    return {ingest.item_awaited(external_id) for external_id in added} | {
        ingest.thread_awaited(item.thread_id)
        for item in items
        if item.external_id in added and ingest.is_private(item)
    }


async def _write(tx: Tx, profile_id: UUID, writing: _Writing, news: Mapping[str, News]) -> None:
    await interactions.add(tx, writing.added)
    await interactions.change(tx, writing.changed)
    await interactions.keep_versions(tx, writing.versions)
    graves = {key: one.removed_at for key, one in news.items() if one.removed_at is not None}
    await interactions.bury(tx, profile_id, graves)


def _decide(
    tx: Tx,
    subject: Subject,
    news: News,
    held: Held | None,
    placed: Placed,
    writing: _Writing,
) -> None:
    if held is not None:
        _decide_known(tx, news, held, writing)
    elif news.external_id in placed.homes:
        _decide_new(tx, subject, news, placed.homes[news.external_id], writing)


def _decide_new(tx: Tx, subject: Subject, news: News, home: Home, writing: _Writing) -> None:
    *before, item = news.states
    row = _row(tx, subject, news, item, home)
    writing.added.append(row)
    writing.versions += [_version(tx, row["id"], one) for one in before]
    writing.happened.append(
        Happened(
            external_id=item.external_id,
            interaction_id=row["id"],
            conversation_id=home.conversation_id,
            contact_id=home.contact_id,
            kind=item.kind.value,
            direction=Direction(row["direction"]),
            excerpt=ingest.excerpt(item.text, [one.kind for one in item.media]),
            written_at=item.created_at,
            new=True,
            removed=news.removed_at is not None,
            echo=home.action_id is not None,
        )
    )


def _row(tx: Tx, subject: Subject, news: News, item: Item, home: Home) -> dict[str, Any]:
    direction = Direction.OUTBOUND if item.outbound else Direction.INBOUND
    return {
        "workspace_id": tx.workspace_id,
        "id": tx.new_id(),
        "profile_id": subject.profile_id,
        "conversation_id": home.conversation_id,
        "contact_id": home.contact_id,
        "external_id": item.external_id,
        "parent_external_id": item.parent_id,
        "kind": item.kind.value,
        "direction": direction.value,
        "origin": ingest.origin(item, home.action_id),
        "visibility": item.visibility.value,
        "language": item.language,
        "ad_id": item.ad_id,
        "written_at": item.created_at,
        "received_at": tx.now,
        "removed_at": news.removed_at,
        "action_id": home.action_id,
        **_contents(item),
    }


def _decide_known(tx: Tx, news: News, held: Held, writing: _Writing) -> None:
    stand = against(news.states, held.item_version)
    writing.versions += [_version(tx, held.id, one) for one in stand.before]
    # What was sent from here is confirmed by its echo, which is no edit.
    edited = stand.now is not None and held.item_version != ingest.UNCONFIRMED
    if stand.now is not None:
        writing.changed.append({"held_id": held.id, **_contents(stand.now)})
    if edited:
        writing.versions.append(_version_of(tx, held))
    removed = news.removed_at is not None and held.removed_at is None
    if edited or removed:
        writing.happened.append(
            Happened(
                external_id=held.external_id,
                interaction_id=held.id,
                conversation_id=held.conversation_id,
                contact_id=held.contact_id,
                kind=held.kind,
                direction=Direction(held.direction),
                excerpt="",
                written_at=tx.now,
                new=False,
                edited=edited,
                removed=removed,
            )
        )


def _version_of(tx: Tx, held: Held) -> dict[str, Any]:
    return {
        "workspace_id": tx.workspace_id,
        "interaction_id": held.id,
        "item_version": held.item_version,
        "text": held.text,
        "media": held.media,
        "seen_at": tx.now,
    }


def _contents(item: Item) -> dict[str, Any]:
    """The columns that an edit changes."""
    return {
        "text": item.text,
        "media": [asdict(one) for one in item.media],
        "author": asdict(item.author),
        "item_version": item.version,
        "edited_at": item.edited_at,
        "rating": item.rating,
        "permalink": item.permalink,
        "handle": dict(item.handle),
    }


def _version(tx: Tx, interaction_id: UUID, item: Item) -> dict[str, Any]:
    return {
        "workspace_id": tx.workspace_id,
        "interaction_id": interaction_id,
        "item_version": item.version,
        "text": item.text,
        "media": [asdict(one) for one in item.media],
        "seen_at": tx.now,
    }
