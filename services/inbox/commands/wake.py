"""What happens to conversations by themselves: waking, and finding a new holder."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select

from services.inbox.commands.change import apply
from services.inbox.domain.conversation import Assign, Reopen
from services.inbox.models import Conversation, Member, Team
from shared.db.transaction import Tx

RELEASE = "inbox.release_member"
RELEASE_TEAM = "inbox.release_team"
_BATCH = 200


async def wake_conversation(tx: Tx, conversation_id: UUID) -> None:
    """Open a snoozed conversation whose time has come."""
    key = (tx.workspace_id, conversation_id)
    row = await tx.session.get(Conversation, key, with_for_update=True)
    if row is None or row.snoozed_until is None or row.snoozed_until > tx.now:
        return
    await apply(tx, row, Reopen(reason="woken"), None)


async def release_member(tx: Tx, person_id: UUID) -> bool:
    """Give back what somebody holds who left, or no longer works with a profile.

    True while there may be more.
    """
    held = [Conversation.assignee_id == person_id]
    reason = "The person has left."
    member = await tx.session.get(Member, (tx.workspace_id, person_id))
    if member is not None and member.active:
        if member.profile_ids is None:
            return False
        held.append(Conversation.profile_id.not_in(member.profile_ids))
        reason = "The person no longer works with this profile."
    rows = await _open_ones(tx, held)
    for row in rows:
        await apply(tx, row, Assign(assignee_id=None, team_id=row.team_id, reason=reason), None)
    return len(rows) == _BATCH


async def release_team(tx: Tx, team_id: UUID) -> bool:
    """Give back what a team holds that is no longer there; True while there may be more."""
    team = await tx.session.get(Team, (tx.workspace_id, team_id))
    if team is not None and team.active:
        return False
    rows = await _open_ones(tx, [Conversation.team_id == team_id])
    reason = "The team was removed."
    for row in rows:
        change = Assign(assignee_id=row.assignee_id, team_id=None, reason=reason)
        await apply(tx, row, change, None)
    return len(rows) == _BATCH


async def _open_ones(tx: Tx, held: Sequence[ColumnElement[bool]]) -> Sequence[Conversation]:
    statement = (
        select(Conversation)
        .where(Conversation.workspace_id == tx.workspace_id, Conversation.state != "handled", *held)
        .order_by(Conversation.id)
        .limit(_BATCH)
        .with_for_update()
    )
    return (await tx.session.scalars(statement)).all()
