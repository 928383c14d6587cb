"""The outbound ledger as people see it, and the timeline of a conversation."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, Table, select, tuple_

from services.inbox.errors import ActionNotFoundError, ConversationNotFoundError
from services.inbox.models import Action, Activity, Conversation, Note
from services.inbox.queries.keyset import Direction, Place, page_of
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import ActionView, ActivityView, TimelineEntry
from services.inbox.schemas.work import NoteView
from shared.db.transaction import ReadTx
from shared.events.inbox import ActionState
from shared.http.pages import Page
from shared.identity import Identity

_ACTIONS = Action.__table__.c
_SHOWN = tuple(_ACTIONS[name] for name in ActionView.model_fields)


async def list_actions(
    read: ReadTx, identity: Identity, states: list[ActionState], page: tuple[str | None, int]
) -> Page[ActionView]:
    """The newest first; with `failed` and `unknown` this is what waits for a person."""
    cursor, limit = page
    place = Place.parse(cursor)
    statement = _visible_actions(identity)
    if states:
        statement = statement.where(_ACTIONS.state.in_(states))
    if place.at is not None:
        here = tuple_(_ACTIONS.requested_at, _ACTIONS.id)
        statement = statement.where(here < tuple_(place.at, place.id))
    newest_first = (_ACTIONS.requested_at.desc(), _ACTIONS.id.desc())
    rows = await read.all(statement.order_by(*newest_first).limit(limit + 1))
    found = [ActionView.model_validate(row, from_attributes=True) for row in rows]
    items, following, _ = page_of(
        found, limit, Place(Direction.ON), lambda item: (item.requested_at, item.id)
    )
    return Page(items=items, next_cursor=following)


async def get_action(read: ReadTx, identity: Identity, action_id: UUID) -> ActionView:
    row = await read.first(_visible_actions(identity).where(_ACTIONS.id == action_id))
    if row is None:
        raise ActionNotFoundError
    return ActionView.model_validate(row, from_attributes=True)


def _visible_actions(identity: Identity) -> Select[Any]:
    return (
        select(*_SHOWN)
        .join(Conversation, Conversation.id == _ACTIONS.conversation_id)
        .where(_ACTIONS.workspace_id == identity.workspace_id, *visible(identity))
    )


async def timeline(
    read: ReadTx, identity: Identity, conversation_id: UUID, limit: int
) -> list[TimelineEntry]:
    """What colleagues did, wrote to each other and sent, the newest first."""
    seen = select(Conversation.id).where(Conversation.id == conversation_id, *visible(identity))
    if await read.first(seen) is None:
        raise ConversationNotFoundError
    entries = [
        *await _activities(read, conversation_id, limit),
        *await _notes(read, conversation_id, limit),
        *await _actions(read, conversation_id, limit),
    ]
    entries.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
    return entries[:limit]


async def _activities(read: ReadTx, conversation_id: UUID, limit: int) -> list[TimelineEntry]:
    rows = await read.all(_newest(Activity.__table__, read, conversation_id, "at", limit))
    return [
        TimelineEntry(
            at=row.at,
            id=row.id,
            activity=ActivityView.model_validate(row, from_attributes=True),
        )
        for row in rows
    ]


async def _notes(read: ReadTx, conversation_id: UUID, limit: int) -> list[TimelineEntry]:
    rows = await read.all(_newest(Note.__table__, read, conversation_id, "created_at", limit))
    return [
        TimelineEntry(
            at=row.created_at,
            id=row.id,
            note=NoteView.model_validate(row, from_attributes=True),
        )
        for row in rows
    ]


async def _actions(read: ReadTx, conversation_id: UUID, limit: int) -> list[TimelineEntry]:
    rows = await read.all(_newest(Action.__table__, read, conversation_id, "requested_at", limit))
    return [
        TimelineEntry(
            at=row.requested_at,
            id=row.id,
            action=ActionView.model_validate(row, from_attributes=True),
        )
        for row in rows
    ]


def _newest(
    table: Any, read: ReadTx, conversation_id: UUID, moment: str, limit: int
) -> Select[Any]:
    rows: Table = table
    return (
        select(rows)
        .where(rows.c.workspace_id == read.workspace_id, rows.c.conversation_id == conversation_id)
        .order_by(rows.c[moment].desc(), rows.c.id.desc())
        .limit(limit)
    )
