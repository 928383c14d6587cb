"""The least that a list of fifty needs: one statement and its rows as JSON, for whoever asks."""

import os
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from starlette.types import Receive, Scope, Send

from services.inbox.schemas.conversations import ConversationSummary

_WORKSPACE = UUID(os.environ["BARE_WORKSPACE"])
_HEAD = [(b"content-type", b"application/json")]
_COLUMNS = ", ".join(
    f"c.{name}" for name in ConversationSummary.model_fields if name not in ("contact", "hit_at")
)
_LIST = (
    f"SELECT {_COLUMNS}, k.id AS contact_id, k.name AS contact_name, k.avatar_url"
    " FROM inbox.conversations c"
    " JOIN inbox.contacts k ON k.workspace_id = c.workspace_id AND k.id = c.contact_id"
    " WHERE c.workspace_id = $1 ORDER BY c.last_at DESC, c.id DESC LIMIT 51"
)


class Pool:
    """Opened by the first request, because that is when the loop runs."""

    def __init__(self) -> None:
        self._pool: asyncpg.Pool | None = None

    async def rows(self) -> Any:
        if self._pool is None:
            self._pool = await asyncpg.create_pool(
                os.environ["BARE_DATABASE_URL"], min_size=10, max_size=10
            )
        return await self._pool.fetch(_LIST, _WORKSPACE)


pool = Pool()


async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
    rows = await pool.rows()
    body = orjson.dumps({"items": [dict(row) for row in rows[:50]]}, default=str)
    await send({"type": "http.response.start", "status": 200, "headers": _HEAD})
    await send({"type": "http.response.body", "body": body})
