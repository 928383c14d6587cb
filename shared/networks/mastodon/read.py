"""Reading from Mastodon: notifications, direct conversations, our posts, threads, the stream."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from shared.clock import Clock
from shared.networks.errors import (
    GoneError,
    InvalidInputError,
    RemoteTransientError,
    UnsupportedError,
)
from shared.networks.http import Call
from shared.networks.mastodon.api import Api, Server, server_of
from shared.networks.mastodon.normalize import (
    concerns,
    moment,
    removed_delivery,
    status_delivery,
)
from shared.networks.sse import events
from shared.networks.types import Access, Json, Known, Page, RawDelivery, Target

_LIMIT = 40
_OVERLAP = timedelta(minutes=2)
# A server that does not know a type (quotes came late) ignores it.
_TYPES = ["mention", "quote"]


class Reader:
    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        match stream:
            case "notifications":
                return await self._notifications(access, cursor)
            case "posts":
                return await self._posts(access, cursor)
            case "conversations":
                return await self._conversations(access, cursor)
        raise UnsupportedError(f"Mastodon has no stream named {stream}.")

    async def _notifications(self, access: Access, cursor: str | None) -> Page:
        params = _window({"limit": _LIMIT, "types[]": _TYPES}, cursor)
        server = server_of(access)
        # Version 1 of this call: every server has it; version 2 groups what we want apart.
        reply = await self._api.get(server, "/api/v1/notifications", params)
        statuses = [one["status"] for one in reply.data if one.get("status")]
        return Page(
            deliveries=await self._rooted(server, statuses[::-1]),
            cursor=reply.data[0]["id"] if reply.data else cursor,
            more=cursor is not None and len(reply.data) == _LIMIT,
            rate=reply.rate,
        )

    async def _posts(self, access: Access, cursor: str | None) -> Page:
        server, me = server_of(access), access.account.external_id
        params = _window({"limit": _LIMIT, "exclude_reblogs": "true"}, cursor)
        reply = await self._api.get(server, f"/api/v1/accounts/{me}/statuses", params)
        return Page(
            deliveries=await self._rooted(server, reply.data[::-1]),
            cursor=reply.data[0]["id"] if reply.data else cursor,
            more=cursor is not None and len(reply.data) == _LIMIT,
            rate=reply.rate,
        )

    async def _conversations(self, access: Access, cursor: str | None) -> Page:
        """The last message of each conversation; those of a busy one come with its thread."""
        server = server_of(access)
        reply = await self._api.get(server, "/api/v1/conversations", {"limit": _LIMIT})
        statuses = [one["last_status"] for one in reply.data if one.get("last_status")]
        floor = moment(cursor) - _OVERLAP if cursor else None
        fresh = [s for s in statuses if floor is None or moment(s["created_at"]) >= floor]
        newest = max((moment(status["created_at"]) for status in statuses), default=None)
        return Page(
            deliveries=await self._rooted(server, fresh[::-1]),
            cursor=newest.isoformat() if newest else cursor,
            rate=reply.rate,
        )

    async def _rooted(self, server: Server, statuses: Sequence[Json]) -> list[RawDelivery]:
        """The statuses with their roots; what answers the same post has the same root."""
        roots: dict[str, Json] = {}
        deliveries: list[RawDelivery] = []
        for status in statuses:
            parent = status.get("in_reply_to_id")
            root = roots.get(parent or "") or await self._root(server, status)
            roots.update({status["id"]: root, **({parent: root} if parent else {})})
            deliveries.append(status_delivery(status, root))
        return deliveries

    async def _root(self, server: Server, status: Json) -> Json:
        if status.get("in_reply_to_id") is None:
            return status
        try:
            context = await self._api.get(server, f"/api/v1/statuses/{status['id']}/context")
        except GoneError:
            return status
        ancestors = context.data.get("ancestors") or [status]
        return dict(ancestors[0])

    # Threads

    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        server = server_of(access)
        statuses = await self._conversation(server, item)
        gone = [one for one in sorted(set(known)) if await self._is_gone(server, one, statuses)]
        root = statuses[0] if statuses else None
        return [
            *(status_delivery(status, root) for status in statuses if root),
            *(removed_delivery(one, self._clock.now()) for one in gone),
        ]

    async def _conversation(self, server: Server, item: Target) -> list[Json]:
        """The root and all below it, asked from the root so that no branch is missing."""
        for start in dict.fromkeys((item.thread_id, item.external_id)):
            try:
                status = (await self._api.get(server, f"/api/v1/statuses/{start}")).data
                context = (await self._api.get(server, f"/api/v1/statuses/{start}/context")).data
            except GoneError:
                continue
            return [*context["ancestors"], status, *context["descendants"]]
        return []

    async def _is_gone(self, server: Server, status_id: str, present: Sequence[Json]) -> bool:
        if any(status["id"] == status_id for status in present):
            return False
        try:
            await self._api.get(server, f"/api/v1/statuses/{status_id}")
        except (GoneError, InvalidInputError):
            return True
        return False

    # The stream

    async def stream(self, access: Access) -> AsyncIterator[RawDelivery]:
        server = server_of(access)
        url = f"{_streaming_url(access)}/api/v1/streaming/user"
        call = Call(method="GET", url=url, headers=server.headers())
        try:
            async for event in events(self._api.http, call):
                for delivery in await self._event(access, event.event, event.data):
                    yield delivery
        except GoneError as error:
            # GoToSocial streams over WebSockets only; it is polled.
            raise UnsupportedError("This server has no event stream.") from error

    async def _event(self, access: Access, kind: str, data: str) -> list[RawDelivery]:
        if kind == "delete":
            return [removed_delivery(data.strip('" \n'), self._clock.now())]
        if kind not in ("update", "status.update", "notification", "conversation"):
            return []
        fields = {"notification": "status", "conversation": "last_status"}
        try:
            body = json.loads(data)
            status = body.get(fields[kind]) if kind in fields else body
            # The home timeline also carries what we merely follow.
            if not status or not concerns(status, access.account.external_id):
                return []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RemoteTransientError("The stream brought something unreadable.") from error
        return await self._rooted(server_of(access), [status])


def _window(params: dict[str, Any], cursor: str | None) -> dict[str, Any]:
    # `min_id` gives what follows directly, so nothing is skipped however long we were away.
    return params if cursor is None else {**params, "min_id": cursor}


def _streaming_url(access: Access) -> str:
    """Where the instance streams; it names a WebSocket address, which also serves events."""
    named = str(access.account.facts.get("streaming") or access.account.base_url)
    parts = urlsplit(named)
    scheme = {"wss": "https", "ws": "http"}.get(parts.scheme, parts.scheme)
    return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def since_floor(since: datetime) -> datetime:
    """A moment of ours as the lower end of a search in the network's time."""
    return since - _OVERLAP
