"""The records of a repository: every public effect on Bluesky is one, under a key of ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.networks.bluesky.ids import AtUri, tid
from shared.networks.bluesky.xrpc import Reply, Server, Xrpc, server_of
from shared.networks.errors import GoneError
from shared.networks.types import Access, Action, Command, Json

LIKE = "app.bsky.feed.like"
BLOCK = "app.bsky.graph.block"
THREADGATE = "app.bsky.feed.threadgate"
_LISTED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command on its way, with all that carrying it out needs."""

    server: Server
    did: str
    command: Command

    @classmethod
    def of(cls, access: Access, command: Command, chat: str) -> "Step":
        proxy = chat if command.action is Action.SEND_MESSAGE else None
        server = server_of(access, proxy)
        return cls(server=server, did=access.account.external_id, command=command)

    @property
    def handle(self) -> Json:
        return self.command.target.handle

    def own(self, collection: str) -> AtUri:
        """The record that this command makes in our repository: the same on every repetition."""
        return AtUri(self.did, collection, tid(self.command.key))

    def threadgate(self) -> AtUri:
        """The record beside the root post that lists which replies are hidden."""
        root = AtUri.parse(self.handle["root"]["uri"])
        return AtUri(root.repo, THREADGATE, root.rkey)


class Records:
    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc

    async def get(self, server: Server, uri: AtUri) -> dict[str, Any] | None:
        try:
            reply = await self._xrpc.query(server, "com.atproto.repo.getRecord", _place(uri))
        except GoneError:
            return None
        return dict(reply.data)

    async def put(
        self, server: Server, uri: AtUri, record: Json, swap: Json | None = None
    ) -> Reply:
        # Not createRecord, which fails on a key that is taken: a repetition finds its own record
        # and changes nothing.
        body = {**_place(uri), "record": record, **(swap or {})}
        return await self._xrpc.procedure(server, "com.atproto.repo.putRecord", body)

    async def remove(self, server: Server, uri: AtUri) -> Reply:
        return await self._xrpc.procedure(server, "com.atproto.repo.deleteRecord", _place(uri))

    async def likes_of(self, step: Step) -> list[str]:
        """Our likes of a post: the recent ones in our repository, else what the index knows."""
        uri = step.handle["uri"]
        recent = await self._recent(step, LIKE)
        found = [str(r["uri"]) for r in recent if r["value"]["subject"]["uri"] == uri]
        if found or len(recent) < _LISTED:
            return found
        view = await self._xrpc.query(step.server, "app.bsky.feed.getPosts", {"uris": [uri]})
        likes = [post.get("viewer", {}).get("like") for post in view.data.get("posts", [])]
        return [str(like) for like in likes if like]

    async def blocks_of(self, step: Step, did: str) -> list[str]:
        """Our blocks of a person, found as the likes of a post are."""
        recent = await self._recent(step, BLOCK)
        found = [str(r["uri"]) for r in recent if r["value"]["subject"] == did]
        if found or len(recent) < _LISTED:
            return found
        view = await self._xrpc.query(step.server, "app.bsky.actor.getProfile", {"actor": did})
        block = view.data.get("viewer", {}).get("blocking")
        return [str(block)] if block else []

    async def _recent(self, step: Step, collection: str) -> list[Json]:
        params = {"repo": step.did, "collection": collection, "limit": _LISTED}
        listed = await self._xrpc.query(step.server, "com.atproto.repo.listRecords", params)
        records: list[Json] = listed.data.get("records", [])
        return records


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _place(uri: AtUri) -> dict[str, str]:
    return {"repo": uri.repo, "collection": uri.collection, "rkey": uri.rkey}
