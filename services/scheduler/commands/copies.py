"""Keeping up with what team_directory tells about profiles, and with what they can take."""

from uuid import UUID

from pydantic_core import to_jsonable_python

from services.scheduler.commands.risk import note_risk
from services.scheduler.repository import Profiles, Publications
from shared.db.transaction import Tx, WorkItem
from shared.events.team_directory import ProfileSaved, ProfileState
from shared.profiles.access import Opened

LEARN = "scheduler.learn_profile"


async def remember_profile(tx: Tx, event: ProfileSaved) -> None:
    """Keep the copy of a profile as team_directory last told it, and warn those who plan for it."""
    profile = await Profiles(tx).get_or_add(event.profile_id)
    profile.network = event.network
    profile.handle = event.handle
    profile.display_name = event.display_name
    profile.state = event.state
    await tx.session.flush()
    connected = event.state is ProfileState.CONNECTED
    if connected:
        await tx.schedule(LEARN, str(event.profile_id))
    if event.restated:
        return  # Whoever plans for it knows.
    code = None if connected else "scheduler.profile_not_connected"
    for publication_id in await Publications(tx).waiting_for(event.profile_id):
        await note_risk(tx, publication_id, code, event.reason or "")


async def remember_account(tx: Tx, item: WorkItem, opened: Opened) -> None:
    """Keep what the account says that it can do."""
    profile = await Profiles(tx).get_or_add(UUID(item.key))
    profile.account = to_jsonable_python(opened.access.account)
    profile.scopes = sorted(opened.scopes)
    await tx.finish(item)
