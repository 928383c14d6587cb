"""Settles what a Bluesky command did when no answer came: by reading back, never by repeating."""

from datetime import datetime, timedelta

from shared.clock import Clock
from shared.networks.bluesky.ids import AtUri
from shared.networks.bluesky.normalize import POST, moment, permalink
from shared.networks.bluesky.records import BLOCK, LIKE, Records, Step
from shared.networks.bluesky.xrpc import Xrpc
from shared.networks.types import (
    Access,
    Action,
    ActionResult,
    Command,
    Found,
    NotFound,
    Settlement,
    Unsettled,
)

_MADE = {Action.REPLY: POST, Action.LIKE: LIKE, Action.BLOCK: BLOCK}
_CLOCK_SKEW = timedelta(minutes=2)


class Settler:
    def __init__(self, xrpc: Xrpc, clock: Clock, chat: str) -> None:
        self._xrpc = xrpc
        self._records = Records(xrpc)
        self._clock = clock
        self._chat = chat

    async def find_sent(self, access: Access, command: Command, since: datetime) -> Settlement:
        step = Step.of(access, command, self._chat)
        match command.action:
            case Action.REPLY | Action.LIKE | Action.BLOCK:
                uri = step.own(_MADE[command.action])
                return self._settled(await self._records.get(step.server, uri) is not None, uri)
            case Action.SEND_MESSAGE:
                return await self._message(step, since - _CLOCK_SKEW)
            case Action.UNLIKE:
                return self._settled(not await self._records.likes_of(step))
            case Action.UNBLOCK:
                author = command.target.author
                blocks = await self._records.blocks_of(step, author.external_id if author else "")
                return self._settled(not blocks)
            case Action.DELETE:
                uri = AtUri.parse(step.handle["uri"])
                return self._settled(await self._records.get(step.server, uri) is None)
            case Action.HIDE | Action.UNHIDE:
                gate = await self._records.get(step.server, step.threadgate())
                hidden = (gate or {}).get("value", {}).get("hiddenReplies", [])
                return self._settled(
                    (step.handle["uri"] in hidden) == (command.action is Action.HIDE)
                )

    async def _message(self, step: Step, since: datetime) -> Settlement:
        """Messages have no key of ours: the same words from us since then are taken for it."""
        convo = step.handle["convo"]
        method, params = "chat.bsky.convo.getMessages", {"convoId": convo, "limit": 100}
        reply = await self._xrpc.query(step.server, method, params)
        for message in reply.data.get("messages", []):
            if moment(message["sentAt"]) < since:
                return NotFound()
            if message["sender"]["did"] == step.did and message.get("text") == step.command.text:
                external_id = f"{convo}/{message['id']}"
                return Found(result=ActionResult(external_id=external_id, at=self._clock.now()))
        return Unsettled() if reply.data.get("cursor") else NotFound()

    def _settled(self, as_wanted: bool, uri: AtUri | None = None) -> Settlement:
        if not as_wanted:
            return NotFound()
        link = permalink(str(uri)) if uri and uri.collection == POST else None
        external_id = str(uri) if uri else None
        now = self._clock.now()
        return Found(result=ActionResult(external_id=external_id, at=now, permalink=link))
