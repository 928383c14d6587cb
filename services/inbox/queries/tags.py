"""The tags of a workspace."""

from sqlalchemy import select

from services.inbox.models import Tag
from services.inbox.schemas.work import TagView
from shared.db.transaction import ReadTx


async def list_tags(read: ReadTx) -> list[TagView]:
    statement = (
        select(Tag.id, Tag.scope, Tag.name, Tag.color)
        .where(Tag.workspace_id == read.workspace_id)
        .order_by(Tag.scope, Tag.name, Tag.id)
    )
    rows = await read.all(statement)
    return [TagView.model_validate(row, from_attributes=True) for row in rows]
