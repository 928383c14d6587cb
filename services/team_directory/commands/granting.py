"""Who may give or take access: never more than they have themselves, and owners only by owners."""

from collections.abc import Collection
from uuid import UUID

from services.team_directory.domain.access import access_of
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.templates import OWNER
from services.team_directory.errors import GrantTooHighError, OwnersOnlyError
from services.team_directory.models import Member
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.roles import Roles, access_of_role
from shared.db.transaction import Tx
from shared.permissions import Sight


async def demand_power_over(tx: Tx, actor: Actor, member: Member) -> None:
    """The actor must be able to do all that this member can before taking any of it away."""
    members = Members(tx)
    if await members.is_owner(member.id) and not await members.is_owner(actor.id):
        raise OwnersOnlyError
    if not access_of(actor.identity).covers(await members.access(member)):
        raise GrantTooHighError


async def demand_power_everywhere(tx: Tx, actor: Actor, member_id: UUID) -> None:
    """For what opens all that a person can do, wherever they work.

    Whoever does that must be able to do all of it already: here by their own access, elsewhere as
    an owner.
    """
    await demand_power_over(tx, actor, await Members(tx).get(member_id))
    present = tx.workspace_id
    for workspace_id in await People(tx).workspace_ids(member_id):
        if workspace_id != present:
            await tx.enter_workspace(workspace_id)
            if not await Members(tx).is_owner(actor.id):
                raise OwnersOnlyError("This person also works in a workspace that is not yours.")
    await tx.enter_workspace(present)


async def demand_may_grant(tx: Tx, actor: Actor, role_ids: Collection[UUID]) -> None:
    """The actor must hold all that these roles allow; raises for a role that is not there."""
    for role in await Roles(tx).all_of(role_ids):
        if role.template == OWNER and not await Members(tx).is_owner(actor.id):
            raise OwnersOnlyError
        # The profiles of a member are limited apart from the roles.
        access = access_of_role(role)
        own = access_of(actor.identity)
        if not own.covers_beyond_profiles(access):
            raise GrantTooHighError(role_id=role.id)


def demand_may_limit(
    actor: Actor, profile_ids: Collection[UUID] | None, sight: Sight | None
) -> None:
    """Profiles and sight are given like roles: within one's own."""
    own = access_of(actor.identity)
    wanted = None if profile_ids is None else frozenset(profile_ids)
    if not own.covers_profiles(wanted):
        raise GrantTooHighError("You do not work with all of these profiles yourself.")
    if sight is not None and not own.covers_sight(sight):
        raise GrantTooHighError("You do not see that much yourself.")
