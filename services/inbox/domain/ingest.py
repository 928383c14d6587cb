"""What deliveries mean for what we know: pure, and the same in whatever order they arrive.

Of two states of an item the newer wins, the older ones become its history, and what was removed
stays removed. A conversation is then read off its interactions, so that no order can spoil it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from shared.networks.types import Change, Item, ItemKind, Removed, Visibility

CUSTOMER, PARLEY, NATIVE = "customer", "parley", "native"

UNCONFIRMED = 0
"""The version of what we sent ourselves, until the network says how it stands there."""

_EXCERPT = 200
_MEDIA_SIGNS = {"image": "🖼", "video": "🎬", "audio": "🎵", "link": "🔗", "file": "📎"}


@dataclass(slots=True)
class News:
    """Everything that a batch says about one item; `states` are ordered and differ in version."""

    external_id: str
    states: list[Item] = field(default_factory=list)
    removed_at: datetime | None = None

    @property
    def newest(self) -> Item | None:
        return self.states[-1] if self.states else None


def gather(changes: Iterable[Change]) -> dict[str, News]:
    """The news of each item; of two equal versions the first is kept, of two removals the earlier.

    The items come in the order in which they were written, so that a parent precedes its answers.
    """
    found: dict[str, News] = {}
    versions: dict[tuple[str, int], Item] = {}
    for change in changes:
        if isinstance(change, Removed):
            news = found.setdefault(change.external_id, News(change.external_id))
            news.removed_at = earlier(news.removed_at, change.at)
        else:
            found.setdefault(change.item.external_id, News(change.item.external_id))
            versions.setdefault((change.item.external_id, change.item.version), change.item)
    for (external_id, _), item in sorted(versions.items()):
        found[external_id].states.append(item)
    return dict(sorted(found.items(), key=_written))


def _written(entry: tuple[str, News]) -> tuple[bool, float, str]:
    item = entry[1].newest
    return (item is None, item.created_at.timestamp() if item else 0.0, entry[0])


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """The earlier of two moments, where there are any."""
    moments = [moment for moment in (one, other) if moment is not None]
    return min(moments, default=None)


@dataclass(frozen=True, slots=True)
class Stand:
    """How an item stands after the news: what it says now, and what it said before."""

    now: Item | None
    before: Sequence[Item]


def against(states: Sequence[Item], version: int | None) -> Stand:
    """The states of an item against the version that we hold (None: it is new to us).

    `now` is None when we hold the newest already; `before` are the older ones that came with it.
    """
    if not states or version is None:
        return Stand(now=states[-1] if states else None, before=states[:-1])
    newest = states[-1] if states[-1].version > version else None
    older = [item for item in states if item is not newest and item.version != version]
    return Stand(now=newest, before=older)


def belongs_in_inbox(item: Item) -> bool:
    """A published post is what conversations stand under; it is no part of one."""
    return item.kind is not ItemKind.POST


def origin(item: Item, action_id: UUID | None) -> str:
    """Who wrote it: a customer, somebody of us in Parley, or somebody of us elsewhere."""
    if not item.outbound:
        return CUSTOMER
    return NATIVE if action_id is None else PARLEY


def is_private(item: Item) -> bool:
    return item.visibility is Visibility.PRIVATE


def awaited(item: Item) -> str:
    """What must be known before our own writing can be put into a conversation."""
    return thread_awaited(item.thread_id) if is_private(item) else item_awaited(item.parent_id)


def item_awaited(external_id: str | None) -> str:
    return f"item/{external_id or ''}"


def thread_awaited(thread_id: str) -> str:
    return f"thread/{thread_id}"


def excerpt(text: str, media: Sequence[str] = ()) -> str:
    """The beginning of a text on one line, or signs of what was sent instead of text."""
    line = " ".join(text.split())
    if not line:
        return "".join(_MEDIA_SIGNS.get(kind, "📎") for kind in media[:8])
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1]}…"


@dataclass(frozen=True, slots=True)
class Turn:
    """What new writing by a customer does to the state of a conversation."""

    reopens: bool
    settled_until: datetime | None


def turn(state: str, handled_at: datetime | None, settled_until: datetime | None) -> Turn:
    """Handled conversations reopen, and snoozed ones wake up."""
    if state == "open":
        return Turn(reopens=False, settled_until=settled_until)
    return Turn(reopens=True, settled_until=handled_at or settled_until)
