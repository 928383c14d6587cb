"""What networks count of posts: the latest of many, everything of one, and what days brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from services.analytics.domain.days import span_of
from services.analytics.domain.engagement import PostMetric
from services.analytics.domain.periods import Period
from services.analytics.errors import PostNotFoundError
from services.analytics.models import ContentDay, MeasuredPost, PostMeasure, PostSnapshot
from services.analytics.queries.workspaces import zone_of_workspace
from services.analytics.schemas.network_measures import (
    ContentDayView,
    MeasuredPostView,
    PostCurveView,
    PostMeasureView,
    PostPointView,
)
from shared.db.transaction import ReadTx
from shared.http.pages import CursorError, Page, cursor_id, decode_cursor, encode_cursor
from shared.identity import Identity

_POSTS = MeasuredPost.__table__.c
_SHOWN = tuple(_POSTS[name] for name in MeasuredPostView.model_fields if name != "measures")
_MEASURES = PostMeasure.__table__.c
_MEASURE = tuple(_MEASURES[name] for name in PostMeasureView.model_fields)
# Below every value, so that posts without the measure come last.
_ABSENT = -1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which posts to list, by what (None: when they were published), and from where on."""

    period: Period
    profile_id: UUID | None
    sort: PostMetric | None
    cursor: str | None
    limit: int


async def list_posts(read: ReadTx, identity: Identity, wanted: Wanted) -> Page[MeasuredPostView]:
    """Posts that were published in the period, the newest or the greatest first."""
    since, until = span_of(await zone_of_workspace(read), wanted.period)
    statement = _visible(identity).where(_POSTS.published_at >= since, _POSTS.published_at < until)
    if wanted.profile_id is not None:
        statement = statement.where(_POSTS.profile_id == wanted.profile_id)
    statement, place = _sorted(statement, wanted.sort)
    if wanted.cursor is not None:
        seen = _seen(wanted.cursor, wanted.sort)
        statement = statement.where(tuple_(place, _POSTS.id) < seen)
    statement = statement.order_by(place.desc(), _POSTS.id.desc()).limit(wanted.limit + 1)
    rows = await read.all(statement.add_columns(place.label("place")))
    shown = rows[: wanted.limit]
    following = None
    if len(rows) > wanted.limit:
        following = encode_cursor(shown[-1].place, shown[-1].id)
    return Page(items=await _with_measures(read, shown), next_cursor=following)


async def get_post(read: ReadTx, identity: Identity, post_id: UUID) -> PostCurveView:
    """One post with everything that was counted of it."""
    statement = _visible(identity).where(_POSTS.id == post_id)
    row = await read.first(statement.add_columns(_POSTS.due_at, _POSTS.followers))
    if row is None:
        raise PostNotFoundError
    view = (await _with_measures(read, [row]))[0]
    series = (
        select(PostSnapshot.at, PostSnapshot.counts)
        .where(
            PostSnapshot.workspace_id == read.workspace_id,
            PostSnapshot.publication_id == post_id,
        )
        .order_by(PostSnapshot.at)
    )
    rows = await read.all(series)
    curve = [PostPointView.model_validate(one, from_attributes=True) for one in rows]
    return PostCurveView(**dict(view), due_at=row.due_at, followers=row.followers, curve=curve)


async def list_content(read: ReadTx, identity: Identity, period: Period) -> list[ContentDayView]:
    """What the posts of each profile gained on each day of the period."""
    statement = (
        select(ContentDay.profile_id, ContentDay.day, ContentDay.metric, ContentDay.gained)
        .where(
            ContentDay.workspace_id == read.workspace_id,
            ContentDay.day.between(period.first, period.last),
        )
        .order_by(ContentDay.day, ContentDay.profile_id, ContentDay.metric)
    )
    if identity.profile_ids is not None:
        statement = statement.where(ContentDay.profile_id.in_(identity.profile_ids))
    rows = await read.all(statement)
    return [ContentDayView.model_validate(row, from_attributes=True) for row in rows]


def _visible(identity: Identity) -> Select[Any]:
    statement = select(*_SHOWN).where(_POSTS.workspace_id == identity.workspace_id)
    if identity.profile_ids is not None:
        statement = statement.where(_POSTS.profile_id.in_(identity.profile_ids))
    return statement


def _sorted(
    statement: Select[Any], sort: PostMetric | None
) -> tuple[Select[Any], ColumnElement[Any]]:
    """The statement, and what its rows are put in order by."""
    if sort is None:
        return statement, _POSTS.published_at
    latest = PostMeasure.__table__.alias("sorted_by")
    joined = and_(
        latest.c.workspace_id == _POSTS.workspace_id,
        latest.c.publication_id == _POSTS.id,
        latest.c.metric == sort.value,
    )
    return statement.outerjoin(latest, joined), func.coalesce(latest.c.value, _ABSENT)


def _seen(cursor: str, sort: PostMetric | None) -> tuple[datetime | float, UUID]:
    """The place of the last post of the page before; a cursor holds for one way of sorting."""
    place, post_id = decode_cursor(cursor, 2)
    parse = datetime.fromisoformat if sort is None else float
    try:
        return parse(place), cursor_id(post_id)
    except (TypeError, ValueError) as error:
        raise CursorError from error


async def _with_measures(read: ReadTx, rows: Sequence[Any]) -> list[MeasuredPostView]:
    statement = (
        select(*_MEASURE, _MEASURES.publication_id)
        .where(
            _MEASURES.workspace_id == read.workspace_id,
            _MEASURES.publication_id.in_([row.id for row in rows]),
        )
        .order_by(_MEASURES.metric)
    )
    measures: dict[UUID, list[PostMeasureView]] = {row.id: [] for row in rows}
    for row in await read.all(statement) if rows else ():
        measures[row.publication_id].append(
            PostMeasureView.model_validate(row, from_attributes=True)
        )
    return [
        MeasuredPostView(
            **{column.name: row._mapping[column.name] for column in _SHOWN},  # noqa: SLF001 -- public, despite its name.
            measures=measures[row.id],
        )
        for row in rows
    ]
