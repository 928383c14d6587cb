"""What the network counts of an account and of its posts."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from deploy.sandbox.api.context import CallerDep, SandboxDep
from deploy.sandbox.api.reads import readable
from deploy.sandbox.model import ItemKind
from deploy.sandbox.views import is_visible

router = APIRouter(prefix="/v1/accounts/{account_id}", tags=["measures"])


@router.get("/measures")
async def of_account(sandbox: SandboxDep, caller: CallerDep, account_id: str) -> dict[str, int]:
    """Only what an account of this kind is told; the rest is absent."""
    readable(sandbox, caller, account_id)
    return sandbox.audience.of_account(sandbox.world.account(account_id))


@router.get("/posts/measures")
async def of_posts(
    sandbox: SandboxDep,
    caller: CallerDep,
    account_id: str,
    post_ids: Annotated[list[str], Query(alias="id", min_length=1, max_length=50)],
) -> dict[str, Any]:
    """Of the posts that are known; those that were deleted are named in `gone`."""
    readable(sandbox, caller, account_id)
    known = sandbox.world.state.items
    posts = [
        post
        for post in (known.get(post_id) for post_id in post_ids)
        if post is not None
        and post.kind is ItemKind.POST
        and post.account_id == account_id
        and is_visible(post)
    ]
    standing = [post for post in posts if post.deleted_at is None]
    return {
        "data": [{"id": post.id, "measures": sandbox.audience.of_post(post)} for post in standing],
        "gone": [post.id for post in posts if post.deleted_at is not None],
    }
