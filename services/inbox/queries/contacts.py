"""The card of a customer: there for who sees one of their conversations."""

from uuid import UUID

from sqlalchemy import select

from services.inbox.errors import ContactNotFoundError
from services.inbox.models import Contact, ContactIdentity, Conversation
from services.inbox.repository.visibility import visible
from services.inbox.schemas.conversations import ContactView, IdentityView
from shared.db.transaction import ReadTx
from shared.identity import Identity

_CARD = tuple(name for name in ContactView.model_fields if name != "identities")


async def get_contact(read: ReadTx, identity: Identity, contact_id: UUID) -> ContactView:
    columns = Contact.__table__.c
    seen = select(Conversation.id).where(Conversation.contact_id == contact_id, *visible(identity))
    row = await read.first(
        select(*(columns[name] for name in _CARD)).where(
            columns.workspace_id == read.workspace_id, columns.id == contact_id, seen.exists()
        )
    )
    if row is None:
        raise ContactNotFoundError
    on = ContactIdentity.__table__.c
    identities = await read.all(
        select(*(on[name] for name in IdentityView.model_fields))
        .where(on.workspace_id == read.workspace_id, on.contact_id == contact_id)
        .order_by(on.network, on.external_id)
    )
    return ContactView(
        **{name: getattr(row, name) for name in _CARD},
        identities=[IdentityView.model_validate(one, from_attributes=True) for one in identities],
    )
