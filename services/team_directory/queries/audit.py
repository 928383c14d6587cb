"""Reads of the audit log."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from services.team_directory.models import ApiKey, AuditEntry, Person
from services.team_directory.schemas.audit import AuditView
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """`action` may be a whole action (`role.edited`) or what it is about (`role`)."""

    actor_id: UUID | None = None
    action: str | None = None
    object_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


async def list_audit(
    read: ReadTx, wanted: AuditFilter, cursor: str | None, limit: int
) -> Page[AuditView]:
    """The newest first."""
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
        .where(AuditEntry.workspace_id == read.workspace_id)
        .order_by(AuditEntry.id.desc())
        .limit(limit + 1)
    )
    if wanted.actor_id:
        statement = statement.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.action:
        column = AuditEntry.action if "." in wanted.action else AuditEntry.object_type
        statement = statement.where(column == wanted.action)
    if wanted.object_id:
        statement = statement.where(AuditEntry.object_id == wanted.object_id)
    if wanted.since:
        statement = statement.where(AuditEntry.at >= wanted.since)
    if wanted.until:
        statement = statement.where(AuditEntry.at < wanted.until)
    if cursor:
        statement = statement.where(AuditEntry.id < cursor_id(decode_cursor(cursor, 1)[0]))
    rows = await read.all(statement)
    items = [AuditView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = encode_cursor(items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)
