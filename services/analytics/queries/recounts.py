"""When the numbers were counted."""

from sqlalchemy import select

from services.analytics.models import Book
from services.analytics.schemas.reports import RecountView
from shared.db.transaction import ReadTx


async def recount(read: ReadTx) -> RecountView:
    rows = await read.all(
        select(Book.state, Book.begun_at, Book.finished_at).where(
            Book.workspace_id == read.workspace_id
        )
    )
    return RecountView(
        counted_at=next((row.finished_at for row in rows if row.state == "current"), None),
        running_since=next((row.begun_at for row in rows if row.state == "building"), None),
    )
