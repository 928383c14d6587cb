"""Reading from the sandbox: its feed of events, and whole threads beside it.

The feed may lose an event, as feeds of real networks do. The second stream therefore lists the
items themselves, whatever was told about them.
"""

from collections.abc import Sequence

from shared.networks.errors import GoneError, UnsupportedError
from shared.networks.sandbox.normalize import event_delivery, item_delivery
from shared.networks.sandbox.wire import Wire
from shared.networks.types import Access, Known, Page, RawDelivery, Target

STREAMS = ("events", "items")
_PAGE = 100


class Reader:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def poll(self, access: Access, stream: str, cursor: str | None) -> Page:
        if stream not in STREAMS:
            raise UnsupportedError(f"The sandbox has no stream named {stream}.")
        path = f"/v1/accounts/{access.account.external_id}/{stream}"
        reply = await self._wire.get(access, path, cursor=cursor, limit=_PAGE)
        delivery = event_delivery if stream == "events" else item_delivery
        return Page(
            deliveries=[delivery(body) for body in reply.data["data"]],
            cursor=reply.data["cursor"],
            more=reply.data["has_more"],
            rate=reply.rate,
        )

    async def thread(self, access: Access, item: Target, known: Known) -> Sequence[RawDelivery]:
        thread = (await self._wire.get(access, f"/v1/threads/{item.thread_id}")).data
        present = {body["id"] for body in thread["items"]}
        missing = [
            await self._item(access, external_id) for external_id in sorted({*known} - present)
        ]
        return [
            *(item_delivery(body) for body in thread["items"]),
            *(one for one in missing if one is not None),
        ]

    async def _item(self, access: Access, item_id: str) -> RawDelivery | None:
        """One item. One that is unknown may only be late to be seen: it is not taken for gone."""
        try:
            return item_delivery((await self._wire.get(access, f"/v1/items/{item_id}")).data)
        except GoneError as error:
            tombstone = error.data.get("item")
            return item_delivery(tombstone) if isinstance(tombstone, dict) else None
