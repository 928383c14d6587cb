"""The words that a workspace sorts conversations and contacts by."""

from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from services.inbox.errors import TagNameTakenError, TagNotFoundError
from services.inbox.models import Contact, Conversation, Tag
from shared.db.transaction import Tx

_LOCK = func.pg_advisory_xact_lock


async def create_tag(tx: Tx, scope: str, name: str, color: str) -> UUID:
    await _demand_free(tx, scope, name)
    tag = Tag(workspace_id=tx.workspace_id, id=tx.new_id(), scope=scope, name=name, color=color)
    tx.session.add(tag)
    return tag.id


async def change_tag(tx: Tx, tag_id: UUID, name: str, color: str) -> None:
    tag = await tx.session.get(Tag, (tx.workspace_id, tag_id), with_for_update=True)
    if tag is None:
        raise TagNotFoundError
    await _demand_free(tx, tag.scope, name, besides=tag_id)
    tag.name, tag.color = name, color


async def remove_tag(tx: Tx, tag_id: UUID) -> None:
    """Take the tag away, also from everything that carries it."""
    found = await tx.session.execute(
        delete(Tag)
        .where(Tag.workspace_id == tx.workspace_id, Tag.id == tag_id)
        .returning(Tag.scope)
    )
    scope = found.scalar()
    if scope is None:
        raise TagNotFoundError
    if scope == "contact":
        await _take_off(tx, Contact.tag_ids, tag_id)
    else:
        await _take_off(tx, Conversation.tag_ids, tag_id)


async def _take_off(tx: Tx, column: InstrumentedAttribute[list[UUID]], tag_id: UUID) -> None:
    table = column.class_
    await tx.session.execute(
        update(table)
        .where(table.workspace_id == tx.workspace_id, column.contains([tag_id]))
        .values(tag_ids=func.array_remove(column, tag_id))
        .execution_options(synchronize_session=False)
    )


async def _demand_free(tx: Tx, scope: str, name: str, besides: UUID | None = None) -> None:
    """Two people who invent the same name at once wait for one another here."""
    lock = f"inbox.tags/{tx.workspace_id}"
    await tx.session.execute(select(_LOCK(func.hashtextextended(lock, 0))))
    statement = select(Tag.id).where(
        Tag.workspace_id == tx.workspace_id,
        Tag.scope == scope,
        func.lower(Tag.name) == func.lower(name),
    )
    taken = await tx.session.scalar(statement)
    if taken not in (None, besides):
        raise TagNameTakenError
