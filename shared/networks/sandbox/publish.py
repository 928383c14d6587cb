"""Publishing on the sandbox, and looking whether a post stands there."""

from datetime import timedelta

from shared.networks.publishing import PostDraft, PostImage, Sought
from shared.networks.sandbox.wire import Wire
from shared.networks.types import (
    Access,
    ActionResult,
    Found,
    Json,
    NotFound,
    Settlement,
    Unsettled,
)

_CLOCK_SKEW = timedelta(minutes=2)
_READS_MAY_LAG = timedelta(seconds=5)
_PAGE = 200


class Publisher:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def publish(self, access: Access, draft: PostDraft) -> ActionResult:
        media = [await self._upload(access, image) for image in draft.images]
        reply = await self._wire.write(
            access,
            "POST",
            f"/v1/accounts/{access.account.external_id}/posts",
            json={"text": draft.text, "media": media},
            key=str(draft.key),
        )
        return ActionResult(
            external_id=str(reply.data["id"]),
            at=self._wire.clock.now(),
            permalink=access.account.base_url + reply.data["permalink"],
            rate=reply.rate,
        )

    async def _upload(self, access: Access, image: PostImage) -> Json:
        path = f"/v1/accounts/{access.account.external_id}/media"
        reply = await self._wire.upload(access, path, image.content, image.content_type)
        return {"url": reply.data["url"], "type": "image", "alt": image.alt}

    async def find_published(self, access: Access, sought: Sought) -> Settlement:
        keyed = bool(access.account.facts.get("idempotency_key"))
        path = f"/v1/accounts/{access.account.external_id}/sent"
        after = (sought.since - _CLOCK_SKEW).isoformat()
        marker, more = None, True
        while more:
            reply = await self._wire.get(access, path, marker=marker, since=after, limit=_PAGE)
            for item in reply.data["data"]:
                if _is_it(item, sought, keyed=keyed):
                    link = access.account.base_url + item["permalink"]
                    result = ActionResult(
                        external_id=item["id"], at=self._wire.clock.now(), permalink=link
                    )
                    return Found(result=result)
            marker, more = reply.data["cursor"], reply.data["has_more"]
        if not keyed and self._wire.clock.now() - sought.since < _READS_MAY_LAG:
            return Unsettled()
        return NotFound()


def _is_it(item: Json, sought: Sought, *, keyed: bool) -> bool:
    if item.get("deleted_at") is not None or item.get("kind") != "post":
        return False
    if keyed:
        return item.get("client_key") == str(sought.key)
    same = item["text"] == sought.text and len(item["media"]) == sought.images
    return same and item["id"] not in sought.others
