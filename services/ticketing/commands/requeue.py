"""Finding a new holder for what somebody held who left, and for what a removed team held."""

from uuid import UUID

from services.ticketing.commands.change import apply
from services.ticketing.domain.ticket import Assign
from services.ticketing.models import Member, Team, Ticket
from services.ticketing.repository.tickets import Tickets
from shared.db.transaction import Tx

RELEASE = "ticketing.release_member"
RELEASE_TEAM = "ticketing.release_team"
_BATCH = 200


async def release_member(tx: Tx, person_id: UUID) -> bool:
    """Give back what somebody holds who left, or no longer works with a profile.

    True while there may be more.
    """
    held = [Ticket.assignee_id == person_id]
    reason = "The person has left."
    member = await tx.session.get(Member, (tx.workspace_id, person_id))
    if member is not None and member.active:
        if member.profile_ids is None:
            return False
        held.append(Ticket.profile_id.not_in(member.profile_ids))
        reason = "The person no longer works with this profile."
    rows = await Tickets(tx).held(*held, limit=_BATCH)
    for row in rows:
        await apply(tx, row, Assign(assignee_id=None, team_id=row.team_id, reason=reason), None)
    return len(rows) == _BATCH


async def release_team(tx: Tx, team_id: UUID) -> bool:
    """Give back what a team holds that is no longer there; True while there may be more."""
    team = await tx.session.get(Team, (tx.workspace_id, team_id))
    if team is not None and team.active:
        return False
    rows = await Tickets(tx).held(Ticket.team_id == team_id, limit=_BATCH)
    reason = "The team was removed."
    for row in rows:
        change = Assign(assignee_id=row.assignee_id, team_id=None, reason=reason)
        await apply(tx, row, change, None)
    return len(rows) == _BATCH
