"""Conversations: found by their place, opened once, and read off their interactions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, select, text
from sqlalchemy.dialects.postgresql import insert

from services.inbox.models import Conversation
from shared.db.transaction import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a customer wrote: the key of a conversation and what it begins with."""

    thread_key: str
    thread_id: str
    kind: str
    contact_id: UUID
    opened_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the interactions of a conversation add up to."""

    id: UUID
    kind: str | None
    contact_id: UUID | None
    opened_at: datetime
    last_at: datetime
    last_inbound_at: datetime | None
    last_outbound_at: datetime | None
    waiting_since: datetime | None
    text: str | None
    media: list[dict[str, Any]] | None


async def open_where_needed(
    tx: Tx, profile_id: UUID, network: str, places: Sequence[Place]
) -> frozenset[UUID]:
    """Open a conversation at each place that has none; the ids of the new ones."""
    if not places:
        return frozenset()
    rows = [
        {
            "workspace_id": tx.workspace_id,
            "id": tx.new_id(),
            "profile_id": profile_id,
            "network": network,
            "thread_id": place.thread_id,
            "thread_key": place.thread_key,
            "kind": place.kind,
            "contact_id": place.contact_id,
            "excerpt": "",
            "state": "open",
            "priority": 0,
            "tag_ids": [],
            "opened_at": place.opened_at,
            "last_at": place.opened_at,
            "version": 0,
        }
        for place in sorted(places, key=lambda place: place.thread_key)
    ]
    opened = await tx.session.execute(
        insert(Conversation).on_conflict_do_nothing().returning(Conversation.id), rows
    )
    return frozenset(opened.scalars())


async def at_places(tx: Tx, profile_id: UUID, keys: Collection[str]) -> Mapping[str, Any]:
    """The conversations at these places: id, thread_key and contact_id."""
    if not keys:
        return {}
    rows = await tx.session.execute(
        select(Conversation.id, Conversation.thread_key, Conversation.contact_id).where(
            Conversation.workspace_id == tx.workspace_id,
            Conversation.profile_id == profile_id,
            Conversation.thread_key.in_(keys),
        )
    )
    return {row.thread_key: row for row in rows}


async def contacts_of(tx: Tx, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Whom these conversations are with."""
    if not ids:
        return {}
    rows = await tx.session.execute(
        select(Conversation.id, Conversation.contact_id).where(
            Conversation.workspace_id == tx.workspace_id, Conversation.id.in_(ids)
        )
    )
    return {row.id: row.contact_id for row in rows}


async def locked(tx: Tx, ids: Collection[UUID]) -> Mapping[UUID, Conversation]:
    """These conversations as they are now; nobody else changes them until the end."""
    rows = await tx.session.scalars(
        select(Conversation)
        .where(Conversation.workspace_id == tx.workspace_id, Conversation.id.in_(ids))
        .order_by(Conversation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


_READ_OFF = text(
    "SELECT c.id, began.kind, began.contact_id, ends.opened_at, ends.last_at,"
    " ends.last_inbound_at, greatest(ends.last_outbound_at, c.last_outbound_at)"
    " AS last_outbound_at, open.waiting_since, latest.text, latest.media"
    " FROM conversations c"
    " CROSS JOIN LATERAL (SELECT min(i.written_at) AS opened_at, max(i.written_at) AS last_at,"
    " max(i.written_at) FILTER (WHERE i.direction = 'inbound') AS last_inbound_at,"
    " max(i.written_at) FILTER (WHERE i.direction = 'outbound') AS last_outbound_at"
    " FROM interactions i WHERE i.workspace_id = c.workspace_id AND i.conversation_id = c.id)"
    " AS ends"
    " LEFT JOIN LATERAL (SELECT i.kind, i.contact_id"
    " FROM interactions i WHERE i.workspace_id = c.workspace_id AND i.conversation_id = c.id"
    " AND i.direction = 'inbound'"
    " ORDER BY i.written_at, i.external_id LIMIT 1) AS began ON true"
    " LEFT JOIN LATERAL (SELECT i.text, i.media"
    " FROM interactions i WHERE i.workspace_id = c.workspace_id AND i.conversation_id = c.id"
    " AND i.removed_at IS NULL"
    " ORDER BY i.written_at DESC, i.external_id DESC LIMIT 1) AS latest ON true"
    " CROSS JOIN LATERAL (SELECT min(i.written_at) AS waiting_since"
    " FROM interactions i WHERE i.workspace_id = c.workspace_id AND i.conversation_id = c.id"
    " AND i.direction = 'inbound' AND i.removed_at IS NULL"
    " AND i.written_at > coalesce(greatest(ends.last_outbound_at, c.last_outbound_at),"
    " '-infinity') AND i.received_at > coalesce(c.settled_until, '-infinity')) AS open"
    " WHERE c.workspace_id = :workspace_id AND c.id = ANY(:ids)"
).bindparams(bindparam("ids", type_=ARRAY(Uuid)))


async def read_off(tx: Tx, ids: Collection[UUID]) -> Sequence[Stand]:
    """What the conversations are according to their interactions, whatever came in which order."""
    rows = await tx.session.execute(
        _READ_OFF, {"workspace_id": tx.workspace_id, "ids": sorted(ids)}
    )
    return [Stand(**row._asdict()) for row in rows]
