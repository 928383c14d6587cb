"""Reading direct messages: the chat is a service of its own, reached through the server."""

from collections.abc import Sequence

from shared.clock import Clock
from shared.networks.bluesky.normalize import message_delivery, removed_delivery
from shared.networks.bluesky.xrpc import Server, Xrpc, server_of
from shared.networks.types import Access, Json, Page, RawDelivery, Target

_CONVERSATIONS = 30
_MESSAGES = 50


class Messages:
    def __init__(self, xrpc: Xrpc, clock: Clock, chat: str) -> None:
        self._xrpc = xrpc
        self._clock = clock
        self._chat = chat

    async def poll(self, access: Access, cursor: str | None) -> Page:
        server = server_of(access, self._chat)
        params = {} if cursor is None else {"cursor": cursor}
        # The place in the log comes first, so that what is written meanwhile comes twice at most.
        log = await self._xrpc.query(server, "chat.bsky.convo.getLog", params)
        if cursor is None:
            deliveries = await self._recent(server)
        else:
            deliveries = await self._logged(server, log.data.get("logs", []))
        following = log.data.get("cursor") or cursor
        return Page(deliveries=deliveries, cursor=following, rate=log.rate)

    async def thread(self, access: Access, item: Target) -> list[RawDelivery]:
        server = server_of(access, self._chat)
        return await self._conversation(server, await self._view(server, item.handle["convo"]))

    async def _recent(self, server: Server) -> list[RawDelivery]:
        params = {"limit": _CONVERSATIONS}
        reply = await self._xrpc.query(server, "chat.bsky.convo.listConvos", params)
        deliveries: list[RawDelivery] = []
        for convo in reply.data.get("convos", []):
            deliveries += await self._conversation(server, convo)
        return deliveries

    async def _logged(self, server: Server, logs: Sequence[Json]) -> list[RawDelivery]:
        convos: dict[str, Json] = {}
        deliveries: list[RawDelivery] = []
        for entry in logs:
            kind = str(entry.get("$type", "")).partition("#")[2]
            if kind == "logDeleteMessage":
                external_id = f"{entry['convoId']}/{entry['message']['id']}"
                deliveries.append(removed_delivery(external_id, self._clock.now()))
            elif kind == "logCreateMessage":
                convo_id = entry["convoId"]
                if convo_id not in convos:
                    convos[convo_id] = await self._view(server, convo_id)
                deliveries.append(message_delivery(convos[convo_id], entry["message"]))
        return deliveries

    async def _view(self, server: Server, convo: str) -> Json:
        reply = await self._xrpc.query(server, "chat.bsky.convo.getConvo", {"convoId": convo})
        return dict(reply.data["convo"])

    async def _conversation(self, server: Server, convo: Json) -> list[RawDelivery]:
        """The latest messages, oldest first; deleted ones have no text any more."""
        params = {"convoId": convo["id"], "limit": _MESSAGES}
        reply = await self._xrpc.query(server, "chat.bsky.convo.getMessages", params)
        messages = [one for one in reply.data.get("messages", []) if "text" in one]
        return [message_delivery(convo, one) for one in reversed(messages)]
