"""What opens a profile: sealed at rest, handed to services, refreshed by one at a time."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.team_directory.commands.connection_state import apply_happening
from services.team_directory.domain.connection import Happening, is_auth_failure
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import ProfileNotConnectedError
from services.team_directory.models import Profile, ProfileCredential
from services.team_directory.repository.profiles import Profiles
from shared.db.database import Database
from shared.db.transaction import Tx
from shared.networks.errors import NetworkError
from shared.networks.refresh import renewed
from shared.networks.types import Access, Account, Credentials


@dataclass(frozen=True, slots=True)
class OpenedProfile:
    """A profile with its credentials in the clear; it never leaves the internal routes."""

    network: str
    state: str
    scopes: frozenset[str]
    access: Access
    renewed_at: datetime


def place_of(tx: Tx, profile_id: UUID) -> str:
    """Sealed credentials open for their own profile in their own workspace and nowhere else."""
    return f"profile/{tx.workspace_id}/{profile_id}"


def account_of(profile: Profile) -> Account:
    return Account(
        external_id=profile.external_id or "",
        handle=profile.handle,
        base_url=profile.base_url or "",
        display_name=profile.display_name,
        avatar_url=profile.avatar_url,
        profile_url=profile.profile_url,
        facts=profile.facts,
    )


async def open_profile(tx: Tx, tools: Tools, profile_id: UUID) -> OpenedProfile:
    """The profile with what opens it; raises when there is nothing to open it with."""
    profile, credential = await Profiles(tx).with_credential(profile_id)
    if credential is None:
        raise ProfileNotConnectedError
    plain = tools.vault.open(credential.ciphertext, place_of(tx, profile_id))
    credentials = Credentials(
        data=json.loads(plain),
        expires_at=credential.expires_at,
        refreshable=credential.refreshable,
    )
    return OpenedProfile(
        network=profile.network,
        state=profile.state,
        scopes=frozenset(profile.scopes),
        access=Access(account=account_of(profile), credentials=credentials),
        renewed_at=credential.renewed_at,
    )


async def keep_credentials(
    tx: Tx, tools: Tools, profile_id: UUID, credentials: Credentials
) -> None:
    """Store what a login or a refresh gave; an empty value never replaces one that we have."""
    profiles = Profiles(tx)
    stored = await profiles.credential(profile_id)
    place = place_of(tx, profile_id)
    data = dict(credentials.data)
    if stored is None:
        stored = ProfileCredential(workspace_id=tx.workspace_id, id=profile_id)
        profiles.add(stored)
    else:
        data = renewed(json.loads(tools.vault.open(stored.ciphertext, place)), data)
    sealed = tools.vault.seal(json.dumps(data).encode(), place)
    stored.ciphertext = sealed.ciphertext
    stored.key_id = sealed.key_id
    stored.expires_at = credentials.expires_at
    stored.refreshable = credentials.refreshable
    stored.renewed_at = tx.now


async def refresh_credentials(
    database: Database,
    tools: Tools,
    workspace_id: UUID,
    profile_id: UUID,
    if_older_than: datetime,
) -> OpenedProfile:
    """Renew the credentials unless somebody did so after the given moment.

    All who ask here at once share one call, and a lock in the database keeps other processes away:
    a rotating token that is used twice disconnects the account.
    """

    async def run() -> Credentials:
        return await _refresh(database, tools, (workspace_id, profile_id), if_older_than)

    await tools.refresher.refresh((workspace_id, profile_id), run)
    async with database.begin(workspace_id) as tx:
        return await open_profile(tx, tools, profile_id)


async def _refresh(
    database: Database, tools: Tools, place: tuple[UUID, UUID], if_older_than: datetime
) -> Credentials:
    """The lock is held while the network is asked, and what it gives is stored before it opens."""
    workspace_id, profile_id = place
    async with tools.refreshing, database.begin(workspace_id) as tx:
        await Profiles(tx).hold_refresh(profile_id)
        opened = await open_profile(tx, tools, profile_id)
        credentials = opened.access.credentials
        if opened.renewed_at > if_older_than or not credentials.refreshable:
            return credentials
        try:
            credentials = await tools.networks.get(opened.network).refresh(credentials)
        except NetworkError as error:
            if not is_auth_failure(error.code):
                raise
            refusal = error
            await apply_happening(tx, profile_id, Happening.REFUSED, error.code, error.detail)
        else:
            await keep_credentials(tx, tools, profile_id, credentials)
            return credentials
    raise refusal
