"""Keeping up with what team_directory tells about people and teams."""

from services.ticketing.commands.requeue import RELEASE, RELEASE_TEAM
from services.ticketing.models import Member, Team
from services.ticketing.repository.copies import Copies
from shared.db.transaction import Tx
from shared.events.team_directory import MemberLeft, MemberSaved, TeamRemoved, TeamSaved


async def remember_member(tx: Tx, event: MemberSaved) -> None:
    """Keep the copy of a person as team_directory last told it."""
    member = await Copies(tx).find_or_add(Member, event.person_id)
    member.name = event.name
    member.email = event.email
    member.active = True
    member.profile_ids = None if event.profile_ids is None else list(event.profile_ids)
    if event.profile_ids is not None:
        await tx.schedule(RELEASE, str(event.person_id))


async def forget_member(tx: Tx, event: MemberLeft) -> None:
    """Offer a person no more; the row stays, because old tickets name them."""
    member = await Copies(tx).find(Member, event.person_id)
    if member is not None:
        member.active = False
    await tx.schedule(RELEASE, str(event.person_id))


async def remember_team(tx: Tx, event: TeamSaved) -> None:
    team = await Copies(tx).find_or_add(Team, event.team_id)
    team.name = event.name
    team.active = True


async def forget_team(tx: Tx, event: TeamRemoved) -> None:
    team = await Copies(tx).find(Team, event.team_id)
    if team is not None:
        team.active = False
    await tx.schedule(RELEASE_TEAM, str(event.team_id))
