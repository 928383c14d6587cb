"""Every write of ticketing."""

from services.ticketing.models import Member
from services.ticketing.repository import Members
from shared.db.transaction import Tx
from shared.events.team_directory import MemberLeft, MemberSaved


async def remember_member(tx: Tx, event: MemberSaved) -> None:
    """Keep the copy of a person as team_directory last told it."""
    members = Members(tx)
    member = await members.find(event.person_id)
    if member is None:
        member = Member(workspace_id=tx.workspace_id, id=event.person_id)
        members.add(member)
    member.name = event.name
    member.email = event.email
    member.active = True


async def forget_member(tx: Tx, event: MemberLeft) -> None:
    """Offer a person no more; the row stays, because old tickets name them."""
    member = await Members(tx).find(event.person_id)
    if member is not None:
        member.active = False
