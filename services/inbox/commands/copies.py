"""Keeping up with what team_directory tells about profiles, people and teams."""

from services.inbox.commands.reading import follow_connection
from services.inbox.commands.wake import RELEASE, RELEASE_TEAM
from services.inbox.models import Member, Profile, Team
from services.inbox.repository.copies import Copies
from shared.db.transaction import Tx
from shared.events.team_directory import (
    MemberLeft,
    MemberSaved,
    ProfileSaved,
    ProfileState,
    TeamRemoved,
    TeamSaved,
)


async def remember_profile(tx: Tx, event: ProfileSaved) -> None:
    copies = Copies(tx)
    profile = await copies.profile(event.profile_id)
    if profile is not None and event.restated:
        return
    if profile is None:
        profile = Profile(
            workspace_id=tx.workspace_id,
            id=event.profile_id,
            scopes=[],
            # Nobody tells of a profile before it is connected, or much later once more.
            connected_at=None if event.restated else tx.caused_at or tx.now,
        )
        copies.add(profile)
    profile.network = event.network
    profile.external_id = event.external_id
    profile.handle = event.handle
    profile.display_name = event.display_name
    profile.avatar_url = event.avatar_url
    profile.base_url = event.base_url
    profile.state = event.state
    profile.reason = event.reason
    await copies.add_hook_address(event.profile_id, event.network)
    await tx.session.flush()
    connected = event.state is ProfileState.CONNECTED
    await follow_connection(tx, event.profile_id, connected=connected)


async def remember_member(tx: Tx, event: MemberSaved) -> None:
    copies = Copies(tx)
    member = await copies.member(event.person_id)
    if member is None:
        member = Member(workspace_id=tx.workspace_id, id=event.person_id)
        copies.add(member)
    member.name = event.name
    member.email = event.email
    member.active = True
    member.profile_ids = None if event.profile_ids is None else list(event.profile_ids)
    if event.profile_ids is not None:
        await tx.schedule(RELEASE, str(event.person_id))


async def forget_member(tx: Tx, event: MemberLeft) -> None:
    member = await Copies(tx).member(event.person_id)
    if member is not None:
        member.active = False
    await tx.schedule(RELEASE, str(event.person_id))


async def remember_team(tx: Tx, event: TeamSaved) -> None:
    copies = Copies(tx)
    team = await copies.team(event.team_id)
    if team is None:
        team = Team(workspace_id=tx.workspace_id, id=event.team_id)
        copies.add(team)
    team.name = event.name
    team.member_ids = list(event.member_ids)
    team.active = True


async def forget_team(tx: Tx, event: TeamRemoved) -> None:
    team = await Copies(tx).team(event.team_id)
    if team is not None:
        team.active = False
    await tx.schedule(RELEASE_TEAM, str(event.team_id))
