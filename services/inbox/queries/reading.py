"""One conversation: itself, what was written in it, and what colleagues did with it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, tuple_

from services.inbox.errors import ConversationNotFoundError, InteractionNotFoundError
from services.inbox.models import Conversation, Interaction, InteractionVersion
from services.inbox.queries.conversations import summaries, summary_of
from services.inbox.queries.keyset import Direction, Place, page_of
from services.inbox.queries.possible import Judgement
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import (
    ConversationView,
    InteractionVersionView,
    InteractionView,
)
from shared.db.transaction import ReadTx
from shared.http.pages import Page
from shared.identity import Identity
from shared.profiles.access import Networks

_VIEWED = tuple(name for name in InteractionView.model_fields if name != "possible")
_COLUMNS = Interaction.__table__.c
_READ = tuple(_COLUMNS[name] for name in (*_VIEWED, "handle"))


async def get_conversation(
    read: ReadTx, identity: Identity, conversation_id: UUID, networks: Networks
) -> ConversationView:
    statement = summaries().add_columns(Conversation.thread_id)
    row = await read.first(statement.where(Conversation.id == conversation_id, *visible(identity)))
    if row is None:
        raise ConversationNotFoundError
    judgement = await Judgement.of(read, identity, conversation_id, networks)
    newest = await read.first(_of_conversation(read, conversation_id).limit(1))
    asked = await read.first(
        _of_conversation(read, conversation_id)
        .where(_COLUMNS.direction == "inbound", _COLUMNS.removed_at.is_(None))
        .limit(1)
    )
    return ConversationView(
        **summary_of(row).__dict__,
        thread_id=row.thread_id,
        newest_interaction_id=newest.id if newest else None,
        replies=judgement.replies(asked),
    )


def _of_conversation(read: ReadTx, conversation_id: UUID) -> Select[Any]:
    return (
        select(*_READ)
        .where(
            _COLUMNS.workspace_id == read.workspace_id,
            _COLUMNS.conversation_id == conversation_id,
        )
        .order_by(_COLUMNS.written_at.desc(), _COLUMNS.id.desc())
    )


async def list_interactions(
    read: ReadTx,
    identity: Identity,
    conversation_id: UUID,
    networks: Networks,
    page: tuple[str | None, int],
) -> Page[InteractionView]:
    """The newest page first; each with what can be done to it."""
    cursor, limit = page
    judgement = await Judgement.of(read, identity, conversation_id, networks)
    place = Place.parse(cursor)
    statement = _of_conversation(read, conversation_id).limit(limit + 1)
    if place.at is not None:
        here = tuple_(_COLUMNS.written_at, _COLUMNS.id)
        statement = statement.where(here < tuple_(place.at, place.id))
    rows = await read.all(statement)
    items, following, _ = page_of(
        [_view(row, judgement) for row in rows], limit, Place(Direction.ON), _place_of
    )
    return Page(items=items, next_cursor=following)


def _place_of(item: InteractionView) -> Any:
    return item.written_at, item.id


def _view(row: Row[Any], judgement: Judgement | None = None) -> InteractionView:
    # Faster than `model_construct`, which goes through the fields in Python.
    return InteractionView.model_validate(
        {name: getattr(row, name) for name in _VIEWED}
        | {"possible": judgement.of_item(row) if judgement else []}
    )


async def list_versions(
    read: ReadTx, identity: Identity, interaction_id: UUID
) -> Sequence[InteractionVersionView]:
    """What an interaction said before, the newest first."""
    seen = (
        select(Interaction.id)
        .join(Conversation, Conversation.id == Interaction.conversation_id)
        .where(
            Interaction.workspace_id == read.workspace_id,
            Interaction.id == interaction_id,
            *visible(identity),
        )
    )
    if await read.first(seen) is None:
        raise InteractionNotFoundError
    columns = InteractionVersion.__table__.c
    statement = (
        select(columns.item_version, columns.text, columns.media, columns.seen_at)
        .where(columns.workspace_id == read.workspace_id, columns.interaction_id == interaction_id)
        .order_by(columns.item_version.desc())
    )
    rows = await read.all(statement)
    return [InteractionVersionView.model_validate(row, from_attributes=True) for row in rows]


async def list_history(
    read: ReadTx, identity: Identity, contact_id: UUID, page: tuple[str | None, int]
) -> Page[InteractionView]:
    """Everything between a contact and all profiles that the person sees, the newest first."""
    cursor, limit = page
    place = Place.parse(cursor)
    statement = (
        select(*_READ)
        .join(Conversation, Conversation.id == _COLUMNS.conversation_id)
        .where(
            _COLUMNS.workspace_id == read.workspace_id,
            _COLUMNS.contact_id == contact_id,
            *visible(identity),
        )
        .order_by(_COLUMNS.written_at.desc(), _COLUMNS.id.desc())
        .limit(limit + 1)
    )
    if place.at is not None:
        here = tuple_(_COLUMNS.written_at, _COLUMNS.id)
        statement = statement.where(here < tuple_(place.at, place.id))
    rows = await read.all(statement)
    items, following, _ = page_of(
        [_view(row) for row in rows], limit, Place(Direction.ON), _place_of
    )
    return Page(items=items, next_cursor=following)
