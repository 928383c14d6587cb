"""The least that a webhook takes: check the HMAC, store what came, answer when it is durable.

BARE_DATABASE_URL says where, BARE_SECRET is what calls are signed with.
"""

import asyncio
import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from starlette.types import Receive, Scope, Send

from shared.ids import new_id

_SECRET = os.environ["BARE_SECRET"].encode()
_LINGER_SECONDS = 0.002
_NOBODY = UUID(int=0)
_HEAD = [(b"content-length", b"0")]
_STORE = (
    "INSERT INTO bare.deliveries (workspace_id, id, profile_id, external_id, kind, source, body,"
    " received_at, state, attempts) SELECT $1, id, $1, external_id, 'item', 'webhook', body, now(),"
    " 'stored', 0 FROM unnest($2::uuid[], $3::text[], $4::jsonb[]) AS new(id, external_id, body)"
    " ORDER BY external_id ON CONFLICT DO NOTHING"
)


class Store:
    """One commit for all that came in the meantime."""

    def __init__(self) -> None:
        self._waiting: list[tuple[str, str, asyncio.Future[None]]] = []
        self._task: asyncio.Task[None] | None = None
        self._connection: Any = None

    async def add(self, external_id: str, body: str) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((external_id, body, done))
        if self._task is None:
            self._task = asyncio.create_task(self._empty())
        await done

    async def _empty(self) -> None:
        if self._connection is None:
            self._connection = await asyncpg.connect(os.environ["BARE_DATABASE_URL"])
        await asyncio.sleep(_LINGER_SECONDS)
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._store(batch)
        self._task = None

    async def _store(self, batch: Sequence[tuple[str, str, asyncio.Future[None]]]) -> None:
        ids, names, bodies, done = zip(*((new_id(), *one) for one in batch), strict=True)
        await self._connection.execute(_STORE, _NOBODY, ids, names, bodies)
        for future in done:
            future.set_result(None)


store = Store()


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    body = (await receive())["body"]
    signature = dict(scope["headers"])[b"x-sandbox-signature"]
    moment, _, stated = signature[2:].partition(b",v1=")
    signed = hmac.new(_SECRET, moment + b"." + body, hashlib.sha256).hexdigest().encode()
    status = 200 if hmac.compare_digest(signed, stated) else 401
    if status == 200:
        for event in orjson.loads(body)["events"]:
            item = event["data"]["item"]
            name = f"{item['id']}@{item['revision']}"
            await store.add(name, orjson.dumps(item).decode())
    await send({"type": "http.response.start", "status": status, "headers": _HEAD})
    await send({"type": "http.response.body", "body": b""})
