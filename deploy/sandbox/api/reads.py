"""The reading half of the public API."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, Response

from deploy.sandbox.api.context import Caller, CallerDep, Sandbox, SandboxDep
from deploy.sandbox.api.pages import avatar, item_page, picture
from deploy.sandbox.kinds import Capabilities
from deploy.sandbox.model import Item, ItemKind
from deploy.sandbox.refusals import not_found
from deploy.sandbox.views import Page, is_visible

router = APIRouter(tags=["read"])

Cursor = Annotated[str | None, Query()]
Limit = Annotated[int, Query(ge=1, le=200)]


def _account_body(sandbox: Sandbox, account_id: str) -> dict[str, Any]:
    account = sandbox.world.account(account_id)
    hidden = {"blocked", "rate_limit", "access_code", "opened_at"}
    body = account.model_dump(mode="json", exclude=hidden)
    body["followers"] = sandbox.audience.followers(account)
    return {**body, "avatar_path": f"/avatars/{account.id}.svg"}


def readable(sandbox: Sandbox, caller: Caller, account_id: str) -> None:
    caller.must_be(account_id)
    caller.needs("read")
    sandbox.world.account(account_id)


def _item(sandbox: Sandbox, caller: Caller, item_id: str) -> Item:
    item = sandbox.world.item(item_id)
    if item.account_id != caller.account_id or not is_visible(item):
        raise not_found("item")
    return item


@router.get("/v1/me")
async def me(sandbox: SandboxDep, caller: CallerDep) -> dict[str, Any]:
    return _account_body(sandbox, caller.account_id)


@router.get("/v1/accounts/{account_id}")
async def account(sandbox: SandboxDep, caller: CallerDep, account_id: str) -> dict[str, Any]:
    readable(sandbox, caller, account_id)
    return _account_body(sandbox, account_id)


@router.get("/v1/accounts/{account_id}/capabilities")
async def capabilities(sandbox: SandboxDep, caller: CallerDep, account_id: str) -> Capabilities:
    readable(sandbox, caller, account_id)
    return sandbox.world.capabilities(account_id)


@router.get("/v1/accounts/{account_id}/events")
async def events(
    sandbox: SandboxDep,
    caller: CallerDep,
    account_id: str,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page:
    """The account's feed, oldest first; `cursor=latest` answers where new events will begin."""
    readable(sandbox, caller, account_id)
    if cursor == "latest":
        end = sandbox.views.newest_cursor(account_id)
        return Page(data=[], cursor=end, has_more=False)
    return sandbox.views.events(account_id, cursor, limit)


@router.get("/v1/accounts/{account_id}/sent")
async def sent(
    sandbox: SandboxDep,
    caller: CallerDep,
    account_id: str,
    marker: Cursor = None,
    since: datetime | None = None,
    limit: Limit = 50,
) -> Page:
    """What this account wrote or edited, oldest first, after `marker` (an earlier `cursor`)."""
    readable(sandbox, caller, account_id)
    return sandbox.views.sent(account_id, marker, limit, since)


@router.get("/v1/accounts/{account_id}/posts")
async def posts(
    sandbox: SandboxDep,
    caller: CallerDep,
    account_id: str,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page:
    readable(sandbox, caller, account_id)
    return sandbox.views.posts(account_id, cursor, limit)


@router.get("/v1/accounts/{account_id}/posts/recent")
async def recent_posts(
    sandbox: SandboxDep, caller: CallerDep, account_id: str, limit: Limit = 50
) -> dict[str, Any]:
    """What the account published last, the newest first."""
    readable(sandbox, caller, account_id)
    return {"data": sandbox.views.recent_posts(account_id, limit)}


@router.get("/v1/accounts/{account_id}/items")
async def items(
    sandbox: SandboxDep,
    caller: CallerDep,
    account_id: str,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page:
    """Everything written to or by the account as it stands now, oldest first."""
    readable(sandbox, caller, account_id)
    return sandbox.views.items(account_id, cursor, limit)


@router.get("/v1/accounts/{account_id}/blocks")
async def blocks(sandbox: SandboxDep, caller: CallerDep, account_id: str) -> dict[str, Any]:
    readable(sandbox, caller, account_id)
    return {"data": sandbox.world.account(account_id).blocked}


@router.get("/v1/posts/{post_id}/comments")
async def comments(
    sandbox: SandboxDep, caller: CallerDep, post_id: str, cursor: Cursor = None, limit: Limit = 50
) -> Page:
    """All comments and replies below a post, oldest first."""
    caller.needs("read")
    _item(sandbox, caller, post_id)
    return sandbox.views.comments(post_id, cursor, limit)


@router.get("/v1/threads/{thread_id}")
async def thread(sandbox: SandboxDep, caller: CallerDep, thread_id: str) -> dict[str, Any]:
    caller.needs("read")
    caller.must_be(sandbox.world.thread(thread_id).account_id)
    return sandbox.views.thread(thread_id)


@router.get("/v1/items/{item_id}")
async def item(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> dict[str, Any]:
    caller.needs("read")
    return sandbox.world.item_body(_item(sandbox, caller, item_id))


@router.get("/v1/people/{person_id}")
async def person(sandbox: SandboxDep, caller: CallerDep, person_id: str) -> dict[str, Any]:
    caller.needs("read")
    return sandbox.world.author_body(sandbox.world.person(person_id).id)


@router.get("/p/{item_id}", include_in_schema=False)
async def page_of(sandbox: SandboxDep, item_id: str) -> HTMLResponse:
    """What a permalink opens: the public conversation around an item."""
    item = sandbox.world.item(item_id)
    if item.kind is ItemKind.DM:
        raise not_found("page")
    around = sandbox.world.thread_items(item.thread_id or "")
    bodies = [sandbox.world.item_body(one) for one in around]
    return HTMLResponse(item_page([b for b in bodies if "text" in b], item_id))


@router.get("/avatars/{owner_id}.svg", include_in_schema=False)
async def avatar_of(sandbox: SandboxDep, owner_id: str) -> Response:
    owner = sandbox.world.state.people.get(owner_id) or sandbox.world.account(owner_id)
    return Response(avatar(owner.name), media_type="image/svg+xml")


@router.get("/pictures/{name}.svg", include_in_schema=False)
async def picture_of(name: str) -> Response:
    return Response(picture(name), media_type="image/svg+xml")
