"""What stands behind a number, page by page."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Row, cast, extract, select, tuple_

from services.analytics.domain.figures import HoursMode
from services.analytics.domain.measurement import NOBODY
from services.analytics.domain.periods import Period
from services.analytics.models import Measurement
from services.analytics.queries.frame import load_frame
from services.analytics.repository.visibility import items
from services.analytics.schemas.reports import ItemsQuery, ItemView
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, cursor_moment, decode_cursor, encode_cursor
from shared.identity import Identity

_POST, _TICKET = "post", "ticket"
_COLUMNS = tuple(
    Measurement.__table__.c[name]
    for name in (
        "subject_id",
        "item_id",
        "at",
        "profile_id",
        "kind",
        "person_id",
        "team_id",
        "off",
        "wall",
        "business",
    )
)


async def list_items(read: ReadTx, identity: Identity, wanted: ItemsQuery) -> Page[ItemView]:
    """The newest first; only what the asking person may see."""
    frame = await load_frame(read, Period.checked(wanted.first, wanted.last))
    here = tuple_(Measurement.at, Measurement.item_id)
    statement = select(*_COLUMNS).where(
        Measurement.workspace_id == read.workspace_id,
        Measurement.generation == frame.generation,
        Measurement.measure == wanted.measure.value,
        Measurement.at >= frame.start_of(frame.period),
        Measurement.at < frame.end_of(frame.period),
        *items(identity),
        *_narrowed(wanted),
    )
    if wanted.cursor is not None:
        moment, id_ = decode_cursor(wanted.cursor, 2)
        statement = statement.where(here < tuple_(cursor_moment(moment), cursor_id(id_)))
    order = (Measurement.at.desc(), Measurement.item_id.desc())
    rows = await read.all(statement.order_by(*order).limit(wanted.limit + 1))
    found = [_view(row) for row in rows[: wanted.limit]]
    if len(rows) <= wanted.limit:
        return Page(items=found)
    last = rows[wanted.limit - 1]
    return Page(items=found, next_cursor=encode_cursor(last.at, last.item_id))


def _narrowed(wanted: ItemsQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        column.in_(values)
        for column, values in (
            (Measurement.profile_id, wanted.profile_id),
            (Measurement.kind, wanted.kind),
            (Measurement.person_id, wanted.person_id),
            (Measurement.team_id, wanted.team_id),
            (Measurement.hour, wanted.hour),
            (cast(extract("isodow", Measurement.day), Integer), wanted.weekday),
        )
        if values
    ]
    if wanted.hours is not HoursMode.ALL:
        found.append(Measurement.off.is_(wanted.hours is HoursMode.OFF))
    seconds = Measurement.wall
    if wanted.hours is HoursMode.BUSINESS:
        seconds = Measurement.business
    if wanted.at_most is not None:
        found.append(seconds <= wanted.at_most)
    if wanted.more_than is not None:
        found.append(seconds > wanted.more_than)
    return found


def _view(row: Row[Any]) -> ItemView:
    return ItemView(
        id=row.item_id,
        at=row.at,
        conversation_id=None if row.kind in (_POST, _TICKET) else row.subject_id,
        ticket_id=row.subject_id if row.kind == _TICKET else None,
        post_id=row.item_id if row.kind == _POST else None,
        profile_id=row.profile_id,
        kind=row.kind,
        person_id=_somebody(row.person_id),
        team_id=_somebody(row.team_id),
        in_business_hours=not row.off,
        wall_seconds=row.wall,
        business_seconds=row.business,
    )


def _somebody(id_: UUID) -> UUID | None:
    return None if id_ == NOBODY else id_
