"""Posts as people see them: a calendar, lists, one with its targets."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, tuple_

from services.scheduler.errors import PostNotFoundError, RangeError
from services.scheduler.models import Post, Publication
from services.scheduler.queries.assets import place
from services.scheduler.repository import visible
from services.scheduler.schemas import PostView, PublicationView
from shared.db.transaction import ReadTx
from shared.events.scheduler import PostState
from shared.http.pages import Page, encode_cursor
from shared.identity import Identity

_POSTS = Post.__table__.c
_SHOWN = tuple(_POSTS[name] for name in PostView.model_fields if name != "targets")
_TARGETS = Publication.__table__.c
_LONGEST = timedelta(days=100)


async def calendar(
    read: ReadTx, identity: Identity, since: datetime, until: datetime
) -> list[PostView]:
    """What is planned or was published in a stretch of time, in order."""
    since, until = _aware(since), _aware(until)
    if not timedelta() < until - since <= _LONGEST:
        raise RangeError
    statement = _visible(identity).where(_POSTS.due_at >= since, _POSTS.due_at < until)
    rows = await read.all(statement.order_by(_POSTS.due_at, _POSTS.id))
    return await _with_targets(read, rows)


async def list_posts(
    read: ReadTx, identity: Identity, states: Sequence[PostState], page: tuple[str | None, int]
) -> Page[PostView]:
    """The newest first."""
    cursor, limit = page
    statement = _visible(identity)
    if states:
        statement = statement.where(_POSTS.state.in_(states))
    if cursor is not None:
        statement = statement.where(tuple_(_POSTS.created_at, _POSTS.id) < place(cursor))
    newest_first = (_POSTS.created_at.desc(), _POSTS.id.desc())
    rows = await read.all(statement.order_by(*newest_first).limit(limit + 1))
    items = await _with_targets(read, rows[:limit])
    more = len(rows) > limit
    following = encode_cursor(items[-1].created_at, items[-1].id) if more else None
    return Page(items=items, next_cursor=following)


async def get_post(read: ReadTx, identity: Identity, post_id: UUID) -> PostView:
    rows = await read.all(_visible(identity).where(_POSTS.id == post_id))
    if not rows:
        raise PostNotFoundError
    return (await _with_targets(read, rows))[0]


def _visible(identity: Identity) -> Select[Any]:
    return select(*_SHOWN).where(*visible(identity))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


async def _with_targets(read: ReadTx, rows: Sequence[Any]) -> list[PostView]:
    statement = (
        select(*(_TARGETS[name] for name in PublicationView.model_fields), _TARGETS.post_id)
        .where(
            _TARGETS.workspace_id == read.workspace_id,
            _TARGETS.post_id.in_([row.id for row in rows]),
        )
        .order_by(_TARGETS.id)
    )
    targets: dict[UUID, list[PublicationView]] = {row.id: [] for row in rows}
    for row in await read.all(statement) if rows else ():
        targets[row.post_id].append(PublicationView.model_validate(row, from_attributes=True))
    return [PostView(**row._mapping, targets=targets[row.id]) for row in rows]  # noqa: SLF001 -- public, despite its name.
