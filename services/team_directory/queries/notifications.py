"""Reads of a person's notifications: only what they may see at this moment."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_

from services.team_directory.domain.notification_texts import KINDS
from services.team_directory.domain.notifications import read_choices
from services.team_directory.errors import MemberNotFoundError
from services.team_directory.models import Notification, NotificationPreference, Person
from services.team_directory.repository.notification_sight import visible
from services.team_directory.repository.notification_views import path_of, select_shown, title_of
from services.team_directory.repository.notifications import DIGEST_AT
from services.team_directory.schemas.common import Text
from services.team_directory.schemas.notifications import (
    ChoiceView,
    NotificationView,
    PreferenceView,
    UnreadCount,
)
from shared.db.transaction import ReadTx
from shared.http.pages import CursorError, Page, cursor_id, decode_cursor, encode_cursor
from shared.identity import Identity

_COUNTED = 99


async def list_notifications(
    read: ReadTx, identity: Identity, *, unread: bool, cursor: str | None, limit: int
) -> Page[NotificationView]:
    """The newest first."""
    place = tuple_(Notification.created_at, Notification.id)
    conditions = [*visible(identity), Notification.in_app]
    if unread:
        conditions.append(Notification.read_at.is_(None))
    if cursor:
        conditions.append(place < _place(cursor))
    statement = (
        select_shown()
        .where(*conditions)
        .order_by(Notification.created_at.desc(), Notification.id.desc())
        .limit(limit + 1)
    )
    rows = await read.all(statement)
    items = [_view(row) for row in rows[:limit]]
    more = encode_cursor(items[-1].created_at, items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)


def _place(cursor: str) -> ColumnElement[Any]:
    at, id_ = decode_cursor(cursor, 2)
    try:
        moment = datetime.fromisoformat(at)
    except (TypeError, ValueError) as error:
        raise CursorError from error
    if moment.tzinfo is None:
        raise CursorError
    return tuple_(moment, cursor_id(id_))


def _view(row: Any) -> NotificationView:
    return NotificationView(
        id=row.id,
        kind=row.kind,
        title=Text.model_validate(title_of(row)),
        path=path_of(row),
        subject_type=row.subject_type,
        subject_id=row.subject_id,
        profile_id=row.profile_id,
        profile=row.profile,
        network=row.network,
        actor_id=row.actor_id,
        actor=row.actor,
        facts=row.facts,
        created_at=row.created_at,
        read_at=row.read_at,
    )


async def count_unread(read: ReadTx, identity: Identity) -> UnreadCount:
    """Counted to 99: an exact number would read every row, and no badge shows it."""
    unread = (
        select(Notification.id)
        .where(*visible(identity), Notification.in_app, Notification.read_at.is_(None))
        .limit(_COUNTED + 1)
        .subquery()
    )
    number: int = await read.scalar(select(func.count()).select_from(unread))
    return UnreadCount(unread=min(number, _COUNTED), more=number > _COUNTED)


async def preference_of(
    read: ReadTx, identity: Identity, *, email_available: bool
) -> PreferenceView:
    kept = NotificationPreference
    row = await read.first(
        select(
            Person.email,
            Person.time_zone,
            kept.choices,
            kept.digest_at,
            kept.quiet_from,
            kept.quiet_until,
        )
        .outerjoin(kept, (kept.id == Person.id) & (kept.workspace_id == read.workspace_id))
        .where(Person.id == identity.actor_id)
    )
    if row is None:
        raise MemberNotFoundError
    choices = read_choices(row.choices or {})
    return PreferenceView(
        choices=[
            ChoiceView(
                kind=kind,
                title=Text.model_validate(KINDS[kind]),
                in_app=choice.in_app,
                email=choice.email,
            )
            for kind, choice in choices.items()
        ],
        digest_at=row.digest_at or DIGEST_AT,
        quiet_from=row.quiet_from,
        quiet_until=row.quiet_until,
        time_zone=row.time_zone,
        email_address=row.email,
        email_available=email_available,
    )
