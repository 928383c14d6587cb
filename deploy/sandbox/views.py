"""What an account may read: its feed of events, threads, posts, and what it sent itself.

A read may be told to lag: `horizon` hides whatever came after a place in the world's order, which
is how the fault plane makes a write invisible to the read that follows it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel

from deploy.sandbox.model import Event, Item
from deploy.sandbox.refusals import invalid
from deploy.sandbox.world import World

horizon: ContextVar[int | None] = ContextVar("sandbox_read_horizon", default=None)


Row = TypeVar("Row", Event, Item)


class Page(BaseModel):
    """One page; `cursor` is where the next one begins, also when this one was the last."""

    data: list[dict[str, Any]]
    cursor: str
    has_more: bool


def _position(cursor: str | None) -> int:
    if cursor is None or cursor == "":
        return 0
    if not cursor.isdigit():
        raise invalid("This cursor is not one of ours.", "cursor")
    return int(cursor)


def _visible(rows: Iterable[Row], cursor: str | None = None) -> Iterator[Row]:
    after = _position(cursor)
    return (row for row in rows if row.seq > after and is_visible(row))


def is_visible(row: Event | Item) -> bool:
    until = horizon.get()
    return until is None or row.seq <= until


class Views:
    def __init__(self, world: World) -> None:
        self._world = world

    def events(self, account_id: str, cursor: str | None, limit: int) -> Page:
        events = self._world.state.events
        start = bisect_right(events, _position(cursor), key=lambda event: event.seq)
        rows = (event for event in islice(events, start, None) if event.account_id == account_id)
        page, has_more = _cut(_visible(rows), limit)
        return Page(
            data=[event.model_dump(mode="json", exclude={"seq"}) for event in page],
            cursor=str(page[-1].seq) if page else cursor or "0",
            has_more=has_more,
        )

    def newest_cursor(self, account_id: str) -> str:
        """The end of the feed: where somebody begins who wants only what is new."""
        seqs = [e.seq for e in self._world.state.events if e.account_id == account_id]
        return str(max(seqs, default=0))

    def sent(
        self, account_id: str, marker: str | None, limit: int, since: datetime | None = None
    ) -> Page:
        """What the account wrote or edited itself, in order, from a marker or a time on."""
        rows = (item for item in self._own(account_id) if item.author_id == account_id)
        if since is not None:
            rows = (i for i in rows if (i.edited_at or i.created_at) >= since)
        return self._items(rows, marker, limit)

    def posts(self, account_id: str, cursor: str | None, limit: int) -> Page:
        return self._items(self._world.posts(account_id), cursor, limit)

    def recent_posts(self, account_id: str, limit: int) -> list[dict[str, Any]]:
        """What the account published last and still stands, the newest first."""
        posts = list(_visible(self._world.posts(account_id)))[-limit:]
        return [self._world.item_body(post) for post in reversed(posts)]

    def items(self, account_id: str, cursor: str | None, limit: int) -> Page:
        """Everything that was ever written to or by the account, whatever the feed told."""
        return self._items(self._own(account_id), cursor, limit)

    def comments(self, post_id: str, cursor: str | None, limit: int) -> Page:
        """Everything below a post, replies included."""
        rows = (item for item in self._world.thread_items(post_id) if item.id != post_id)
        return self._items(rows, cursor, limit)

    def thread(self, thread_id: str) -> dict[str, Any]:
        """A whole thread from its first item on, deleted items as tombstones."""
        thread = self._world.thread(thread_id)
        items = [
            self._world.item_body(item) for item in _visible(self._world.thread_items(thread_id))
        ]
        return {**thread.model_dump(mode="json"), "items": items}

    def _own(self, account_id: str) -> Iterator[Item]:
        return (i for i in self._world.state.items.values() if i.account_id == account_id)

    def _items(self, rows: Iterable[Item], cursor: str | None, limit: int) -> Page:
        page, has_more = _cut(_visible(rows, cursor), limit)
        return Page(
            data=[self._world.item_body(item) for item in page],
            cursor=str(page[-1].seq) if page else cursor or "0",
            has_more=has_more,
        )


def _cut(rows: Iterable[Row], limit: int) -> tuple[list[Row], bool]:
    page = list(islice(rows, limit + 1))
    return page[:limit], len(page) > limit
