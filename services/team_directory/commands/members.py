"""Members: what they are like, what they may do, and how they leave."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.team_directory.commands.announce import (
    announce_access,
    announce_member,
    announce_person,
    announce_team,
)
from services.team_directory.commands.api_keys import revoke_keys_of
from services.team_directory.commands.granting import (
    demand_may_grant,
    demand_may_limit,
    demand_power_over,
)
from services.team_directory.commands.invitations import withdraw_invitations_of
from services.team_directory.commands.versions import demand_version
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.hours import check_hours, write_hours
from services.team_directory.errors import LastOwnerError
from services.team_directory.models import Member
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from services.team_directory.repository.profiles import Profiles
from services.team_directory.repository.teams import Teams
from services.team_directory.repository.workspaces import Workspaces
from shared.db.transaction import Tx
from shared.events.team_directory import MemberLeft
from shared.permissions import Level, Module

Changes = Mapping[str, Any]

_OF_THE_PERSON = ("name", "locale", "time_zone")
_ATTRIBUTES = ("skills", "languages", "hours_time_zone")
_ACCESS = ("role_ids", "team_ids", "profile_ids", "sight")


async def edit_member(
    tx: Tx, actor: Actor, member_id: UUID, version: int, changes: Changes
) -> Member:
    """Change what is named in `changes` and leave the rest.

    Everybody may describe themselves, whoever edits the directory may describe others; access takes
    an administrator, and nobody gives or takes what they do not have.
    """
    if actor.id != member_id or not actor.is_person:
        actor.identity.demand(Module.DIRECTORY, Level.EDIT)
    touches_access = any(name in changes for name in _ACCESS)
    if touches_access:
        actor.identity.demand(Module.DIRECTORY, Level.ADMINISTER)
        await Workspaces(tx).current()  # Locked: two owners must not demote each other at once.
    member = await Members(tx).get(member_id)
    demand_version(member, version)
    before = await _picture(tx, member, changes)
    await _describe(tx, member, changes)
    if touches_access:
        await _change_access(tx, actor, member, changes)
    after = await _picture(tx, member, changes)
    record(tx, actor, Change("member.edited", member_id, before, after))
    await _announce(tx, member, changes)
    return member


async def _describe(tx: Tx, member: Member, changes: Changes) -> None:
    of_the_person = [name for name in _OF_THE_PERSON if name in changes]
    if of_the_person:
        person = await People(tx).get(member.id)
        for name in of_the_person:
            setattr(person, name, changes[name])
    for name in _ATTRIBUTES:
        if name in changes:
            setattr(member, name, changes[name])
    if "working_hours" in changes:
        check_hours(changes["working_hours"])
        member.working_hours = write_hours(changes["working_hours"])


async def _change_access(tx: Tx, actor: Actor, member: Member, changes: Changes) -> None:
    await demand_power_over(tx, actor, member)
    members = Members(tx)
    if "role_ids" in changes:
        await demand_may_grant(tx, actor, changes["role_ids"])
        await members.set_roles(member.id, changes["role_ids"])
        if await members.count_owners() == 0:
            raise LastOwnerError
    if "team_ids" in changes:
        await _move_to_teams(tx, member, changes["team_ids"])
    if "profile_ids" in changes or "sight" in changes:
        profile_ids = changes.get("profile_ids", member.profile_ids)
        sight = changes.get("sight", member.sight)
        demand_may_limit(actor, profile_ids, sight)
        await Profiles(tx).demand_all(profile_ids or ())
        member.profile_ids = None if profile_ids is None else sorted(set(profile_ids))
        member.sight = sight


async def _move_to_teams(tx: Tx, member: Member, team_ids: list[UUID]) -> None:
    """Teams that gain or lose a member are told about as teams, too.

    All of them are locked before anything moves, since whoever edits a team locks that first.
    """
    present = set(await Members(tx).team_ids(member.id))
    teams = await Teams(tx).all_of(present | set(team_ids))
    await Members(tx).set_teams(member.id, team_ids)
    for team in teams:
        if (team.id in present) == (team.id in team_ids):
            continue
        if team.lead_id == member.id and team.id in present:
            team.lead_id = None
        await announce_team(tx, team)


async def _picture(tx: Tx, member: Member, changes: Changes) -> dict[str, Any]:
    """The values of what is being changed, for the audit log."""
    person = await People(tx).seen(member.id)
    members = Members(tx)
    picture: dict[str, Any] = {}
    for name in changes:
        if name == "role_ids":
            picture[name] = await members.role_ids(member.id)
        elif name == "team_ids":
            picture[name] = await members.team_ids(member.id)
        else:
            picture[name] = getattr(person if name in _OF_THE_PERSON else member, name)
    return picture


async def _announce(tx: Tx, member: Member, changes: Changes) -> None:
    if any(name in changes for name in _OF_THE_PERSON):
        await announce_person(tx, member.id)
    else:
        await announce_member(tx, member)
    if any(name in changes for name in _ACCESS):
        await announce_access(tx, [member.id])


async def remove_member(tx: Tx, actor: Actor, member_id: UUID) -> None:
    """End a membership; what this person has opened for others here ends with it.

    Their work finds new holders in the services that hear `MemberLeft`.
    """
    await Workspaces(tx).current()
    members = Members(tx)
    member = await members.get(member_id)
    if not (actor.is_person and actor.id == member_id):
        await demand_power_over(tx, actor, member)
    role_ids = await members.role_ids(member_id)
    if await members.is_owner(member_id) and await members.count_owners() == 1:
        raise LastOwnerError
    await revoke_keys_of(tx, actor, member_id)
    await announce_access(tx, [member_id])
    await withdraw_invitations_of(tx, actor, member_id)
    teams = await Teams(tx).all_of(await members.team_ids(member_id))
    for led in await Teams(tx).led_by(member_id):
        led.lead_id = None
    await members.remove(member)
    await People(tx).leave(member_id, tx.workspace_id)
    for team in teams:
        await announce_team(tx, team)
    record(tx, actor, Change("member.removed", member_id, {"role_ids": role_ids}))
    await tx.publish(MemberLeft(workspace_id=tx.workspace_id, person_id=member_id))
