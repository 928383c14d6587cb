"""Threads of the network that are read back, and the posts that conversations stand under."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python
from sqlalchemy import ARRAY, DateTime, Text, bindparam, text, update

from services.inbox.domain.raw import encode
from services.inbox.models import Thread
from shared.db.transaction import Tx
from shared.networks.types import Item, ItemKind, Target

_TARGET = TypeAdapter(Target)
_POST_FIELDS = ("external_id", "text", "author", "media", "permalink", "created_at")

# A thread is best read from its root; where that is unknown, from the earliest item.
_REMEMBER = text(
    "INSERT INTO threads (workspace_id, profile_id, thread_id, target, post, active_at)"
    " SELECT :workspace_id, :profile_id, thread_id, CAST(target AS jsonb), CAST(post AS jsonb),"
    " active_at FROM unnest(:threads, :targets, :posts, :moments)"
    " AS new (thread_id, target, post, active_at) ORDER BY thread_id"
    " ON CONFLICT (workspace_id, profile_id, thread_id) DO UPDATE SET"
    " active_at = greatest(threads.active_at, excluded.active_at),"
    " post = coalesce(excluded.post, threads.post),"
    " target = CASE WHEN excluded.target->>'external_id' = threads.thread_id"
    " OR (threads.target->>'external_id' <> threads.thread_id"
    " AND CAST(excluded.target->>'created_at' AS timestamptz)"
    " < CAST(threads.target->>'created_at' AS timestamptz))"
    " THEN excluded.target ELSE threads.target END"
).bindparams(
    *(bindparam(name, type_=ARRAY(Text)) for name in ("threads", "targets", "posts")),
    bindparam("moments", type_=ARRAY(DateTime(timezone=True))),
)


async def remember(tx: Tx, profile_id: UUID, items: Sequence[Item]) -> None:
    """Note where something was written."""
    if not items:
        return
    # The last one put in stays: roots after all others, the earliest after the later ones.
    best = {item.thread_id: item for item in sorted(items, key=_rank)}
    latest: dict[str, datetime] = {}
    for item in items:
        latest[item.thread_id] = max(item.created_at, latest.get(item.thread_id, item.created_at))
    await tx.session.execute(
        _REMEMBER,
        {
            "workspace_id": tx.workspace_id,
            "profile_id": profile_id,
            "threads": list(best),
            "targets": [_dump_target(item) for item in best.values()],
            "posts": [_dump_post(item) for item in best.values()],
            "moments": [latest[thread] for thread in best],
        },
    )


def _rank(item: Item) -> tuple[bool, float]:
    return (item.external_id == item.thread_id, -item.created_at.timestamp())


def _dump_target(item: Item) -> str:
    return encode(_TARGET.dump_python(item.target(), mode="json"))


def _dump_post(item: Item) -> str | None:
    if item.kind is not ItemKind.POST:
        return None
    values = asdict(item)
    return json.dumps(to_jsonable_python({name: values[name] for name in _POST_FIELDS}))


async def mark_read(tx: Tx, profile_id: UUID, thread_id: str) -> None:
    await tx.session.execute(
        update(Thread)
        .where(
            Thread.workspace_id == tx.workspace_id,
            Thread.profile_id == profile_id,
            Thread.thread_id == thread_id,
        )
        .values(reconciled_at=tx.now)
        .execution_options(synchronize_session=False)
    )
