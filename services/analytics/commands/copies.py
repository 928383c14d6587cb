"""Keeping up with what the others tell of workspaces, profiles and posts that are measured."""

from services.analytics.domain.ageing import next_turn
from services.analytics.models import MeasuredPost
from services.analytics.repository.measured import MeasuredPosts, MeasuredProfiles
from services.analytics.repository.names import save_name
from services.analytics.repository.network_measures import ProfileMeasures
from services.analytics.repository.workspaces import Workspaces
from shared.db.transaction import Tx
from shared.events.scheduler import PublicationChanged, PublicationState
from shared.events.team_directory import (
    MemberSaved,
    ProfileSaved,
    ProfileState,
    TeamSaved,
    WorkspaceSaved,
)
from shared.networks.measures import Metric

MEASURE = "analytics.measure"


async def remember_workspace(tx: Tx, event: WorkspaceSaved) -> None:
    """Keep the zone in which the days of a workspace begin and end."""
    await Workspaces(tx).save(event.time_zone)


async def remember_person(tx: Tx, event: MemberSaved) -> None:
    await save_name(tx, event.person_id, event.name)


async def remember_team(tx: Tx, event: TeamSaved) -> None:
    await save_name(tx, event.team_id, event.name)


async def remember_profile(tx: Tx, event: ProfileSaved) -> None:
    """Keep the copy of a profile, and measure it for as long as it is connected."""
    connected = event.state is ProfileState.CONNECTED
    # The work item comes before the rows that it is about, as in the worker's transactions.
    if connected:
        await tx.request(MEASURE, str(event.profile_id))
    else:
        await tx.unschedule(MEASURE, str(event.profile_id))
    profile = await MeasuredProfiles(tx).get_or_add(event.profile_id)
    if connected and profile.state != event.state:
        # Somebody has just connected it, so whatever stood in the way is gone.
        profile.due_at, profile.resume_at = tx.now, None
        profile.problem, profile.failures = None, 0
    profile.network = event.network
    profile.handle = event.handle
    profile.display_name = event.display_name
    profile.state = event.state


async def remember_post(tx: Tx, event: PublicationChanged) -> None:
    """Measure from now on what was published, and keep how many could have seen it then."""
    if event.state is not PublicationState.PUBLISHED or event.external_id is None:
        return
    await tx.request(MEASURE, str(event.profile_id))
    await _meet_profile(tx, event)
    posts = MeasuredPosts(tx)
    if await posts.find(event.publication_id) is not None:
        return
    known = await posts.named(event.profile_id, [event.external_id])
    if known:
        # Its network listed it before we were told of it here.
        known[0].post_id = event.post_id
        return
    published_at = event.published_at or tx.now
    first = next_turn(published_at, published_at)
    posts.add(
        MeasuredPost(
            workspace_id=tx.workspace_id,
            id=event.publication_id,
            post_id=event.post_id,
            profile_id=event.profile_id,
            network=event.network,
            external_id=event.external_id,
            permalink=event.permalink,
            excerpt=event.excerpt,
            published_at=published_at,
            followers=await ProfileMeasures(tx, event.profile_id).latest(Metric.FOLLOWERS),
            due_at=first.due_at if first else None,
            early_at=first.early_at if first else None,
        )
    )


async def _meet_profile(tx: Tx, event: PublicationChanged) -> None:
    """A profile that was connected before anybody told us of profiles is met by what it says."""
    profile = await MeasuredProfiles(tx).get_or_add(event.profile_id)
    if not profile.state:
        profile.network, profile.state = event.network, ProfileState.CONNECTED
        profile.handle = profile.display_name = ""
