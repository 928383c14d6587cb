"""Looking after connected profiles: self-tests, reports from other services, disconnecting."""

from uuid import UUID

import structlog

from services.team_directory.commands.connection_state import announce_profile, apply_happening
from services.team_directory.commands.credentials import (
    OpenedProfile,
    open_profile,
    refresh_credentials,
)
from services.team_directory.commands.store_connection import CHECK, describe
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.connection import (
    ConnectionState,
    Happening,
    is_auth_failure,
    next_state,
    runs_out_soon,
)
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import ProfileNotConnectedError, ProfileNotFoundError
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.profiles import Profiles
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.errors import ParleyError
from shared.networks.connector import Inspection
from shared.networks.errors import AuthExpiredError, NetworkError

log = structlog.get_logger()


async def check_profile(
    database: Database, tools: Tools, workspace_id: UUID, profile_id: UUID
) -> None:
    """Ask the network whether the connection works, and keep what it says.

    Only a refusal of the credentials changes the state; a network that is down raises.
    """
    async with database.begin(workspace_id) as tx:
        opened = await open_profile(tx, tools, profile_id)
    try:
        inspection = await _inspect(database, tools, (workspace_id, profile_id), opened)
    except NetworkError as error:
        if not is_auth_failure(error.code):
            raise
        async with database.begin(workspace_id) as tx:
            await report_refusal(tx, profile_id, error.code, error.detail)
        return
    async with database.begin(workspace_id) as tx:
        await _keep_inspection(tx, profile_id, inspection)


async def _inspect(
    database: Database, tools: Tools, place: tuple[UUID, UUID], opened: OpenedProfile
) -> Inspection:
    """An expired token is refreshed once, and asked with once more."""
    connector = tools.networks.get(opened.network)
    try:
        return await connector.inspect(opened.access)
    except AuthExpiredError:
        if not opened.access.credentials.refreshable:
            raise
    opened = await refresh_credentials(database, tools, *place, opened.renewed_at)
    return await connector.inspect(opened.access)


async def _keep_inspection(tx: Tx, profile_id: UUID, inspection: Inspection) -> None:
    profiles = Profiles(tx)
    profile = await profiles.get(profile_id)
    credential = await profiles.credential(profile_id)
    if credential is None or profile.external_id != inspection.account.external_id:
        return  # Disconnected, or another sign-in, while the network was asked.
    changed = describe(profile, inspection.account)
    profile.scopes = sorted(inspection.scopes) or profile.scopes
    profile.checked_at = tx.now
    profile.problems = list(inspection.problems)
    expires_at = inspection.expires_at or credential.expires_at
    if runs_out_soon(tx.now, expires_at, refreshable=credential.refreshable):
        profile.problems = [*profile.problems, f"The connection ends on {expires_at:%Y-%m-%d}."]
    if not await apply_happening(tx, profile_id, Happening.WORKED) and changed:
        profile.version += 1
        await announce_profile(tx, profile)


async def report(tx: Tx, profile_id: UUID, state: str, code: str, reason: str) -> None:
    """What a service has found out by working with the profile."""
    if state == ConnectionState.CONNECTED:
        await report_success(tx, profile_id)
    else:
        await report_refusal(tx, profile_id, code, reason)


async def report_refusal(tx: Tx, profile_id: UUID, code: str, reason: str) -> None:
    """The network has refused the credentials; any other failure leaves the state alone."""
    await Profiles(tx).get(profile_id)
    if is_auth_failure(code):
        await apply_happening(tx, profile_id, Happening.REFUSED, code, reason)


async def report_success(tx: Tx, profile_id: UUID) -> None:
    """A service has worked with the profile. It heals only what still has credentials."""
    await Profiles(tx).get(profile_id)
    if await Profiles(tx).credential(profile_id) is not None:
        await apply_happening(tx, profile_id, Happening.WORKED)


async def disconnect_profile(
    database: Database, tools: Tools, actor: Actor, profile_id: UUID
) -> None:
    """Forget the credentials at once, then ask the network to forget them, too.

    What the profile has received and sent stays; connecting it again carries on.
    """
    workspace_id = actor.identity.workspace_id
    async with database.begin(workspace_id) as tx:
        opened = await _forget(tx, tools, actor, profile_id)
    if opened is None:
        return
    try:
        await tools.networks.get(opened.network).revoke(opened.access)
    except ParleyError as error:
        # Nothing here depends on it: the credentials are gone, and tokens run out.
        log.warning("profile.not_revoked", profile_id=str(profile_id), code=error.code)


async def _forget(tx: Tx, tools: Tools, actor: Actor, profile_id: UUID) -> OpenedProfile | None:
    profiles = Profiles(tx)
    profile = await profiles.get(profile_id)
    if not actor.identity.sees_profile(profile_id):
        raise ProfileNotFoundError
    if profile.state == ConnectionState.CONNECTING:
        await profiles.remove(profile)
        return None
    state = ConnectionState(profile.state)
    if next_state(state, Happening.ENDED) is state:
        raise ProfileNotConnectedError
    opened = await open_profile(tx, tools, profile_id)
    await profiles.remove_credential(profile_id)
    await tx.unschedule(CHECK, str(profile_id))
    record(
        tx,
        actor,
        Change("profile.disconnected", profile_id, {"state": state}, {"state": "disconnected"}),
    )
    await apply_happening(tx, profile_id, Happening.ENDED, "disconnected", None)
    return opened
