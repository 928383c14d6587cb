"""Reading from Bluesky: notifications, our own posts, and whole threads.

Notifications alone lose replies (a reply that is indexed before its root never gets one), so the
caller also reads threads back.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared.clock import Clock
from shared.networks.bluesky.ids import AtUri
from shared.networks.bluesky.messages import Messages
from shared.networks.bluesky.normalize import (
    moment,
    post_delivery,
    removed_delivery,
)
from shared.networks.bluesky.records import Records
from shared.networks.bluesky.xrpc import Server, Xrpc, server_of
from shared.networks.errors import (
    GoneError,
    InvalidInputError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.types import Access, Json, Known, Page, RateLimit, RawDelivery, Target

_REASONS = ["reply", "mention", "quote"]
_PAGE = 50
_HYDRATED_AT_ONCE = 25  # What getPosts takes.
_BACKFILL = timedelta(days=14)
# The index is not strictly ordered in time: each poll looks a little behind what it has seen.
_OVERLAP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Reads from the newest back to `floor`; `page` is where that walk stands, `top` its start."""

    floor: datetime
    top: datetime
    page: str | None = None

    @classmethod
    def parse(cls, text: str | None, now: datetime) -> "Cursor":
        if text is None:
            return cls(floor=now - _BACKFILL, top=now - _BACKFILL)
        data = json.loads(text)
        return cls(floor=moment(data["floor"]), top=moment(data["top"]), page=data.get("page"))

    def text(self) -> str:
        data = {"floor": self.floor.isoformat(), "top": self.top.isoformat(), "page": self.page}
        return json.dumps(data)

    def after(self, seen: Sequence[datetime], next_page: str | None) -> "Cursor":
        """Where the next poll goes on: deeper, or from the newest again."""
        top = max([self.top, *seen])
        reached = not seen or min(seen) < self.floor - _OVERLAP
        if next_page is None or reached:
            return Cursor(floor=top, top=top)
        return Cursor(floor=self.floor, top=top, page=next_page)


class Reader:
    def __init__(self, xrpc: Xrpc, clock: Clock, chat: str) -> None:
        self._xrpc = xrpc
        self._records = Records(xrpc)
        self._clock = clock
        self._messages = Messages(xrpc, clock, chat)

    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        match stream:
            case "notifications":
                return await self._notifications(access, cursor)
            case "posts":
                return await self._posts(access, cursor)
            case "messages":
                return await self._messages.poll(access, cursor)
        raise UnsupportedError(f"Bluesky has no stream named {stream}.")

    async def _notifications(self, access: Access, cursor: str | None) -> Page:
        at = Cursor.parse(cursor, self._clock.now())
        params = _params(limit=_PAGE, reasons=_REASONS, cursor=at.page)
        method = "app.bsky.notification.listNotifications"
        reply = await self._xrpc.query(server_of(access), method, params)
        found = reply.data.get("notifications", [])
        views = await self._hydrated(server_of(access), [n["uri"] for n in found])
        # A post that the index does not give yet is still in its notification, less its pictures.
        posts = [views.get(n["uri"], n) for n in found]
        return _page(at, posts, lambda post: post, reply.data.get("cursor"), reply.rate)

    async def _posts(self, access: Access, cursor: str | None) -> Page:
        at = Cursor.parse(cursor, self._clock.now())
        params = _params(
            actor=access.account.external_id,
            filter="posts_with_replies",
            limit=_PAGE,
            cursor=at.page,
        )
        try:
            reply = await self._xrpc.query(server_of(access), "app.bsky.feed.getAuthorFeed", params)
        except InvalidInputError as error:
            # The question is well formed: the index has not heard of this young account yet.
            raise RemoteTransientError(error.detail) from error
        # Reposts have a reason; they are nothing that we wrote.
        feed = [entry for entry in reply.data.get("feed", []) if "reason" not in entry]
        return _page(at, feed, lambda entry: entry["post"], reply.data.get("cursor"), reply.rate)

    async def _hydrated(self, server: Server, uris: Sequence[str]) -> dict[str, Json]:
        views: dict[str, Json] = {}
        wanted = list(dict.fromkeys(uris))
        for start in range(0, len(wanted), _HYDRATED_AT_ONCE):
            params = {"uris": wanted[start : start + _HYDRATED_AT_ONCE]}
            reply = await self._xrpc.query(server, "app.bsky.feed.getPosts", params)
            views.update({post["uri"]: post for post in reply.data.get("posts", [])})
        return views

    # Threads

    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        if "convo" in item.handle:
            return await self._messages.thread(access, item)
        server = server_of(access)
        posts = await self._thread_posts(server, item.thread_id)
        absent = set(known) - {post["uri"] for post in posts}
        gone = [uri for uri in sorted(absent) if await self._is_gone(server, uri)]
        return [
            *(post_delivery(post) for post in posts),
            *(removed_delivery(uri, self._clock.now()) for uri in gone),
        ]

    async def _thread_posts(self, server: Server, root: str) -> list[Json]:
        params = {"uri": root, "depth": 1000, "parentHeight": 0}
        try:
            reply = await self._xrpc.query(server, "app.bsky.feed.getPostThread", params)
        except GoneError:
            return []
        posts: list[Json] = []
        waiting = [reply.data.get("thread", {})]
        while waiting:
            node = waiting.pop()
            # What was blocked or deleted is in the tree without its post.
            if "post" in node:
                posts.append(node["post"])
            waiting += node.get("replies") or []
        return posts

    async def _is_gone(self, server: Server, uri: str) -> bool:
        """Asks for the record itself: a thread also leaves out what is merely blocked or hidden."""
        try:
            return await self._records.get(server, AtUri.parse(uri)) is None
        except InvalidInputError:
            # The question is well formed, so what is not known is the account: it was deleted.
            return True


def _params(**params: Any) -> dict[str, Any]:
    return {name: value for name, value in params.items() if value is not None}


def _page(
    at: Cursor,
    entries: Sequence[Json],
    post_of: Callable[[Json], Json],
    next_page: str | None,
    rate: RateLimit | None,
) -> Page:
    posts = [post_of(entry) for entry in entries]
    seen = [moment(post["indexedAt"]) for post in posts]
    wanted = [post for post, when in zip(posts, seen, strict=True) if when >= at.floor - _OVERLAP]
    following = at.after(seen, next_page)
    return Page(
        # Oldest first, so that a conversation is built in the order in which it happened.
        deliveries=[post_delivery(post) for post in reversed(wanted)],
        cursor=following.text(),
        more=following.page is not None,
        rate=rate,
    )
