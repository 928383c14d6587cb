"""Reads of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from services.team_directory.domain.webhooks import reach_of
from services.team_directory.models import ApiKey, AuditEntry, Person, WebhookEndpoint
from services.team_directory.repository.webhooks import within
from services.team_directory.schemas.audit import AuditView
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor
from shared.identity import Identity


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """`action` may be a whole action (`role.edited`) or what it is about (`role`)."""

    actor_id: UUID | None = None
    action: str | None = None
    object_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


async def list_audit(
    read: ReadTx, identity: Identity, wanted: AuditFilter, cursor: str | None, limit: int
) -> Page[AuditView]:
    """The newest first; what was done to a profile is for those who work with it.

    The same holds for the endpoints that are told of profiles.
    """
    own = [name for name in AuditView.model_fields if name != "actor_name"]
    statement = (
        select(
            *(getattr(AuditEntry, name) for name in own),
            func.coalesce(Person.name, ApiKey.name).label("actor_name"),
        )
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .outerjoin(
            ApiKey,
            (ApiKey.workspace_id == AuditEntry.workspace_id) & (ApiKey.id == AuditEntry.actor_id),
        )
        .where(AuditEntry.workspace_id == read.workspace_id, *_conditions(identity, wanted))
        .order_by(AuditEntry.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        statement = statement.where(AuditEntry.id < cursor_id(decode_cursor(cursor, 1)[0]))
    rows = await read.all(statement)
    items = [AuditView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = encode_cursor(items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)


def _conditions(identity: Identity, wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    if identity.profile_ids is not None:
        theirs = AuditEntry.object_id.in_(identity.profile_ids)
        yield or_(AuditEntry.object_type != "profile", theirs)
        seen = select(WebhookEndpoint.id).where(
            WebhookEndpoint.workspace_id == AuditEntry.workspace_id, *within(reach_of(identity))
        )
        yield or_(AuditEntry.object_type != "webhook", AuditEntry.object_id.in_(seen))
    if wanted.actor_id:
        yield AuditEntry.actor_id == wanted.actor_id
    if wanted.action:
        column = AuditEntry.action if "." in wanted.action else AuditEntry.object_type
        yield column == wanted.action
    if wanted.object_id:
        yield AuditEntry.object_id == wanted.object_id
    if wanted.since:
        yield AuditEntry.at >= wanted.since
    if wanted.until:
        yield AuditEntry.at < wanted.until
