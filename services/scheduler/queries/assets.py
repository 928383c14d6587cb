"""The library of pictures."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from services.scheduler.errors import AssetNotFoundError
from services.scheduler.models import Asset
from services.scheduler.schemas import AssetView
from shared.db.transaction import ReadTx
from shared.http.pages import (
    Page,
    cursor_id,
    cursor_moment,
    decode_cursor,
    encode_cursor,
)

_ASSETS = Asset.__table__.c
_SHOWN = tuple(_ASSETS[name] for name in AssetView.model_fields)


async def list_assets(read: ReadTx, cursor: str | None, limit: int) -> Page[AssetView]:
    """The newest first."""
    statement = select(*_SHOWN).where(_ASSETS.workspace_id == read.workspace_id)
    if cursor is not None:
        statement = statement.where(tuple_(_ASSETS.uploaded_at, _ASSETS.id) < place(cursor))
    newest_first = (_ASSETS.uploaded_at.desc(), _ASSETS.id.desc())
    rows = await read.all(statement.order_by(*newest_first).limit(limit + 1))
    items = [AssetView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = len(rows) > limit
    following = encode_cursor(items[-1].uploaded_at, items[-1].id) if more else None
    return Page(items=items, next_cursor=following)


async def get_asset(read: ReadTx, asset_id: UUID) -> AssetView:
    statement = select(*_SHOWN).where(
        _ASSETS.workspace_id == read.workspace_id, _ASSETS.id == asset_id
    )
    row = await read.first(statement)
    if row is None:
        raise AssetNotFoundError
    return AssetView.model_validate(row, from_attributes=True)


def place(cursor: str) -> Any:
    """The row of a list that a cursor of a time and an id names."""
    at, id_ = decode_cursor(cursor, 2)
    return tuple_(cursor_moment(at), cursor_id(id_))
