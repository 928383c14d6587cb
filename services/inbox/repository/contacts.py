"""The people who write: known by their account on a network, met again by the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text, bindparam, text

from services.inbox.models import Contact
from shared.db.transaction import Tx
from shared.networks.types import Author


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """An author, and between which moments we have seen them write."""

    author: Author
    first_at: datetime
    last_at: datetime


_AUTHORS = [
    bindparam(name, type_=ARRAY(Text))
    for name in ("external_ids", "handles", "names", "avatars", "links")
]
_MOMENTS = [
    bindparam(name, type_=ARRAY(DateTime(timezone=True))) for name in ("first_at", "last_at")
]
# Sorted, because two profiles may meet the same people at the same time.
_ADD = text(
    "INSERT INTO contact_identities (workspace_id, network, external_id, contact_id, handle,"
    " display_name, avatar_url, profile_url)"
    " SELECT :workspace_id, :network, external_id, gen_random_uuid(), handle, display_name,"
    " avatar_url, profile_url FROM"
    " unnest(:external_ids, :handles, :names, :avatars, :links, :first_at, :last_at)"
    " AS new (external_id, handle, display_name, avatar_url, profile_url, first_at, last_at)"
    " ORDER BY external_id"
    " ON CONFLICT DO NOTHING RETURNING external_id, contact_id"
).bindparams(*_AUTHORS, *_MOMENTS)
_FIND = text(
    "SELECT external_id, contact_id FROM contact_identities WHERE workspace_id = :workspace_id"
    " AND network = :network AND external_id = ANY(:external_ids)"
).bindparams(_AUTHORS[0])
# What a person calls themselves now is what the latest of their writing says.
_RENAME = text(
    "UPDATE contact_identities AS old SET handle = new.handle, display_name = new.display_name,"
    " avatar_url = new.avatar_url, profile_url = new.profile_url"
    " FROM contacts AS c,"
    " unnest(:external_ids, :handles, :names, :avatars, :links, :first_at, :last_at)"
    " AS new (external_id, handle, display_name, avatar_url, profile_url, first_at, last_at)"
    " WHERE old.workspace_id = :workspace_id AND old.network = :network"
    " AND old.external_id = new.external_id AND c.workspace_id = old.workspace_id"
    " AND c.id = old.contact_id AND c.last_seen_at <= new.last_at"
    " AND (old.handle, old.display_name, old.avatar_url, old.profile_url)"
    " IS DISTINCT FROM"
    " (new.handle, new.display_name, new.avatar_url, new.profile_url)"
).bindparams(*_AUTHORS, *_MOMENTS)
_SEEN = text(
    "UPDATE contacts AS c SET first_seen_at = least(c.first_seen_at, new.first_at),"
    " last_seen_at = greatest(c.last_seen_at, new.last_at)"
    " FROM contact_identities AS i,"
    " unnest(:external_ids, :handles, :names, :avatars, :links, :first_at, :last_at)"
    " AS new (external_id, handle, display_name, avatar_url, profile_url, first_at, last_at)"
    " WHERE i.workspace_id = :workspace_id AND i.network = :network"
    " AND i.external_id = new.external_id AND c.workspace_id = i.workspace_id"
    " AND c.id = i.contact_id"
    " AND (c.last_seen_at < new.last_at OR c.first_seen_at > new.first_at)"
).bindparams(*_AUTHORS, *_MOMENTS)


async def meet(tx: Tx, network: str, people: Sequence[Met]) -> Mapping[str, UUID]:
    """The contacts behind these accounts, made or brought up to date."""
    if not people:
        return {}
    people = sorted(people, key=lambda met: met.author.external_id)
    values = {
        "workspace_id": tx.workspace_id,
        "network": network,
        "external_ids": [met.author.external_id for met in people],
        "handles": [met.author.handle for met in people],
        "names": [met.author.display_name or met.author.handle for met in people],
        "avatars": [met.author.avatar_url for met in people],
        "links": [met.author.profile_url for met in people],
        "first_at": [met.first_at for met in people],
        "last_at": [met.last_at for met in people],
    }
    added = {row.external_id: row.contact_id for row in await tx.session.execute(_ADD, values)}
    _add_contacts(tx, [met for met in people if met.author.external_id in added], added)
    await tx.session.flush()
    if len(added) == len(people):
        return added
    await tx.session.execute(_RENAME, values)
    await tx.session.execute(_SEEN, values)
    found = await tx.session.execute(
        _FIND, {name: values[name] for name in ("workspace_id", "network", "external_ids")}
    )
    return {row.external_id: row.contact_id for row in found}


def _add_contacts(tx: Tx, people: Sequence[Met], ids: Mapping[str, UUID]) -> None:
    tx.session.add_all(
        Contact(
            workspace_id=tx.workspace_id,
            id=ids[met.author.external_id],
            name=met.author.display_name or met.author.handle,
            avatar_url=met.author.avatar_url,
            first_seen_at=met.first_at,
            last_seen_at=met.last_at,
        )
        for met in people
    )
