"""The moment of connecting: which profile an account belongs to, and what is kept of it."""

from services.team_directory.commands.connection_state import announce_profile
from services.team_directory.commands.credentials import keep_credentials
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.connection import (
    ConnectionState,
    Happening,
    account_key,
    next_check,
    next_state,
)
from services.team_directory.domain.ports import Tools
from services.team_directory.errors import OtherAccountError, ProfileAlreadyConnectedError
from services.team_directory.models import Profile
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.profiles import Profiles
from shared.db.transaction import Tx
from shared.networks.connector import Connected
from shared.networks.types import Account

CHECK = "team_directory.check_profile"


async def store_connection(
    tx: Tx,
    tools: Tools,
    actor: Actor,
    network: str,
    target: Profile | None,
    connected: Connected,
) -> Profile:
    """Keep a connection that works; `target` is the profile that it was meant for, if any."""
    account = connected.account
    profile = await _profile_for(tx, network, target, account)
    before = {"state": profile.state}
    describe(profile, account)
    profile.state = next_state(ConnectionState(profile.state), Happening.SIGNED_IN)
    profile.code = profile.reason = None
    profile.scopes = sorted(connected.scopes)
    profile.problems = []
    profile.connected_by = actor.id
    profile.connected_at = profile.checked_at = tx.now
    profile.version += 1
    await tx.session.flush()
    await keep_credentials(tx, tools, profile.id, connected.credentials)
    credentials = connected.credentials
    due = next_check(tx.now, credentials.expires_at, refreshable=credentials.refreshable)
    await tx.schedule(CHECK, str(profile.id), due_at=due)
    after = {"state": profile.state, "network": network, "handle": profile.handle}
    record(tx, actor, Change("profile.connected", profile.id, before, after))
    await announce_profile(tx, profile)
    return profile


async def _profile_for(tx: Tx, network: str, target: Profile | None, account: Account) -> Profile:
    """An account has one profile in a workspace for ever: reconnecting keeps its history."""
    profiles = Profiles(tx)
    key = account_key(account)
    if target is not None and target.account_key not in (None, key):
        raise OtherAccountError(expected=target.handle, found=account.handle)
    known = await profiles.by_account(network, key)
    if known is None or known is target:
        return target or _new_profile(tx, network)
    if known.state == ConnectionState.CONNECTED:
        raise ProfileAlreadyConnectedError(profile_id=known.id)
    if target is not None:
        await profiles.remove(target)
    return known


def _new_profile(tx: Tx, network: str) -> Profile:
    profile = Profile(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        network=network,
        state=ConnectionState.CONNECTING,
        created_at=tx.now,
        version=0,
    )
    Profiles(tx).add(profile)
    return profile


def describe(profile: Profile, account: Account) -> bool:
    """Take over what a network says of the account; whether anything that others see changed."""
    before = (profile.handle, profile.display_name, profile.avatar_url, profile.base_url)
    profile.external_id = account.external_id
    profile.account_key = account_key(account)
    profile.handle = account.handle
    profile.display_name = account.display_name
    profile.avatar_url = account.avatar_url
    profile.profile_url = account.profile_url
    profile.base_url = account.base_url
    profile.facts = dict(account.facts)
    return before != (account.handle, account.display_name, account.avatar_url, account.base_url)
