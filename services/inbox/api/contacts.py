"""Routes about customers: their card, their history, correcting and merging."""

from uuid import UUID

from fastapi import APIRouter

from services.inbox import errors
from services.inbox.commands import contact
from services.inbox.queries import contacts, reading
from services.inbox.schemas.conversations import ContactView, InteractionView
from services.inbox.schemas.work import ContactBody, MergeBody, VersionView
from shared.http.pages import DEFAULT_LIMIT, CursorError, Page, PageCursor, PageLimit
from shared.http.problems import answers
from shared.http.unit_of_work import CurrentIdentity, Reading, UnitOfWorkRoute, WriteTx, requires
from shared.identity import PermissionMissingError
from shared.permissions import Level, Module

router = APIRouter(prefix="/contacts", route_class=UnitOfWorkRoute, tags=["inbox"])
_VIEW = requires(Module.INBOX, Level.VIEW)
_EDIT = requires(Module.INBOX, Level.EDIT)
_NOT_THERE = answers(PermissionMissingError, errors.ContactNotFoundError)


@router.get("/{contact_id}", operation_id="get_contact", dependencies=[_VIEW], responses=_NOT_THERE)
async def get_contact(read: Reading, identity: CurrentIdentity, contact_id: UUID) -> ContactView:
    return await contacts.get_contact(read, identity, contact_id)


@router.get(
    "/{contact_id}/history",
    operation_id="list_contact_history",
    dependencies=[_VIEW],
    responses=answers(PermissionMissingError, CursorError),
)
async def list_history(
    read: Reading,
    identity: CurrentIdentity,
    contact_id: UUID,
    cursor: PageCursor = None,
    limit: PageLimit = DEFAULT_LIMIT,
) -> Page[InteractionView]:
    return await reading.list_history(read, identity, contact_id, (cursor, limit))


@router.patch(
    "/{contact_id}",
    operation_id="change_contact",
    dependencies=[_EDIT],
    responses=_NOT_THERE | answers(errors.ContactChangedError),
)
async def change_contact(
    tx: WriteTx, identity: CurrentIdentity, contact_id: UUID, body: ContactBody
) -> VersionView:
    version = await contact.change_contact(
        tx, identity, contact_id, body.expected_version, body.values()
    )
    return VersionView(version=version)


@router.post(
    "/{contact_id}/merge",
    operation_id="merge_contacts",
    dependencies=[_EDIT],
    responses=_NOT_THERE | answers(errors.ContactMergeError),
)
async def merge_contacts(
    tx: WriteTx, identity: CurrentIdentity, contact_id: UUID, body: MergeBody
) -> VersionView:
    version = await contact.merge_contacts(tx, identity, contact_id, body.merged_contact_id)
    return VersionView(version=version)
