"""The writing half of the public API: publish, answer, moderate, subscribe.

`Idempotency-Key` makes a write happen once where the account kind honours it; see `kinds.py`.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Header

from deploy.sandbox.api.context import CallerDep, SandboxDep
from deploy.sandbox.api.schemas import Message, SubscriptionBody, Text
from deploy.sandbox.brands import Writing
from deploy.sandbox.refusals import not_found, not_supported

router = APIRouter(prefix="/v1", tags=["write"])

Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200)]
Body = dict[str, Any]


@router.post("/accounts/{account_id}/posts", status_code=201)
async def publish(
    sandbox: SandboxDep, caller: CallerDep, account_id: str, body: Message, key: Key = None
) -> Body:
    caller.must_be(account_id)
    caller.needs("publish")
    item = sandbox.brands.publish(account_id, Writing(body.text, body.media, key))
    return sandbox.world.item_body(item)


@router.post("/items/{item_id}/replies", status_code=201)
async def reply(
    sandbox: SandboxDep, caller: CallerDep, item_id: str, body: Message, key: Key = None
) -> Body:
    """Answer in public; below a message, the same as writing a message."""
    caller.needs("reply")
    writing = Writing(body.text, body.media, key)
    return sandbox.world.item_body(sandbox.brands.reply(caller.account_id, item_id, writing))


@router.post("/items/{item_id}/private-replies", status_code=201)
async def private_reply(
    sandbox: SandboxDep, caller: CallerDep, item_id: str, body: Message, key: Key = None
) -> Body:
    """Answer a comment by message, once and within the window."""
    caller.needs("message")
    writing = Writing(body.text, body.media, key)
    item = sandbox.brands.private_reply(caller.account_id, item_id, writing)
    return sandbox.world.item_body(item)


@router.post("/threads/{thread_id}/messages", status_code=201)
async def message(
    sandbox: SandboxDep, caller: CallerDep, thread_id: str, body: Message, key: Key = None
) -> Body:
    caller.needs("message")
    writing = Writing(body.text, body.media, key)
    return sandbox.world.item_body(sandbox.brands.message(caller.account_id, thread_id, writing))


@router.patch("/items/{item_id}")
async def edit(sandbox: SandboxDep, caller: CallerDep, item_id: str, body: Text) -> Body:
    caller.needs("reply")
    return sandbox.world.item_body(sandbox.brands.edit(caller.account_id, item_id, body.text))


@router.delete("/items/{item_id}")
async def delete(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> Body:
    caller.needs("moderate")
    return sandbox.world.item_body(sandbox.brands.delete(caller.account_id, item_id))


@router.put("/items/{item_id}/hidden")
async def hide(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> Body:
    caller.needs("moderate")
    item = sandbox.brands.hide(caller.account_id, item_id, hidden=True)
    return sandbox.world.item_body(item)


@router.delete("/items/{item_id}/hidden")
async def unhide(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> Body:
    caller.needs("moderate")
    item = sandbox.brands.hide(caller.account_id, item_id, hidden=False)
    return sandbox.world.item_body(item)


@router.put("/items/{item_id}/like")
async def like(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> Body:
    caller.needs("reply")
    return sandbox.world.item_body(sandbox.brands.like(caller.account_id, item_id, liked=True))


@router.delete("/items/{item_id}/like")
async def unlike(sandbox: SandboxDep, caller: CallerDep, item_id: str) -> Body:
    caller.needs("reply")
    return sandbox.world.item_body(sandbox.brands.like(caller.account_id, item_id, liked=False))


@router.put("/accounts/{account_id}/blocks/{person_id}", status_code=204)
async def block(sandbox: SandboxDep, caller: CallerDep, account_id: str, person_id: str) -> None:
    caller.must_be(account_id)
    caller.needs("moderate")
    sandbox.brands.block(account_id, person_id, blocked=True)


@router.delete("/accounts/{account_id}/blocks/{person_id}", status_code=204)
async def unblock(sandbox: SandboxDep, caller: CallerDep, account_id: str, person_id: str) -> None:
    caller.must_be(account_id)
    caller.needs("moderate")
    sandbox.brands.block(account_id, person_id, blocked=False)


@router.post("/accounts/{account_id}/webhooks", status_code=201)
async def subscribe(
    sandbox: SandboxDep, caller: CallerDep, account_id: str, body: SubscriptionBody
) -> Body:
    """Be told of events; the same address again replaces its secret."""
    caller.must_be(account_id)
    caller.needs("webhooks")
    if not sandbox.world.capabilities(account_id).webhooks:
        raise not_supported("send webhooks")
    subscription = await sandbox.webhooks.subscribe(
        account_id, body.url, body.secret, body.verify_token
    )
    return subscription.model_dump(mode="json", exclude={"secret"})


@router.get("/accounts/{account_id}/webhooks")
async def subscriptions(sandbox: SandboxDep, caller: CallerDep, account_id: str) -> Body:
    caller.must_be(account_id)
    caller.needs("webhooks")
    found = sandbox.world.state.subscriptions.values()
    return {
        "data": [
            one.model_dump(mode="json", exclude={"secret"})
            for one in found
            if one.account_id == account_id
        ]
    }


@router.delete("/accounts/{account_id}/webhooks/{subscription_id}", status_code=204)
async def unsubscribe(
    sandbox: SandboxDep, caller: CallerDep, account_id: str, subscription_id: str
) -> None:
    caller.must_be(account_id)
    caller.needs("webhooks")
    subscription = sandbox.world.state.subscriptions.get(subscription_id)
    if subscription is None or subscription.account_id != account_id:
        raise not_found("subscription")
    del sandbox.world.state.subscriptions[subscription_id]
