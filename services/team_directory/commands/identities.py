"""From a session or an API key to the identity that the gateway puts into its tokens."""

from uuid import UUID

from services.team_directory.domain.access import Access, read_levels, read_rights
from services.team_directory.errors import ApiKeyUnknownError, WorkspaceNotFoundError
from services.team_directory.models import ApiKey, Member
from services.team_directory.repository.members import Members
from services.team_directory.repository.people import People
from shared.db.transaction import NO_WORKSPACE, Tx
from shared.identity import ActorKind, Identity
from shared.permissions import Sight


async def identity_of_session(
    tx: Tx, person_id: UUID, session_id: UUID, workspace_id: UUID | None
) -> Identity:
    """The person in a workspace of theirs; somebody without any may only look after themselves."""
    workspace_ids = await People(tx).workspace_ids(person_id)
    if workspace_id is None and not workspace_ids:
        return Identity(person_id, ActorKind.PERSON, NO_WORKSPACE, session_id=session_id)
    entered = workspace_id or workspace_ids[0]
    if entered not in workspace_ids:
        raise WorkspaceNotFoundError
    await tx.enter_workspace(entered)
    member = await Members(tx).seen(person_id)
    if member is None:  # Removed a moment ago.
        raise WorkspaceNotFoundError
    return await identity_of_member(tx, member, session_id)


async def identity_of_member(tx: Tx, member: Member, session_id: UUID | None = None) -> Identity:
    """A member in the workspace that was entered, with what they may do at this moment."""
    members = Members(tx)
    access = await members.access(member)
    return Identity(
        actor_id=member.id,
        kind=ActorKind.PERSON,
        workspace_id=tx.workspace_id,
        levels=access.levels,
        rights=access.rights,
        sight=access.sight,
        team_ids=frozenset(await members.team_ids(member.id)),
        profile_ids=access.profile_ids,
        session_id=session_id,
    )


async def identity_of_key(tx: Tx, key: ApiKey) -> Identity:
    """What the key was given, as far as its creator may still do it."""
    members = Members(tx)
    creator = await members.seen(key.creator_id)
    if creator is None:
        raise ApiKeyUnknownError
    granted = Access(
        levels=read_levels(key.levels),
        rights=read_rights(key.rights),
        sight=Sight.ALL,
        profile_ids=None if key.profile_ids is None else frozenset(key.profile_ids),
    )
    access = granted.limited_to(await members.access(creator))
    return Identity(
        actor_id=key.id,
        kind=ActorKind.API_KEY,
        workspace_id=tx.workspace_id,
        levels=access.levels,
        rights=access.rights,
        sight=access.sight,
        team_ids=frozenset(await members.team_ids(creator.id)),
        profile_ids=access.profile_ids,
    )
