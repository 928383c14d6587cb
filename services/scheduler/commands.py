"""Every write of scheduler."""

from services.scheduler.repository import Profiles
from shared.db.transaction import Tx
from shared.events.team_directory import ProfileSaved


async def remember_profile(tx: Tx, event: ProfileSaved) -> None:
    """Keep the copy of a profile as team_directory last told it."""
    profile = await Profiles(tx).get_or_add(event.profile_id)
    profile.network = event.network
    profile.handle = event.handle
    profile.display_name = event.display_name
    profile.state = event.state
