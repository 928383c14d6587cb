"""Writing to Bluesky: replies, likes, hidden replies, blocks, direct messages."""

from collections.abc import Awaitable, Callable, Mapping

from shared.clock import Clock
from shared.networks.bluesky.ids import AtUri, moment_of
from shared.networks.bluesky.normalize import POST, permalink
from shared.networks.bluesky.records import BLOCK, LIKE, THREADGATE, Records, Step, iso
from shared.networks.bluesky.richtext import facets, spans
from shared.networks.bluesky.xrpc import Server, Xrpc
from shared.networks.errors import (
    AmbiguousError,
    GoneError,
    InvalidInputError,
    PolicyRejectedError,
    UnsupportedError,
)
from shared.networks.types import Access, Action, ActionResult, Command, Json, RateLimit

_MAX_HIDDEN = 300  # Per thread, says the schema of the threadgate.


class Actor:
    def __init__(self, xrpc: Xrpc, clock: Clock, chat: str) -> None:
        self._xrpc = xrpc
        self._records = Records(xrpc)
        self._clock = clock
        self._chat = chat
        self._how: Mapping[Action, Callable[[Step], Awaitable[ActionResult]]] = {
            Action.REPLY: self._reply,
            Action.SEND_MESSAGE: self._send_message,
            Action.LIKE: self._like,
            Action.UNLIKE: self._unlike,
            Action.HIDE: self._hide,
            Action.UNHIDE: self._unhide,
            Action.DELETE: self._delete,
            Action.BLOCK: self._block,
            Action.UNBLOCK: self._unblock,
        }

    async def act(self, access: Access, command: Command) -> ActionResult:
        return await self._how[command.action](Step.of(access, command, self._chat))

    async def _reply(self, step: Step) -> ActionResult:
        handle, text = step.handle, step.command.text
        parent = {"uri": handle["uri"], "cid": handle["cid"]}
        marks = facets(text, await mentioned(self._xrpc, step.server, text))
        record = {
            "$type": POST,
            "text": text,
            # The same on every repetition, so that the record is the same, too.
            "createdAt": iso(moment_of(step.command.key)),
            "reply": {"root": handle["root"], "parent": parent},
            **({"facets": marks} if marks else {}),
        }
        uri = step.own(POST)
        reply = await self._records.put(step.server, uri, record)
        return self._done(str(uri), reply.rate, link=permalink(str(uri)))

    async def _like(self, step: Step) -> ActionResult:
        subject = {"uri": step.handle["uri"], "cid": step.handle["cid"]}
        record = {"$type": LIKE, "subject": subject, "createdAt": iso(moment_of(step.command.key))}
        return await self._make(step, LIKE, record)

    async def _unlike(self, step: Step) -> ActionResult:
        for like in await self._records.likes_of(step):
            await self._records.remove(step.server, AtUri.parse(like))
        return self._done(None)

    async def _block(self, step: Step) -> ActionResult:
        created = iso(moment_of(step.command.key))
        record = {"$type": BLOCK, "subject": _person(step), "createdAt": created}
        return await self._make(step, BLOCK, record)

    async def _unblock(self, step: Step) -> ActionResult:
        for block in await self._records.blocks_of(step, _person(step)):
            await self._records.remove(step.server, AtUri.parse(block))
        return self._done(None)

    async def _make(self, step: Step, collection: str, record: Json) -> ActionResult:
        uri = step.own(collection)
        reply = await self._records.put(step.server, uri, record)
        return self._done(str(uri), reply.rate)

    async def _delete(self, step: Step) -> ActionResult:
        uri = AtUri.parse(step.handle["uri"])
        if uri.repo != step.did:
            raise UnsupportedError("Bluesky lets an account delete only what it wrote itself.")
        reply = await self._records.remove(step.server, uri)
        return self._done(None, reply.rate)

    async def _hide(self, step: Step) -> ActionResult:
        return await self._gate(step, hide=True)

    async def _unhide(self, step: Step) -> ActionResult:
        return await self._gate(step, hide=False)

    async def _gate(self, step: Step, *, hide: bool) -> ActionResult:
        gate, uri = step.threadgate(), step.handle["uri"]
        if gate.repo != step.did:
            raise UnsupportedError("Replies can be hidden only below our own posts.")
        current = await self._records.get(step.server, gate)
        record: Json = current["value"] if current else _new_gate(step)
        hidden = [one for one in record.get("hiddenReplies", []) if one != uri]
        if hide and len(hidden) >= _MAX_HIDDEN:
            raise PolicyRejectedError(f"Bluesky hides at most {_MAX_HIDDEN} replies of a post.")
        record = {**record, "hiddenReplies": [*hidden, uri] if hide else hidden}
        # Refused when the list was changed since we read it, so that no entry gets lost.
        swap = {"swapRecord": current["cid"] if current else None}
        reply = await self._records.put(step.server, gate, record, swap)
        return self._done(None, reply.rate)

    async def _send_message(self, step: Step) -> ActionResult:
        convo, text = step.handle["convo"], step.command.text
        marks = facets(text, {})
        message = {"text": text, **({"facets": marks} if marks else {})}
        method, body = "chat.bsky.convo.sendMessage", {"convoId": convo, "message": message}
        reply = await self._xrpc.procedure(step.server, method, body)
        if "id" not in reply.data:
            raise AmbiguousError
        return self._done(f"{convo}/{reply.data['id']}", reply.rate)

    def _done(
        self, external_id: str | None, rate: RateLimit | None = None, link: str | None = None
    ) -> ActionResult:
        now = self._clock.now()
        return ActionResult(external_id=external_id, at=now, permalink=link, rate=rate)


def _person(step: Step) -> str:
    author = step.command.target.author
    if author is None:
        raise InvalidInputError("Nobody is named to block.")
    return author.external_id


async def mentioned(xrpc: Xrpc, server: Server, text: str) -> dict[str, str]:
    """Who is behind each handle that a text names."""
    dids: dict[str, str] = {}
    for handle in {span.value for span in spans(text) if span.feature == "mention"}:
        method, params = "com.atproto.identity.resolveHandle", {"handle": handle}
        try:
            reply = await xrpc.query(server, method, params)
        except (GoneError, InvalidInputError):
            # Nobody has this handle: it stays plain text.
            continue
        dids[handle] = reply.data["did"]
    return dids


def _new_gate(step: Step) -> Json:
    return {
        "$type": THREADGATE,
        "post": step.handle["root"]["uri"],
        "createdAt": iso(moment_of(step.command.key)),
    }
