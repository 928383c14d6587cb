"""Reads of the ledger of mail."""

from sqlalchemy import select

from services.team_directory.domain.ports import Tools
from services.team_directory.errors import UnsubscribeLinkError
from services.team_directory.models import Mail, Membership, Person, Workspace
from services.team_directory.schemas.mails import MailView, UnsubscribeView
from shared.db.database import Database
from shared.db.transaction import ReadTx
from shared.http.pages import Page, cursor_id, decode_cursor, encode_cursor


async def list_mails(read: ReadTx, cursor: str | None, limit: int) -> Page[MailView]:
    """The newest first."""
    statement = (
        select(*(getattr(Mail, name) for name in MailView.model_fields))
        .where(Mail.workspace_id == read.workspace_id)
        .order_by(Mail.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        statement = statement.where(Mail.id < cursor_id(decode_cursor(cursor, 1)[0]))
    rows = await read.all(statement)
    items = [MailView.model_validate(row, from_attributes=True) for row in rows[:limit]]
    more = encode_cursor(items[-1].id) if len(rows) > limit else None
    return Page(items=items, next_cursor=more)


async def preview_unsubscribe(database: Database, tools: Tools, token: str) -> UnsubscribeView:
    """What a link ends, for somebody who has not signed in."""
    whose = tools.mail_room.signer.read(token) if tools.mail_room else None
    if whose is None:
        raise UnsubscribeLinkError
    workspace_id, person_id = whose
    async with database.read() as read:
        row = await read.first(
            select(Workspace.name.label("workspace_name"), Person.locale)
            .join(Membership, Membership.workspace_id == Workspace.id)
            .join(Person, Person.id == Membership.person_id)
            .where(Workspace.id == workspace_id, Person.id == person_id)
        )
    if row is None:
        raise UnsubscribeLinkError
    return UnsubscribeView.model_validate(row, from_attributes=True)
