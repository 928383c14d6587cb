"""Moving a connection from one state to the next, and telling others and people when it has."""

from uuid import UUID

from services.team_directory.commands.notify import notify, settle, who_may
from services.team_directory.domain.connection import ConnectionState, Happening, next_state
from services.team_directory.domain.notifications import (
    Cause,
    NotificationKind,
    Subject,
    SubjectType,
)
from services.team_directory.models import Profile
from services.team_directory.repository.profiles import Profiles
from shared.db.transaction import Tx
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.permissions import Level, Module

RESTATE = "team_directory.restate"
_AT_ONCE = 200


async def apply_happening(
    tx: Tx,
    profile_id: UUID,
    happening: Happening,
    code: str | None = None,
    reason: str | None = None,
) -> bool:
    """Let something happen to a connection; whether its state has changed."""
    profile = await Profiles(tx).get(profile_id)
    state = next_state(ConnectionState(profile.state), happening)
    if state == profile.state:
        return False
    profile.state = state
    profile.code = code
    profile.reason = reason
    profile.version += 1
    await announce_profile(tx, profile)
    if state is ConnectionState.NEEDS_PERSON:
        await _call_for_help(tx, profile)
    else:
        await settle(tx, _matter(profile))
    return True


def _matter(profile: Profile) -> str:
    return f"profile/{profile.id}"


async def _call_for_help(tx: Tx, profile: Profile) -> None:
    """Tell who connected the profile, and everyone else who could do so again."""
    subject = Subject(
        type=SubjectType.PROFILE, id=profile.id, module=Module.PROFILES, profile_id=profile.id
    )
    facts = {"reason": profile.code} if profile.code else {}
    what = f"needs_person/{profile.version}"
    cause = Cause(subject=subject, what=what, facts=facts, matter=_matter(profile))
    able = await who_may(tx, Module.PROFILES, Level.EDIT, profile.id)
    kind = NotificationKind.PROFILE_NEEDS_PERSON
    await notify(tx, cause, (kind, [profile.connected_by, *able]))


async def announce_profile(tx: Tx, profile: Profile, *, restated: bool = False) -> None:
    """A profile that was never connected is nobody else's business."""
    if profile.external_id is None:
        return
    await tx.publish(
        ProfileSaved(
            workspace_id=tx.workspace_id,
            profile_id=profile.id,
            network=profile.network,
            external_id=profile.external_id,
            handle=profile.handle,
            display_name=profile.display_name,
            avatar_url=profile.avatar_url,
            base_url=profile.base_url,
            state=ProfileState(profile.state),
            reason=profile.reason,
            restated=restated,
        )
    )


async def restate_profiles(tx: Tx, after: UUID) -> UUID | None:
    """Tell of the next profiles as they are; the last of them."""
    profiles = await Profiles(tx).following(after, _AT_ONCE)
    for profile in profiles:
        await announce_profile(tx, profile, restated=True)
    return profiles[-1].id if profiles else None
