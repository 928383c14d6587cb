"""Pictures: uploaded first, then named by a post; anybody may look at them."""

import base64

from fastapi import APIRouter, Request, Response

from deploy.sandbox.api.context import CallerDep, SandboxDep
from deploy.sandbox.model import Upload
from deploy.sandbox.refusals import invalid, not_found

router = APIRouter(tags=["media"])

_LARGEST = 2_000_000
_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})


@router.post("/v1/accounts/{account_id}/media", status_code=201)
async def upload(
    sandbox: SandboxDep, caller: CallerDep, account_id: str, request: Request
) -> dict[str, str]:
    """The body is the picture itself."""
    caller.must_be(account_id)
    caller.needs("publish")
    content_type = request.headers.get("content-type", "")
    if content_type not in _TYPES:
        raise invalid("This is not a picture.", "content_type")
    content = bytearray()
    async for part in request.stream():
        content += part
        if len(content) > _LARGEST:
            raise invalid(f"A picture has at most {_LARGEST} bytes.", "content")
    world = sandbox.world
    media_id = world.new_id("med")
    world.state.uploads[media_id] = Upload(
        content_type=content_type, content=base64.b64encode(content).decode()
    )
    return {"id": media_id, "url": f"/media/{media_id}"}


@router.get("/media/{media_id}", include_in_schema=False)
async def show(sandbox: SandboxDep, media_id: str) -> Response:
    found = sandbox.world.state.uploads.get(media_id)
    if found is None:
        raise not_found("media")
    return Response(base64.b64decode(found.content), media_type=found.content_type)
