"""Reading from the sandbox: its feed of events, and whole threads beside it.

The feed may lose an event, as feeds of real networks do. The second stream therefore walks the
threads in which something happened and reads them whole.
"""

from collections.abc import Sequence

from shared.networks.errors import GoneError, UnsupportedError
from shared.networks.sandbox.normalize import event_delivery, item_delivery
from shared.networks.sandbox.wire import Wire
from shared.networks.types import Access, ItemKind, Json, Known, Page, RawDelivery, Target

STREAMS = ("events", "threads")
_EVENTS = 100
_THREADS = 10
_COMMENTS = 200


class Reader:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        if stream not in STREAMS:
            raise UnsupportedError(f"The sandbox has no stream named {stream}.")
        limit = _EVENTS if stream == "events" else _THREADS
        path = f"/v1/accounts/{access.account.external_id}/{stream}"
        reply = await self._wire.get(access, path, cursor=cursor, limit=limit)
        deliveries = (
            [event_delivery(event) for event in reply.data["data"]]
            if stream == "events"
            else [one for row in reply.data["data"] for one in await self._whole(access, row["id"])]
        )
        return Page(
            deliveries=deliveries,
            cursor=reply.data["cursor"],
            more=reply.data["has_more"],
            rate=reply.rate,
        )

    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        found = await (
            self._below(access, item.external_id)
            if item.kind is ItemKind.POST
            else self._whole(access, item.thread_id)
        )
        present = {delivery.body["id"] for delivery in found}
        missing = [
            await self._item(access, external_id) for external_id in sorted({*known} - present)
        ]
        return [*found, *(one for one in missing if one is not None)]

    async def _whole(self, access: Access, thread_id: str) -> list[RawDelivery]:
        thread = (await self._wire.get(access, f"/v1/threads/{thread_id}")).data
        post = [thread["post"]] if thread.get("post") else []
        return [item_delivery(body) for body in [*post, *thread["items"]]]

    async def _below(self, access: Access, post_id: str) -> list[RawDelivery]:
        """A post and everything under it; of a deleted post only what it left."""
        post = await self._item(access, post_id)
        bodies: list[Json] = []
        cursor, more = None, post is not None and post.kind != "removed"
        while more:
            path = f"/v1/posts/{post_id}/comments"
            page = (await self._wire.get(access, path, cursor=cursor, limit=_COMMENTS)).data
            bodies += page["data"]
            cursor, more = page["cursor"], page["has_more"]
        return [*([post] if post else []), *(item_delivery(body) for body in bodies)]

    async def _item(self, access: Access, item_id: str) -> RawDelivery | None:
        """One item. One that is unknown may only be late to be seen: it is not taken for gone."""
        try:
            return item_delivery((await self._wire.get(access, f"/v1/items/{item_id}")).data)
        except GoneError as error:
            tombstone = error.data.get("item")
            return item_delivery(tombstone) if isinstance(tombstone, dict) else None
