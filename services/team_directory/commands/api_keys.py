"""API keys: made by a person, never stronger than that person, used by programs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.team_directory.commands.identities import identity_of_key
from services.team_directory.domain.access import Access, access_of, write_levels
from services.team_directory.domain.actor import Actor
from services.team_directory.domain.secrets import new_api_key
from services.team_directory.errors import (
    ApiKeyNotFoundError,
    ApiKeyUnknownError,
    ExpiryPastError,
    GrantTooHighError,
)
from services.team_directory.models import ApiKey
from services.team_directory.repository.audit import Change, record
from services.team_directory.repository.keys import ApiKeys, Opens, Secrets
from services.team_directory.repository.profiles import Profiles
from shared.db.transaction import Tx
from shared.events.team_directory import AccessChanged
from shared.identity import Identity
from shared.permissions import Level, Module

USED_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class KeyDraft:
    name: str
    access: Access
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class CreatedKey:
    """`secret` is shown once."""

    id: UUID
    secret: str


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    identity: Identity
    expires_at: datetime | None


async def create_api_key(tx: Tx, actor: Actor, draft: KeyDraft) -> CreatedKey:
    creator_id = actor.person_id()
    access = draft.access
    if not access_of(actor.identity).covers(access):
        raise GrantTooHighError
    if draft.expires_at is not None and draft.expires_at <= tx.now:
        raise ExpiryPastError
    await Profiles(tx).demand_all(access.profile_ids or ())
    secret, prefix = new_api_key()
    key = ApiKey(
        workspace_id=tx.workspace_id,
        id=tx.new_id(),
        name=draft.name,
        prefix=prefix,
        creator_id=creator_id,
        levels=write_levels(access.levels),
        rights=sorted(access.rights),
        profile_ids=None if access.profile_ids is None else sorted(access.profile_ids),
        created_at=tx.now,
        expires_at=draft.expires_at,
    )
    ApiKeys(tx).add(key)
    Secrets(tx).add(secret, Opens.API_KEY, key.id)
    after = {
        "name": key.name,
        "prefix": prefix,
        "levels": key.levels,
        "rights": key.rights,
        "profile_ids": key.profile_ids,
        "expires_at": key.expires_at,
    }
    record(tx, actor, Change("api_key.created", key.id, after=after))
    return CreatedKey(key.id, secret)


async def revoke_api_key(tx: Tx, actor: Actor, key_id: UUID) -> None:
    """End a key at once: one's own, or anybody's as an administrator of connections."""
    key = await ApiKeys(tx).get(key_id)
    if key.creator_id != actor.id and not actor.identity.may(Module.CONNECTIONS, Level.ADMINISTER):
        raise ApiKeyNotFoundError
    if key.revoked_at is None:
        await _revoke(tx, actor, key)


async def revoke_keys_of(tx: Tx, actor: Actor, person_id: UUID) -> None:
    for key in await ApiKeys(tx).living_of([person_id]):
        await _revoke(tx, actor, key)


async def _revoke(tx: Tx, actor: Actor, key: ApiKey) -> None:
    key.revoked_at = tx.now
    await Secrets(tx).forget([key.id])
    record(tx, actor, Change("api_key.revoked", key.id, {"name": key.name, "prefix": key.prefix}))
    await tx.publish(AccessChanged(workspace_id=tx.workspace_id, actor_id=key.id))


async def resolve_api_key(tx: Tx, secret: str, ip: str) -> ResolvedKey:
    """The identity behind a key; its last use is written down once a minute."""
    key_id = await Secrets(tx).enter(secret, Opens.API_KEY)
    key = None if key_id is None else await ApiKeys(tx).find(key_id)
    if key is None or key.revoked_at is not None:
        raise ApiKeyUnknownError
    if key.expires_at is not None and key.expires_at <= tx.now:
        raise ApiKeyUnknownError
    if key.used_at is None or tx.now - key.used_at >= USED_STEP:
        key.used_at = tx.now
        key.used_from = ip
    return ResolvedKey(await identity_of_key(tx, key), key.expires_at)
