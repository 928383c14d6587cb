"""What happens to conversations by themselves: waking, and finding a new holder."""

from uuid import UUID

from sqlalchemy import select

from services.inbox.commands.change import apply
from services.inbox.domain.conversation import Assign, Reopen
from services.inbox.models import Conversation, Member
from shared.db.transaction import Tx

RELEASE = "inbox.release_member"
_BATCH = 200


async def wake_conversation(tx: Tx, conversation_id: UUID) -> None:
    """Open a snoozed conversation whose time has come."""
    key = (tx.workspace_id, conversation_id)
    row = await tx.session.get(Conversation, key, with_for_update=True)
    if row is None or row.snoozed_until is None or row.snoozed_until > tx.now:
        return
    await apply(tx, row, Reopen(reason="woken"), None)


async def release_member(tx: Tx, person_id: UUID) -> bool:
    """Give back what somebody who left still holds; True while there may be more."""
    member = await tx.session.get(Member, (tx.workspace_id, person_id))
    if member is not None and member.active:
        return False
    statement = (
        select(Conversation)
        .where(
            Conversation.workspace_id == tx.workspace_id,
            Conversation.assignee_id == person_id,
            Conversation.state != "handled",
        )
        .order_by(Conversation.id)
        .limit(_BATCH)
        .with_for_update()
    )
    held = (await tx.session.scalars(statement)).all()
    for row in held:
        reason = "The person has left."
        await apply(tx, row, Assign(assignee_id=None, team_id=row.team_id, reason=reason), None)
    return len(held) == _BATCH
