"""Publishing on Mastodon: pictures first, then the post that refers to them."""

import asyncio
from http import HTTPStatus

from shared.clock import Clock
from shared.networks.errors import AmbiguousError, RemoteTransientError
from shared.networks.mastodon.act import plain
from shared.networks.mastodon.api import Api, Reply, Server, server_of
from shared.networks.mastodon.html import to_text
from shared.networks.mastodon.normalize import moment
from shared.networks.mastodon.read import since_floor
from shared.networks.publishing import PostDraft, PostImage, Sought
from shared.networks.types import (
    Access,
    ActionResult,
    Found,
    Json,
    NotFound,
    Settlement,
    Unsettled,
)

_LIMIT = 40
_LOOKS = 60
_PAUSE = 0.5


class Publisher:
    def __init__(self, api: Api, clock: Clock) -> None:
        self._api = api
        self._clock = clock

    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        server = server_of(access)
        media = [await self._upload(server, image) for image in draft.images]
        form: dict[str, object] = {"status": draft.text, "visibility": "public"}
        if media:
            form["media_ids[]"] = media
        reply = await self._api.post(server, "/api/v1/statuses", form, str(draft.key))
        try:
            return _made(reply)
        except (KeyError, TypeError, ValueError) as error:
            raise AmbiguousError from error

    async def _upload(self, server: Server, image: PostImage) -> str:
        """The id of a picture that the server has made ready."""
        name = f"picture.{image.content_type.rpartition('/')[2]}"
        file = (name, image.content, image.content_type)
        form = {"description": image.alt} if image.alt else {}
        status, reply = await self._api.upload(server, "/api/v2/media", file, form)
        media_id = str(reply.data["id"])
        looks = 0
        while status in (HTTPStatus.ACCEPTED, HTTPStatus.PARTIAL_CONTENT):
            if looks == _LOOKS:
                raise RemoteTransientError("The network is still working on a picture.")
            looks += 1
            await asyncio.sleep(_PAUSE)
            status, _ = await self._api.look(server, f"/api/v1/media/{media_id}")
        return media_id

    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        """Looks among our own posts for the same words, as not every server honours our key."""
        wanted, since = plain(sought.text), since_floor(sought.since)
        path = f"/api/v1/accounts/{access.account.external_id}/statuses"
        reply = await self._api.get(server_of(access), path, {"limit": _LIMIT})
        for status in reply.data:
            if moment(status["created_at"]) < since:
                return NotFound()
            if _is_it(status, wanted, sought):
                return Found(result=_made(Reply(data=status, rate=reply.rate)))
        # A full page that does not reach back far enough says nothing.
        return Unsettled() if len(reply.data) == _LIMIT else NotFound()


def _is_it(status: Json, wanted: str, sought: Sought) -> bool:
    if status.get("in_reply_to_id") or status.get("reblog") or status["id"] in sought.others:
        return False
    pictures = len(status.get("media_attachments") or ())
    return pictures == sought.images and plain(to_text(status["content"])) == wanted


def _made(reply: Reply) -> ActionResult:
    status = reply.data
    return ActionResult(
        external_id=status["id"],
        at=moment(status["created_at"]),
        permalink=status.get("url") or status.get("uri"),
        rate=reply.rate,
    )
