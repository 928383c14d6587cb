"""The cards of customers: correcting one, and saying that two of them are one person."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.inbox.errors import (
    ContactChangedError,
    ContactMergeError,
    ContactNotFoundError,
    TagNotFoundError,
)
from services.inbox.models import Contact, ContactIdentity, Conversation, Interaction
from services.inbox.repository.desk import Desk
from services.inbox.repository.visibility import visible
from shared.db.transaction import Tx
from shared.events.inbox import ContactSaved
from shared.identity import Identity


async def change_contact(
    tx: Tx, identity: Identity, contact_id: UUID, expected_version: int, values: dict[str, Any]
) -> int:
    """Set the given fields (`name`, `tag_ids`, `attributes`); the new version."""
    contact = await _visible_contact(tx, identity, contact_id)
    if contact.version != expected_version:
        raise ContactChangedError(version=contact.version)
    tags = values.get("tag_ids")
    if tags and not set(tags) <= set(await Desk(tx, identity).tag_names("contact")):
        raise TagNotFoundError
    for name, value in values.items():
        setattr(contact, name, value)
    contact.version += 1
    await tx.publish(_saved(contact, identity))
    return contact.version


async def merge_contacts(tx: Tx, identity: Identity, kept_id: UUID, merged_id: UUID) -> int:
    """Give everything of one contact to the other; who sees both may say that they are one."""
    if kept_id == merged_id:
        raise ContactMergeError
    # Locked in the order of their ids, so that two merges never wait for one another.
    found = {id_: await _visible_contact(tx, identity, id_) for id_ in sorted((kept_id, merged_id))}
    kept, merged = found[kept_id], found[merged_id]
    for table in (ContactIdentity, Conversation, Interaction):
        await tx.session.execute(
            update(table)
            .where(table.workspace_id == tx.workspace_id, table.contact_id == merged_id)
            .values(contact_id=kept_id)
            .execution_options(synchronize_session=False)
        )
    kept.tag_ids = list(dict.fromkeys([*kept.tag_ids, *merged.tag_ids]))
    kept.attributes = {**merged.attributes, **kept.attributes}
    kept.avatar_url = kept.avatar_url or merged.avatar_url
    kept.first_seen_at = min(kept.first_seen_at, merged.first_seen_at)
    kept.last_seen_at = max(kept.last_seen_at, merged.last_seen_at)
    kept.version += 1
    await tx.session.delete(merged)
    await tx.publish(_saved(kept, identity, merged_id))
    return kept.version


async def _visible_contact(tx: Tx, identity: Identity, contact_id: UUID) -> Contact:
    """A contact is there for who sees one of its conversations."""
    seen = select(Conversation.id).where(Conversation.contact_id == contact_id, *visible(identity))
    statement = (
        select(Contact)
        .where(Contact.workspace_id == tx.workspace_id, Contact.id == contact_id, seen.exists())
        .with_for_update()
    )
    contact = await tx.session.scalar(statement)
    if contact is None:
        raise ContactNotFoundError
    return contact


def _saved(contact: Contact, identity: Identity, merged_id: UUID | None = None) -> ContactSaved:
    return ContactSaved(
        workspace_id=contact.workspace_id,
        contact_id=contact.id,
        contact_version=contact.version,
        by=identity.actor_id,
        name=contact.name,
        merged_contact_id=merged_id,
    )
