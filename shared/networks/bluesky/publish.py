"""Publishing on Bluesky: a record under a key of ours, with its pictures as blobs."""

from typing import Any

from shared.clock import Clock
from shared.networks.bluesky.act import mentioned
from shared.networks.bluesky.ids import AtUri, moment_of, tid
from shared.networks.bluesky.normalize import POST, permalink
from shared.networks.bluesky.records import Records, iso
from shared.networks.bluesky.richtext import facets
from shared.networks.bluesky.xrpc import Server, Xrpc, server_of
from shared.networks.publishing import PostDraft, PostImage, Sought
from shared.networks.types import Access, ActionResult, Found, NotFound, RateLimit, Settlement


class Publisher:
    def __init__(self, xrpc: Xrpc, clock: Clock) -> None:
        self._xrpc = xrpc
        self._records = Records(xrpc)
        self._clock = clock

    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        server = server_of(access)
        images = [await self._image(server, image) for image in draft.images]
        marks = facets(draft.text, await mentioned(self._xrpc, server, draft.text))
        record: dict[str, Any] = {
            "$type": POST,
            "text": draft.text,
            # The same on every repetition, so that the record is the same, too.
            "createdAt": iso(moment_of(draft.key)),
        }
        if marks:
            record["facets"] = marks
        if images:
            record["embed"] = {"$type": "app.bsky.embed.images", "images": images}
        uri = AtUri(access.account.external_id, POST, tid(draft.key))
        reply = await self._records.put(server, uri, record)
        return self._done(uri, reply.rate)

    async def _image(self, server: Server, image: PostImage) -> dict[str, Any]:
        reply = await self._xrpc.upload(server, image.content, image.content_type)
        return {
            "alt": image.alt,
            "image": reply.data["blob"],
            "aspectRatio": {"width": image.width, "height": image.height},
        }

    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        uri = AtUri(access.account.external_id, POST, tid(sought.key))
        if await self._records.get(server_of(access), uri) is None:
            return NotFound()
        return Found(result=self._done(uri))

    def _done(self, uri: AtUri, rate: RateLimit | None = None) -> ActionResult:
        link = permalink(str(uri))
        return ActionResult(external_id=str(uri), at=self._clock.now(), permalink=link, rate=rate)
