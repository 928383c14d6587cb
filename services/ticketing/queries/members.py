"""Who can be given a ticket."""

from sqlalchemy import select

from services.ticketing.domain.members import display_name
from services.ticketing.models import Member
from services.ticketing.schemas.members import AssigneeView
from shared.db.transaction import ReadTx


async def list_assignees(read: ReadTx) -> list[AssigneeView]:
    """The active members of the workspace, by name."""
    rows = await read.all(
        select(Member.id, Member.name, Member.email)
        .where(Member.workspace_id == read.workspace_id, Member.active)
        .order_by(Member.name, Member.id)
    )
    return [AssigneeView(id=row.id, name=display_name(row.name, row.email)) for row in rows]
