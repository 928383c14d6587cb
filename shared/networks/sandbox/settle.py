"""Settles what a sandbox command did when no answer came: by reading back, never by repeating.

Where the network honours our key it gives it back; elsewhere the same words in the same place
since then are taken for ours, and absence is believed only after a while, since reads may lag.
"""

from datetime import datetime, timedelta

from shared.networks.errors import GoneError
from shared.networks.sandbox.wire import Wire
from shared.networks.types import (
    Access,
    Action,
    ActionResult,
    Command,
    Found,
    ItemKind,
    Json,
    NotFound,
    Settlement,
    Unsettled,
)

_CLOCK_SKEW = timedelta(minutes=2)
_READS_MAY_LAG = timedelta(seconds=5)
_PAGE = 200


class Settler:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        match command.action:
            case Action.REPLY | Action.SEND_MESSAGE:
                return await self._written(access, command, since)
            case Action.BLOCK | Action.UNBLOCK:
                path = f"/v1/accounts/{access.account.external_id}/blocks"
                blocked = (await self._wire.get(access, path)).data["data"]
                author = command.target.author
                stands = author is not None and author.external_id in blocked
                return self._settled(stands == (command.action is Action.BLOCK))
            case Action.DELETE:
                return self._settled(await self._item(access, command) is None)
            case Action.LIKE | Action.UNLIKE:
                item = await self._item(access, command) or {}
                liked = bool(item.get("liked_by_account"))
                return self._settled(liked == (command.action is Action.LIKE))
            case Action.HIDE | Action.UNHIDE:
                item = await self._item(access, command) or {}
                hidden = item.get("hidden_at") is not None
                return self._settled(hidden == (command.action is Action.HIDE))

    async def _item(self, access: Access, command: Command) -> Json | None:
        try:
            return (await self._wire.get(access, f"/v1/items/{command.target.external_id}")).data
        except GoneError:
            return None

    async def _written(self, access: Access, command: Command, since: datetime) -> Settlement:
        keyed = bool(access.account.facts.get("idempotency_key"))
        path = f"/v1/accounts/{access.account.external_id}/sent"
        after = (since - _CLOCK_SKEW).isoformat()
        marker, more = None, True
        while more:
            reply = await self._wire.get(access, path, marker=marker, since=after, limit=_PAGE)
            for item in reply.data["data"]:
                if _is_ours(item, command, keyed=keyed):
                    return self._found(access, item)
            marker, more = reply.data["cursor"], reply.data["has_more"]
        if not keyed and self._wire.clock.now() - since < _READS_MAY_LAG:
            return Unsettled()
        return NotFound()

    def _found(self, access: Access, item: Json) -> Found:
        link = None if item["kind"] == "dm" else access.account.base_url + item["permalink"]
        result = ActionResult(external_id=item["id"], at=self._wire.clock.now(), permalink=link)
        return Found(result=result)

    def _settled(self, as_wanted: bool) -> Settlement:
        if not as_wanted:
            return NotFound()
        return Found(result=ActionResult(external_id=None, at=self._wire.clock.now()))


def _is_ours(item: Json, command: Command, *, keyed: bool) -> bool:
    if item.get("deleted_at") is not None:
        return False
    if keyed:
        return item.get("client_key") == str(command.key)
    if item["text"] != command.text:
        return False
    target = command.target
    if command.action is Action.REPLY:
        return bool(item["parent_id"] == target.external_id)
    if target.kind is ItemKind.DM:
        return bool(item["thread_id"] == target.thread_id)
    return bool(item["private_reply_to"] == target.external_id)
